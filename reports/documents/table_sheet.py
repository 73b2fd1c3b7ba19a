"""A document's table as a sheet of its own, to be printed across."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents.model import DocumentTable
from reports.sheet.style import HEAD, as_text, landscape, put

_WIDTHS = (6, 44, 44, 24, 18, 32)


def table_sheet(title: str, table: DocumentTable) -> bytes:
    """The file's bytes; every cell is text."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    put(sheet, "A1", title, bold=True)
    for place, name in enumerate(table.head, start=1):
        letter = get_column_letter(place)
        put(sheet, f"{letter}2", name, bold=True, fill=HEAD, box=True, at="center")
        sheet.column_dimensions[letter].width = _WIDTHS[min(place, len(_WIDTHS)) - 1]
    for row, cells in enumerate(table.rows, start=3):
        for place, text in enumerate(cells, start=1):
            cell = put(sheet, f"{get_column_letter(place)}{row}", "", box=True)
            as_text(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A3"
    landscape(sheet, heads="2:2")
    held = BytesIO()
    book.save(held)
    return held.getvalue()
