"""Cell styles of a sheet."""

import math
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FONT = "Times New Roman"
SIZE = 10
LINE_POINTS = 13.5  # height of one line of text of that size
_THIN = Side(style="thin", color="000000")
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
INPUT = PatternFill("solid", start_color="FFF9D6")
COMPUTED = PatternFill("solid", start_color="DDF0D9")
SUM = PatternFill("solid", start_color="E7E6E6")
SUM_OPEN = PatternFill("solid", start_color="DCE9F7")
HEAD = PatternFill("solid", start_color="F2F2F2")
HINT = Font(name=FONT, size=SIZE, italic=True, color="8A8A8A")
OPEN = Protection(locked=False)


def put(sheet: Worksheet, cell: str, value: Any, **style: Any) -> Any:
    """Write one cell; `style`: bold, italic, size, color, at (alignment), fill, box, is_open."""
    one = sheet[cell]
    one.value = value
    one.font = Font(
        name=FONT,
        size=style.get("size", SIZE),
        bold=style.get("bold", False),
        italic=style.get("italic", False),
        color=style.get("color", "000000"),
    )
    one.alignment = Alignment(
        horizontal=style.get("at", "left"), vertical=style.get("down", "center"), wrap_text=True
    )
    if style.get("box"):
        one.border = BOX
    if style.get("fill") is not None:
        one.fill = style["fill"]
    if style.get("is_open"):
        one.protection = OPEN
    return one


def box(sheet: Worksheet, row: int, first: str, last: str, fill: PatternFill | None = None) -> None:
    """Draw a border around every cell from `first` to `last`, so that merged cells are framed too."""
    for cells in sheet[f"{first}{row}:{last}{row}"]:
        for cell in cells:
            cell.border = BOX
            if fill is not None:
                cell.fill = fill


def height_of(text: str, letters_a_line: int, at_least: int = 1) -> float:
    """Height in points of a text wrapped at `letters_a_line` characters."""
    lines = sum(max(1, math.ceil(len(part) / letters_a_line)) for part in text.split("\n"))
    return max(lines, at_least) * LINE_POINTS + 2


def landscape(sheet: Worksheet, heads: str) -> None:
    """Print across the page, as wide as the sheet, with the rows `heads` ("3:3") on each page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = heads


def as_text(cell: Any, text: str) -> None:
    """Store user text as text, never as a formula."""
    cell.value = text
    cell.data_type = "s"
