"""The blocks of a Word file.

What the archive holds is limited and scanned before it is opened.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from kernel.untrusted.archive import (
    ArchiveLimits,
    ArchiveRefusedError,
    ArchiveTooLargeError,
    entries_of,
    unpacked,
)
from kernel.untrusted.markup import MarkupRefusedError, MarkupTooLargeError, check_markup
from registry_data.reading.blocks import Block, Cell, Row, Table, TextLine
from registry_data.reading.letters import mended
from registry_data.sheets.limits import MAX_PARTS, MAX_UNPACKED_BYTES, reject

_LIMITS: Final = ArchiveLimits(entries=MAX_PARTS, unpacked=MAX_UNPACKED_BYTES)
_MOST_ELEMENTS: Final = 1_000_000  # of one part: an act of a thousand pages


def blocks_of_docx(file: str, content: bytes) -> list[Block]:
    """The paragraphs and tables, in order. Raises FaultsError, naming `file`."""
    from docx import Document  # noqa: PLC0415  only a Word file pays for its import
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    try:
        _check_archive(file, content)
        document = Document(BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise reject(file, f"this is no DOCX file: {error}") from error
    return [block for part in document.iter_inner_content() for block in _blocks(part)]


def _check_archive(file: str, content: bytes) -> None:
    """Scanned before lxml, python-docx's parser, sees anything of it."""
    try:
        for entry in entries_of(content, _LIMITS):
            part = unpacked(content, entry, _LIMITS)
            if entry.name.endswith((".xml", ".rels")):
                check_markup(part, _MOST_ELEMENTS)
    except (ArchiveTooLargeError, MarkupTooLargeError) as error:
        raise reject(file, "unpacked it is too large") from error
    except (ArchiveRefusedError, MarkupRefusedError) as error:
        raise reject(file, f"this is no DOCX file we open: {error}") from error


def _blocks(part: Any) -> Iterator[Block]:
    if hasattr(part, "rows"):
        yield Table(rows=tuple(_row(row) for row in part.rows))
        return
    heading = (part.style.name or "").startswith(("Heading", "Title")) if part.style is not None else False
    for line in part.text.split("\n"):
        if text := mended(line):
            yield TextLine(text=text, heading=heading)


def _row(row: Any) -> Row:
    """A merged cell comes once for each column that it covers: taken once."""
    seen: list[Any] = []
    cells = []
    for cell in row.cells:
        if all(cell._tc is not one for one in seen):  # noqa: SLF001  the only identity a cell has
            seen.append(cell._tc)  # noqa: SLF001
            cells.append(Cell(lines=tuple(_lines(cell))))
    return tuple(cells)


def _lines(cell: Any) -> Iterator[str]:
    for part in cell.iter_inner_content():
        if hasattr(part, "rows"):
            yield from (one.text for row in part.rows for one in _row(row) if one.lines)
            continue
        numbered = part._p.pPr is not None and part._p.pPr.numPr is not None  # noqa: SLF001
        for line in part.text.split("\n"):
            if text := mended(line):
                yield f"• {text}" if numbered else text
