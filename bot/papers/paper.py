"""A paper for the citizen to keep, send or sign, as a DOCX file.

Everything but the text is made once, by python-docx; a paper is that shell with its own paragraphs. Made anew
by python-docx, each took eight times as long.
"""

import asyncio
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FONT, FONT_SIZE, MARGIN = "Times New Roman", Pt(12), Cm(2)
_TITLE_HALF_POINTS, _TEXT_HALF_POINTS = 28, 24
_LABEL_TWIPS, _VALUE_TWIPS, _ADDRESS_TWIPS = 3_120, 6_520, 4_820
_TEXT_PART = "word/document.xml"
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
    address: str = ""
    lines: tuple[tuple[str, str], ...] = ()  # label, value
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shell:
    """A document without text: what stands before and after the text in its part, and the other parts."""

    before: str
    after: str
    parts: Mapping[str, bytes]


async def as_docx(paper: Paper) -> bytes:
    """The file's bytes; made beside the event loop, as it takes some thousandths of a second."""
    return await asyncio.to_thread(_docx, paper)


def _docx(paper: Paper) -> bytes:
    shell = _shell()
    text = f"{shell.before}{''.join(_body(paper))}{shell.after}"
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in shell.parts.items():
            archive.writestr(name, content)
        archive.writestr(_TEXT_PART, text)
    return held.getvalue()


@cache
def _shell() -> _Shell:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, FONT_SIZE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(4)
    page = document.sections[0]
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    document.core_properties.author = document.core_properties.comments = ""
    held = BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before, mark, after = parts.pop(_TEXT_PART).decode().partition("<w:body>")
    return _Shell(before=before + mark, after=after, parts=parts)


def _body(paper: Paper) -> Iterator[str]:
    for line in paper.address.split("\n") if paper.address else ():
        yield _paragraph(line, f'<w:pPr><w:ind w:left="{_ADDRESS_TWIPS}"/></w:pPr>')
    yield _heading(paper.title, _TITLE_HALF_POINTS)
    if paper.lines:
        yield _table(paper.lines)
    for part in paper.parts:
        if part.heading:
            yield _heading(part.heading, _TEXT_HALF_POINTS)
        yield from map(_paragraph, part.text.split("\n"))


def _table(lines: tuple[tuple[str, str], ...]) -> str:
    rows = "".join(
        f"<w:tr>{_cell(label, _LABEL_TWIPS, '<w:rPr><w:b/></w:rPr>')}{_cell(value, _VALUE_TWIPS)}</w:tr>"
        for label, value in lines
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (_LABEL_TWIPS, _VALUE_TWIPS))
    about = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    return f"<w:tbl>{about}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _cell(text: str, width: int, look: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(text, look=look)}</w:tc>'


def _heading(text: str, half_points: int) -> str:
    look = f'<w:rPr><w:b/><w:sz w:val="{half_points}"/></w:rPr>'
    return _paragraph(text, '<w:pPr><w:spacing w:before="200"/></w:pPr>', look)


def _paragraph(text: str, place: str = "", look: str = "") -> str:
    said = escape(clean(text).replace("\n", " "))
    return f'<w:p>{place}<w:r>{look}<w:t xml:space="preserve">{said}</w:t></w:r></w:p>'


def clean(text: str) -> str:
    """The text without the signs that no XML holds."""
    return _UNPRINTABLE.sub("", text)
