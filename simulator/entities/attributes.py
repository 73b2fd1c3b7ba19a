"""The attributes of a tag, read the way Telegram reads them."""

import re

from simulator.entities.complaints import complaint
from simulator.entities.references import decode

BLANKS = re.compile(r"\s*")
NAME = re.compile(r"[^\s=>]*")
TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
BARE = ("blockquote", "expandable")  # the one attribute that has no value


def read_attributes(source: str, at: int, tag: str, start: int) -> tuple[dict[str, str], int]:
    """The attributes of the tag that began at `start`, from `at` on, and the place behind its bracket."""
    found: dict[str, str] = {}
    at = _past(BLANKS, source, at)
    while not source.startswith(">", at):
        end = _past(NAME, source, at)
        name = source[at:end].lower()
        if not name:
            raise complaint(f'Empty attribute name in the tag "{tag}"', source, start)
        found[name], at = _value(source, end, (tag, name), start)
        at = _past(BLANKS, source, at)
    return found, at + 1


def _value(source: str, at: int, owner: tuple[str, str], start: int) -> tuple[str, int]:
    """The value behind an attribute's name, and the place behind it."""
    equals = _past(BLANKS, source, at)
    if not source.startswith("=", equals):
        if owner == BARE:
            return "", at
        reason = f'Expected equal sign in declaration of an attribute of the tag "{owner[0]}"'
        raise complaint(reason, source, start)
    begin = _past(BLANKS, source, equals + 1)
    if begin == len(source):
        raise complaint(f'Unclosed start tag "{owner[0]}"', source, start)
    if source[begin] not in "\"'":
        return _token(source, begin)
    end = source.find(source[begin], begin + 1)
    if end < 0:
        raise complaint("Unclosed start tag", source, start)
    return decode(source[begin + 1 : end]), end + 1


def _token(source: str, begin: int) -> tuple[str, int]:
    """A value without quotes."""
    end = _past(TOKEN, source, begin)
    if end < len(source) and not source[end].isspace() and source[end] != ">":
        raise complaint("Unexpected end of name token", source, begin)
    return source[begin:end].lower(), end


def _past(pattern: re.Pattern[str], source: str, at: int) -> int:
    match = pattern.match(source, at)
    return match.end() if match else at
