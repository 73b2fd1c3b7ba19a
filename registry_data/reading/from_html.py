"""The blocks of an HTML page.

lxml's HTML parser loads nothing, expands no entities of the file's own, and limits depth.
"""

from collections.abc import Iterator
from typing import Any

from lxml import html

from registry_data.reading.blocks import Block, Cell, Row, Table, TextLine
from registry_data.reading.letters import mended

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKS = (
    frozenset({"p", "div", "li", "br", "tr", "table", "ul", "ol", "blockquote", "pre", "section"}) | _HEADINGS
)
_UNSEEN = frozenset({"script", "style", "head", "template", "noscript"})
_MAX_SPAN = 100


def blocks_of_html(text: str) -> list[Block]:
    """The paragraphs and tables of a page or fragment, in order."""
    if not text.strip():
        return []
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = html.document_fromstring(f"<div>{text}</div>".encode(), parser=parser)
    return list(_blocks(root))


def _blocks(element: Any) -> Iterator[Block]:
    pending: list[str] = []

    def flush(*, heading: bool = False) -> Iterator[Block]:
        for line in _split("".join(pending)):
            yield TextLine(text=line, heading=heading)
        pending.clear()

    pending.append(element.text or "")
    for child in element:
        tag = child.tag
        if tag == "table":
            yield from flush()
            yield from _table(child)
        elif tag in _HEADINGS:
            yield from flush()
            pending.append(_flat(child))
            yield from flush(heading=True)
        elif tag not in _UNSEEN and (tag in _BREAKS or child.find(".//table") is not None or tag == "body"):
            yield from flush()
            yield from _blocks(child)
        elif tag not in _UNSEEN:
            pending.append(_flat(child))
        pending.append(child.tail or "")
    yield from flush()


def _table(table: Any) -> Iterator[Block]:
    rows = tuple(row for row in (_row(found) for found in table.iter("tr") if _owner(found) is table) if row)
    if rows:
        yield Table(rows=rows)
    # A page laid out as a table holds the real ones in its cells
    for inner in table.iter("table"):
        if inner is not table and _owner(inner) is table:
            yield from _table(inner)


def _owner(element: Any) -> Any:
    return next(element.iterancestors("table"), None)


def _row(row: Any) -> Row:
    return tuple(_cell(cell) for cell in row if cell.tag in {"td", "th"})


def _cell(cell: Any) -> Cell:
    if cell.find(".//table//table") is not None:
        return Cell(lines=())
    return Cell(lines=_split(_flat(cell)), rowspan=_span(cell.get("rowspan")))


def _span(value: str | None) -> int:
    return (
        min(int(value), _MAX_SPAN)
        if value and value.isdecimal() and value.isascii() and len(value) < 5
        else 1
    )


def _flat(element: Any) -> str:
    """The text with a line break wherever the page breaks a line.

    Where paragraphs break it, a line break of the source is a space; where nothing does, it is what breaks.
    """
    wraps = any(one.tag in _BREAKS for one in element.iterdescendants())
    parts: list[str] = []
    _gather(element, parts, wraps=wraps)
    return "".join(parts)


def _gather(element: Any, parts: list[str], *, wraps: bool) -> None:
    breaks = element.tag in _BREAKS
    if breaks:
        parts.append("\n")
    parts.append(_source(element.text, wraps=wraps))
    for child in element:
        if child.tag not in _UNSEEN:
            _gather(child, parts, wraps=wraps)
        parts.append(_source(child.tail, wraps=wraps))
    if breaks:
        parts.append("\n")


def _source(text: str | None, *, wraps: bool) -> str:
    return (text or "").replace("\n", " ") if wraps else text or ""


def _split(text: str) -> tuple[str, ...]:
    lines = (mended(line) for line in text.replace("\r", "\n").split("\n"))
    return tuple(line for line in lines if line)
