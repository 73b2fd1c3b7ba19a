"""Parses the attributes of a tag like Telegram."""

import re

from localgram.entities.errors import parse_error
from localgram.entities.references import decode

BLANKS = re.compile(r"\s*")
NAME = re.compile(r"[^\s=>]*")
TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
BARE = ("blockquote", "expandable")  # the one attribute that has no value


def read_attributes(source: str, at: int, tag: str, start: int) -> tuple[dict[str, str], int]:
    """The attributes, read from `at`, of the tag that starts at `start`; the position after its bracket."""
    found: dict[str, str] = {}
    at = _past(BLANKS, source, at)
    while not source.startswith(">", at):
        end = _past(NAME, source, at)
        name = source[at:end].lower()
        if not name:
            raise parse_error(f'Empty attribute name in the tag "{tag}"', source, start)
        found[name], at = _value(source, end, (tag, name), start)
        at = _past(BLANKS, source, at)
    return found, at + 1


def _value(source: str, at: int, owner: tuple[str, str], start: int) -> tuple[str, int]:
    """The value of an attribute and the position after it."""
    equals = _past(BLANKS, source, at)
    if not source.startswith("=", equals):
        if owner == BARE:
            return "", at
        reason = f'Expected equal sign in declaration of an attribute of the tag "{owner[0]}"'
        raise parse_error(reason, source, start)
    begin = _past(BLANKS, source, equals + 1)
    if begin == len(source):
        raise parse_error(f'Unclosed start tag "{owner[0]}"', source, start)
    if source[begin] not in "\"'":
        return _token(source, begin)
    end = source.find(source[begin], begin + 1)
    if end < 0:
        raise parse_error("Unclosed start tag", source, start)
    return decode(source[begin + 1 : end]), end + 1


def _token(source: str, begin: int) -> tuple[str, int]:
    """A value without quotes."""
    end = _past(TOKEN, source, begin)
    if end < len(source) and not source[end].isspace() and source[end] != ">":
        raise parse_error("Unexpected end of name token", source, begin)
    return source[begin:end].lower(), end


def _past(pattern: re.Pattern[str], source: str, at: int) -> int:
    match = pattern.match(source, at)
    return match.end() if match else at
