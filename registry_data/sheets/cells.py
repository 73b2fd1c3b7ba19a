"""Values in a single cell: one per line, guarded against formula injection."""

import re
from collections.abc import Sequence

EMPTY_LIST = "[]"  # an explicit empty list; an empty cell is an absent fact
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_UNESCAPES = {"n": "\n", "r": "\r"}


def guard(text: str) -> str:
    """The cell as written to a file: an apostrophe precedes anything a spreadsheet may take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def unguard(text: str) -> str:
    """Undo `guard`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS) else text


def join(values: Sequence[str | None]) -> str:
    """One line per value; an absent one is an empty line."""
    if not values:
        return EMPTY_LIST
    return "\n".join("" if value is None else _escape(value) for value in values).rstrip("\n")


def split(cell: str) -> list[str | None]:
    """Undo `join`, except for absent values at the end."""
    if cell in {"", EMPTY_LIST}:
        return []
    return [_unescape(line) if line else None for line in re.split(r"\r?\n", cell)]


def _escape(value: str) -> str:
    escaped = "".join(_ESCAPES.get(letter, letter) for letter in value)
    return f"\\{escaped}" if escaped == EMPTY_LIST else escaped


def _unescape(line: str) -> str:
    return re.sub(r"\\(.)", lambda found: _UNESCAPES.get(found[1], found[1]), line)
