"""Where data keys come from if not from the settings or a file: a port for a key service."""

from collections.abc import Sequence
from typing import Protocol

from kernel.named import NothingNamedError, named_callable


class KeyService(Protocol):
    """Gives the data keys, newest first, each 32 bytes in URL-safe base64; asked once, at the start.

    They wrap the keys of complaints and files, so that a press waits for no service.
    """

    def __call__(self) -> Sequence[str]: ...


class NoKeyServiceError(ValueError):
    """The setting names no key service."""


class KeyServiceFailedError(Exception):
    """The service gave no keys; says how, never in the service's words, which may hold a key."""


def load_key_service(name: str) -> KeyService:
    """The service that "package.module:name" names. Raises NoKeyServiceError."""
    try:
        service: KeyService = named_callable(name)
    except NothingNamedError as error:
        raise NoKeyServiceError(name) from error
    return service


def keys_of(service: KeyService) -> Sequence[str]:
    """Raises KeyServiceFailedError."""
    try:
        given = service()
        keys = [] if isinstance(given, str | bytes) else list(given)
    except (Exception, SystemExit) as error:  # noqa: BLE001  somebody else's code
        raise KeyServiceFailedError(f"it failed with {type(error).__name__}") from None
    if not keys or not all(isinstance(key, str) for key in keys):
        raise KeyServiceFailedError("it gives no list of keys")
    return keys
