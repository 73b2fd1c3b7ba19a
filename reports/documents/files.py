"""Render documents to files: DOCX from `reports/templates`, HTML for the web resource."""

import base64
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Cm, Emu
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from reports.documents.model import (
    ComplaintDocument,
    DataSheet,
    DocumentPart,
    OfficialLetter,
    Plot,
    RefusalReceipt,
    ReportDocument,
)

TEMPLATES = Path(__file__).parents[1] / "templates"
PICTURE_WIDTH, TABLE_WIDTH = Cm(15), Cm(16.5)
_SHORTEST, _LONGEST = 13, 60  # column widths, in characters
_NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))


_JINJA = Environment(autoescape=True)


@lru_cache(maxsize=256)
def _compiled(source: str) -> Template:
    return _JINJA.from_string(source)


class _Templates(Environment):
    """Compiles each part of a template once: docxtpl hands the same sources over for every document."""

    def from_string(self, source: Any, *_: Any, **__: Any) -> Template:
        return _compiled(source)


_TEMPLATES = _Templates(autoescape=True)


def document_docx(document: ReportDocument) -> bytes:
    """A note or a report."""
    template = DocxTemplate(TEMPLATES / "report.docx")
    chapters = [
        {
            "title": chapter.title,
            "basis": chapter.basis,
            "points": [_point(template, one) for one in chapter.points],
        }
        for chapter in document.chapters
    ]
    return _rendered(
        template,
        {
            "title": document.title,
            "lines": document.lines,
            "chapters": chapters,
            "own_words": document.own_words,
            "signatures": document.signatures,
        },
        fit=True,
        blank=document.blank,
    )


def sheet_docx(sheet: DataSheet) -> bytes:
    """A memo, or a list of requirements."""
    rows = [{"label": label, "texts": texts} for label, texts in sheet.rows]
    return _rendered(
        DocxTemplate(TEMPLATES / "sheet.docx"),
        {
            "title": sheet.title,
            "subtitle": sheet.subtitle,
            "rows": rows,
            "notes": sheet.notes,
            "missing": sheet.missing,
        },
    )


def receipt_docx(receipt: RefusalReceipt) -> bytes:
    return _rendered(DocxTemplate(TEMPLATES / "receipt.docx"), {"receipt": receipt})


def complaint_docx(document: ComplaintDocument) -> bytes:
    """A complaint to sign, or its receipt."""
    parts = _parts(document.parts)
    return _rendered(
        DocxTemplate(TEMPLATES / "complaint.docx"),
        {"title": document.title, "address": document.address, "values": document.values, "parts": parts},
    )


def letter_docx(letter: OfficialLetter) -> bytes:
    """A letter of an organisation, to sign."""
    values = {
        "sender": letter.sender,
        "marks": letter.marks,
        "address": letter.address,
        "title": letter.title,
        "parts": _parts(letter.parts),
        "signature": letter.signature,
    }
    return _rendered(DocxTemplate(TEMPLATES / "letter.docx"), values)


def _parts(parts: tuple[DocumentPart, ...]) -> list[dict[str, Any]]:
    return [{"heading": part.heading, "lines": part.text.split("\n")} for part in parts]


def document_html(document: ReportDocument) -> str:
    """A self-contained page, pictures included."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["data_uri"] = _data_uri
    return environment.get_template("report.html.j2").render(document=document)


def _point(template: DocxTemplate, one: Any) -> dict[str, Any]:
    pictures = [
        {"title": picture.title, "image": InlineImage(template, BytesIO(picture.content), PICTURE_WIDTH)}
        for picture in one.pictures
    ]
    table = one.table
    return {
        "title": one.title,
        "lines": one.lines,
        "head": table.head if table else (),
        "rows": table.rows if table else (),
        "pictures": pictures,
        "own": one.own,
    }


def _rendered(template: DocxTemplate, values: dict[str, Any], *, fit: bool = False, blank: str = "") -> bytes:
    template.render(_clean(values), _TEMPLATES, autoescape=True)
    for table in template.docx.tables if fit else ():
        _fit(table)
        _mark(table, blank)
    held = BytesIO()
    template.save(held)
    return held.getvalue()


def _fit(table: Any) -> None:
    """Set column widths by their longest texts, within the page."""
    longest = [max(len(cell.text) for cell in column.cells) for column in table.columns]
    shares = [min(max(length, _SHORTEST), _LONGEST) for length in longest]
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        width = Emu(int(TABLE_WIDTH * share / sum(shares)))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _mark(table: Any, blank: str) -> None:
    """Highlight the cells that only the organisation can fill."""
    cells = (cell for row in table.rows for cell in row.cells) if blank else ()
    for cell in cells:
        if cell.text == blank:
            for run in cell.paragraphs[0].runs:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def printable(text: str) -> str:
    """The text without characters that documents cannot hold."""
    return text.translate(_NOT_IN_XML)


def _clean(value: Any) -> Any:
    """The value without characters that XML cannot hold."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value


def _data_uri(picture: Plot) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture.content).decode('ascii')}"
