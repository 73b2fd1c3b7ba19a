"""Read one YAML file of the registry; a syntax error is a fault with its line."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from registry_data.faults import Fault, FaultsError

DEEPEST = 50

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):  # type: ignore[misc]
    """The safe loader, which also rejects duplicate keys and invalid dates with their line."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a name is one word", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value!r} occurs twice", key.start_mark
                )
            seen.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:  # noqa: FBT001, FBT002
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError) as error:  # a number of five thousand digits
            reason = "this value cannot be read"
            raise yaml.constructor.ConstructorError(None, None, reason, node.start_mark) from error

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> date | datetime:
        try:
            stamp: date | datetime = super().construct_yaml_timestamp(node)
        except ValueError as error:
            reason = f"{node.value!r} is no date: {error}"
            raise yaml.constructor.ConstructorError(None, None, reason, node.start_mark) from error
        return stamp


_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _StrictLoader.construct_yaml_timestamp)


def read_yaml(path: Path) -> object:
    """The file's contents as plain Python values. Raises FaultsError with a single fault naming the line."""
    try:
        content = path.read_bytes()
        _check_nesting(content)
        return yaml.load(content, Loader=_StrictLoader)  # noqa: S506  a safe loader  # nosec B506
    except yaml.YAMLError as error:
        raise FaultsError((Fault(file=path.name, key=_line(error), reason=_reason(error)),)) from error
    except OSError as error:
        raise FaultsError((Fault(file=path.name, key="", reason=error.strerror or str(error)),)) from error


def _check_nesting(content: bytes) -> None:
    """Reject nesting that would overflow the stack of the C parser and crash the process."""
    depth = 0
    for event in yaml.parse(content, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise yaml.YAMLError("this is nested too deeply")


def _line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark is not None else ""


def _reason(error: yaml.YAMLError) -> str:
    return getattr(error, "problem", None) or str(error)
