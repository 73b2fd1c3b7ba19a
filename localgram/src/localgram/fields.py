"""The required fields of a JSON object in a call, read as Telegram reads them."""

from typing import Any

from localgram.errors import bad_request


def required_string(given: dict[str, Any], name: str, what: str) -> str:
    """The field as a string, for which a number may stand; raises a 400 that names what cannot be parsed."""
    value = _required(given, name, what)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise bad_request(f'can\'t parse {what}: Field "{name}" must be of type String')
    return str(value)


def required_object(given: dict[str, Any], name: str, what: str) -> dict[str, Any]:
    value = _required(given, name, what)
    if not isinstance(value, dict):
        raise bad_request(f'can\'t parse {what}: Field "{name}" must be of type Object')
    return value


def _required(given: dict[str, Any], name: str, what: str) -> Any:
    if name not in given:
        raise bad_request(f"can't parse {what}: Can't find field \"{name}\"")
    return given[name]
