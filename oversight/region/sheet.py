"""The comparison as a workbook: a sheet for each cut."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from io import BytesIO

from oversight.region.comparison import Compared


def to_workbook(title: str, head: Sequence[str], cuts: Mapping[str, Mapping[str, Compared]]) -> bytes:
    """`cuts`: by the name of a sheet, the figures by the name of a row. Figures are numbers.

    `head` names the first column, then four figures of the quarter, of the one before and of the year before.
    """
    from openpyxl import Workbook  # noqa: PLC0415  it takes a fifth of a second that a start need not pay
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in cuts.items():
        sheet = book.create_sheet(name[:31])
        sheet.append([title])
        sheet.append(list(head))
        for row, found in rows.items():
            figures = [*astuple(found.quarter), *astuple(found.before), *astuple(found.year_before)]
            sheet.append([row, *figures])
            named = sheet.cell(row=sheet.max_row, column=1)
            named.data_type = "s"  # text that looks like a formula
            named.alignment = Alignment(wrap_text=True, vertical="top")
        for line in sheet.iter_rows(min_row=1, max_row=2):
            for cell in line:
                cell.font = Font(bold=True)
                cell.alignment = Alignment(wrap_text=cell.row == 2, vertical="top")
        sheet.row_dimensions[2].height = 48  # points: three lines of a wrapped head
        longest = max([20, *(len(row) for row in rows)])
        sheet.column_dimensions["A"].width = min(longest + 2, 60)
        for number in range(2, len(head) + 1):
            sheet.column_dimensions[get_column_letter(number)].width = 13
        sheet.freeze_panes = "B3"
        sheet.print_title_rows = "2:2"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
