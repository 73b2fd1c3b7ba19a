"""An XLSX file's parts, scanned before openpyxl sees them; no macro, no link outside; pure."""

import re
from typing import Final

from kernel.untrusted.archive import (
    ArchiveLimits,
    ArchiveRefusedError,
    ArchiveTooLargeError,
    entries_of,
    unpacked,
)
from kernel.untrusted.markup import MarkupRefusedError, MarkupTooLargeError, check_markup

LIMITS: Final = ArchiveLimits(entries=1_000, unpacked=60_000_000)
_MOST_CELLS, _MOST_ELEMENTS = 600_000, 20_000  # elements of a sheet or of the texts, of any other part
_CELLS: Final = re.compile(r"xl/(?:worksheets/[^/]*|sharedStrings)\.xml", re.IGNORECASE)
_MARKUP: Final = (".xml", ".rels", ".vml")
_MACROS: Final = ("vbaproject", "vbadata", "macrosheets", "activex", "customui")
_EXTERNAL: Final = (
    "externallinks",
    "connections.xml",
    "querytables",
    "embeddings",
    "oleobject",
    "webextensions",
)
# What the XML parser and openpyxl raise for a file that was damaged or made up.
BROKEN: Final = (
    SyntaxError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError,
    AssertionError, EOFError, OSError,
)  # fmt: skip
_NEEDED: Final = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
_HYPERLINK: Final = re.compile(rb"""Type\s*=\s*["'][^"']{1,200}/hyperlink["']""")
_EXTERNAL_TARGET: Final = re.compile(rb"""TargetMode\s*=\s*["']\s*External""", re.IGNORECASE)


def fault_of(content: bytes, *, hyperlinks: bool = False) -> str | None:
    """Why the file must not be opened, as a code of a finding; None if it may be.

    `hyperlinks` allows links of cells, which spreadsheet programs make of every address that is typed.
    """
    try:
        entries = entries_of(content, LIMITS)
        names = [entry.name for entry in entries]
        if not {*names} >= _NEEDED:
            return "file_no_sheet"
        if code := _fault_of_names([name.casefold() for name in names]):
            return code
        for entry in entries:
            if code := _fault_of_part(entry.name, unpacked(content, entry, LIMITS), hyperlinks=hyperlinks):
                return code
    except (ArchiveTooLargeError, MarkupTooLargeError):
        return "file_unpacks"
    except (ArchiveRefusedError, MarkupRefusedError):
        return "file_no_sheet"
    return None


def _fault_of_names(names: list[str]) -> str | None:
    if any(mark in name for name in names for mark in _MACROS):
        return "file_macros"
    if any(mark in name for name in names for mark in _EXTERNAL):
        return "file_external"
    return None


def _fault_of_part(name: str, part: bytes, *, hyperlinks: bool) -> str | None:
    if name == "[Content_Types].xml" and b"macroEnabled" in part:
        return "file_macros"
    if not name.casefold().endswith(_MARKUP):
        return None
    check_markup(part, _MOST_CELLS if _CELLS.fullmatch(name) else _MOST_ELEMENTS)
    if name.casefold().endswith(".rels") and any(
        _leads_out(one, hyperlinks=hyperlinks) for one in part.split(b"<")
    ):
        return "file_external"
    return None


def _leads_out(relation: bytes, *, hyperlinks: bool) -> bool:
    return bool(_EXTERNAL_TARGET.search(relation)) and not (hyperlinks and _HYPERLINK.search(relation))
