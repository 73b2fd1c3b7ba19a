"""A complaint's document as PDF, and as plain text to copy.

fpdf2 is imported on the first document: it costs time at start-up. The letters, Kazakh ones too, are DejaVu
Sans, which comes with matplotlib.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from reports.documents.files import printable
from reports.documents.model import ComplaintDocument

if TYPE_CHECKING:
    from fpdf import FPDF

_MARGIN_MM, _LINE_MM, _ADDRESS_FROM_MM = 20, 5.5, 95
_COLUMNS = (35, 65)  # of a hundred
_SIZE, _TITLE_SIZE = 10.5, 13


def complaint_pdf(document: ComplaintDocument) -> bytes:
    """A4 pages with the same words as the DOCX."""
    pdf = _pages()
    for line in document.address:
        pdf.set_x(_ADDRESS_FROM_MM)
        _write(pdf, line)
    pdf.ln(_LINE_MM)
    pdf.set_font(style="B", size=_TITLE_SIZE)
    _write(pdf, document.title, align="C")
    pdf.ln(_LINE_MM / 2)
    pdf.set_font(style="", size=_SIZE)
    _values(pdf, document.values)
    for part in document.parts:
        pdf.ln(_LINE_MM / 2)
        if part.heading:
            pdf.set_font(style="B", size=_SIZE)
            _write(pdf, part.heading)
        pdf.set_font(style="", size=_SIZE)
        _write(pdf, part.text)
    return bytes(pdf.output())


def complaint_text(document: ComplaintDocument) -> str:
    """The same words, to be copied into a form elsewhere."""
    values = "\n".join(f"{label}: {value}" for label, value in document.values)
    parts = ["\n".join(filter(None, (part.heading, part.text))) for part in document.parts]
    blocks = ("\n".join(document.address), document.title, values, *parts)
    return "\n\n".join(filter(None, map(printable, blocks)))


def _pages() -> "FPDF":
    from fpdf import FPDF  # noqa: PLC0415  most processes never need it

    pdf = FPDF(format="A4")
    pdf.set_margin(_MARGIN_MM)
    pdf.set_auto_page_break(auto=True, margin=_MARGIN_MM)
    for style, file in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
        pdf.add_font("dejavu", style=style, fname=fonts() / file)
    pdf.set_font("dejavu", size=_SIZE)
    pdf.add_page()
    return pdf


@cache
def fonts() -> Path:
    """The folder of the letters."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise FileNotFoundError("matplotlib's fonts")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


def _values(pdf: "FPDF", values: tuple[tuple[str, str], ...]) -> None:
    """Labels at the left, values beside them; neither is cut."""
    from fpdf.fonts import FontFace  # noqa: PLC0415

    if not values:
        return
    with pdf.table(
        col_widths=_COLUMNS,
        borders_layout="NONE",
        first_row_as_headings=False,
        line_height=_LINE_MM,
        text_align="LEFT",
        v_align="TOP",
    ) as table:
        for label, value in values:
            row = table.row()
            row.cell(printable(label), style=FontFace(emphasis="BOLD"))
            row.cell(printable(value))


def _write(pdf: "FPDF", text: str, align: str = "L") -> None:
    pdf.multi_cell(0, _LINE_MM, printable(text), align=align, new_x="LMARGIN", new_y="NEXT")
