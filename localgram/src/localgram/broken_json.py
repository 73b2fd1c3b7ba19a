"""What Telegram says of JSON that it cannot read: it names the first fault."""

import json
from typing import Final

_SPACES: Final = " \t\r\n"


def json_fault(body: str) -> str:
    """The words for a `body` that cannot be read."""
    rest = body.strip(_SPACES)
    if not rest.startswith("{"):
        return "JSON object expected"
    rest = rest[1:].lstrip(_SPACES)
    while rest and not rest.startswith("}"):
        read = _value(rest) if rest.startswith('"') else None
        if read is None:
            return f"can't parse parameter name: {_string_fault(rest)}"
        if not read.startswith(":"):
            return "can't parse object, ':' expected"
        value = read[1:].lstrip(_SPACES)
        rest = _value(value) or ""
        if not rest:
            return f"can't parse parameter value: {_value_fault(value)}"
        if rest.startswith(","):
            rest = rest[1:].lstrip(_SPACES)
        elif not rest.startswith("}"):
            return "expected next field or object end"
    return "unexpected data after object end" if rest else "expected parameter name"


def _value(text: str) -> str | None:
    """What follows the value that `text` begins with; None where it is none."""
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(text)
    except ValueError:
        return None
    return text[end:].lstrip(_SPACES)


def _string_fault(text: str) -> str:
    return "Closing '\"' not found" if text.startswith('"') else "Opening '\"' expected"


def _value_fault(text: str) -> str:
    if not text:
        return "Unexpected string end"
    if text.startswith('"'):
        return _string_fault(text)
    for begin, word in (("f", "false"), ("t", "true"), ("n", "null")):
        if text.startswith(begin):
            return f"Token starts with '{begin}' -- {word} expected"
    if text.startswith(("[", "{")):
        return f"Unexpected symbol while parsing JSON {'Array' if text.startswith('[') else 'Object'}"
    return f"Unexpected symbol '{text[0]}'"


def decoding_fault(text: str) -> str:
    """The words for a `text` of an argument that cannot be read, which another reader of Telegram's reads."""
    text = text.strip(_SPACES)
    if not text:
        return "Unexpected end"
    for begin, word in (("f", "false"), ("t", "true"), ("n", "null")):
        if text.startswith(begin):
            return f"Starts with '{begin}' -- {word} expected"
    if not text.startswith(("[", "{")):
        return _string_fault(text) if text.startswith('"') else f"Unexpected symbol '{text[0]}'"
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return "Unexpected end" if error.pos >= len(text) else "Unexpected symbol"
    return "Unexpected symbol"
