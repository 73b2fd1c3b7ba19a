"""What an operator's setting names: a port's own code, outside this project."""

from importlib import import_module
from typing import Any


class NothingNamedError(ValueError):
    """The name is of nothing that can be called."""


def named_callable(name: str) -> Any:
    """What "package.module:name" names. Raises NothingNamedError."""
    module, _, attribute = name.partition(":")
    try:
        found = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise NothingNamedError(name) from error
    if not callable(found):
        raise NothingNamedError(name)
    return found
