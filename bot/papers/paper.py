"""A paper for the citizen to keep, send or sign, as a DOCX file."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

FONT, FONT_SIZE, TITLE_SIZE = "Times New Roman", Pt(12), Pt(14)
LABEL_WIDTH, VALUE_WIDTH, MARGIN = Cm(5.5), Cm(11.5), Cm(2)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff￾￿]")  # what XML cannot hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Paragraphs under a heading of their own, which may be empty."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """All in the reader's language, in plain text; `address` stands at the top right, as on a letter."""

    title: str
    made_at: datetime
    address: str = ""
    lines: tuple[tuple[str, str], ...] = ()  # label, value
    parts: tuple[Part, ...] = ()


async def as_docx(paper: Paper) -> bytes:
    """The file's bytes; made beside the event loop, as it takes some hundredths of a second."""
    return await asyncio.to_thread(_docx, paper)


def _docx(paper: Paper) -> bytes:
    document = Document()
    _set_up(document, paper)
    if paper.address:
        _say(document, paper.address).paragraph_format.left_indent = Cm(8.5)
    _head(document, paper.title, TITLE_SIZE)
    if paper.lines:
        _table(document, paper.lines)
    for part in paper.parts:
        if part.heading:
            _head(document, part.heading, FONT_SIZE)
        for line in part.text.split("\n"):
            _say(document, line)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def _set_up(document: DocxDocument, paper: Paper) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, FONT_SIZE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(4)
    page = document.sections[0]
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    about = document.core_properties
    about.author, about.title, about.comments = "", clean(paper.title), ""
    about.created = about.modified = paper.made_at


def _table(document: DocxDocument, lines: tuple[tuple[str, str], ...]) -> None:
    table = document.add_table(rows=len(lines), cols=2)
    for row, (label, value) in zip(table.rows, lines, strict=True):
        first, second = row.cells
        first.width, second.width = LABEL_WIDTH, VALUE_WIDTH
        first.paragraphs[0].add_run(clean(label)).bold = True
        second.paragraphs[0].add_run(clean(value))


def _head(document: DocxDocument, text: str, size: Pt) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(10)
    run = paragraph.add_run(clean(text))
    run.bold, run.font.size = True, size


def _say(document: DocxDocument, text: str) -> Paragraph:
    return document.add_paragraph(clean(text))


def clean(text: str) -> str:
    """The text without the signs that no XML holds."""
    return _UNPRINTABLE.sub("", text)
