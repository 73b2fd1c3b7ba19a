"""Write a form as an XLSX file that looks as in the act; typed cells are unlocked, the rest is locked."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from registry_data.report_forms import Layout
from reports.sheet import style
from reports.sheet.cases import write_cases
from reports.sheet.head import Pen, write_heads, write_top
from reports.sheet.plan import KEY, LIST_LETTERS, MAGIC, ORIGINS, REASON
from reports.sheet.style import put
from reports.sheet.subject import SheetContent
from reports.sheet.table import SheetTable

_WIDTHS = {"A": 6.5, "B": 58.0, REASON: 34.0, ORIGINS: 20.0}
_LIST_WIDTHS = {"A": 6.5, "B": 38.0, "C": 38.0, "D": 16.0, "E": 16.0, "F": 16.0}
_MONTH_WIDTH = 8.2


def write_form(subject: SheetContent) -> bytes:
    """The file's bytes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = subject.form.index
    is_list = subject.form.layout is Layout.LIST
    last = LIST_LETTERS[len(subject.form.columns) - 1] if is_list else "J"
    pen = Pen(sheet, last)
    write_top(pen, subject)
    table, table_at = SheetTable(pen, subject), pen.row
    for place, section in enumerate(subject.form.sections):
        if place == 0 or section.split:  # the act repeats them where the section is split by type of person
            write_heads(pen, subject, section)
        if not is_list:
            _section_title(pen, f"{section.number}. {section.titles.in_language(subject.language)}")
        table.write_section(section)
    table.write_values()
    _signatures(pen, subject)
    _legend(sheet, subject, table_at)
    _set_up(sheet, subject)
    if any(row.counts is not None for row in subject.form.rows):
        write_cases(book, subject)
    about = book.properties
    about.creator = about.lastModifiedBy = "qyzmet"
    about.created = about.modified = subject.made_at.replace(tzinfo=None)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _section_title(pen: Pen, text: str) -> None:
    row = pen.row
    pen.across(text, bold=True, at="center")
    style.box(pen.sheet, row, "A", pen.last)


def _signatures(pen: Pen, subject: SheetContent) -> None:
    pen.row += 1
    for line in subject.form.signatures:
        pen.across(line.in_language(subject.language).format(**subject.printed))
    pen.sheet.print_area = f"A1:{pen.last}{pen.row}"


def _legend(sheet: Worksheet, subject: SheetContent, table_at: int) -> None:
    """Next to the form, outside the printed area: the colour legend and the heads of our columns."""
    colours = {
        "legend_input": style.INPUT,
        "legend_computed": style.COMPUTED,
        "legend_sum": style.SUM,
        "legend_sum_open": style.SUM_OPEN,
    }
    for row, (key, fill) in enumerate(colours.items(), start=3):
        put(sheet, f"{REASON}{row}", subject.texts(key), fill=fill, size=9)
        sheet.merge_cells(f"{REASON}{row}:{ORIGINS}{row}")
    for letter, key in ((REASON, "reason"), (ORIGINS, "origins")):
        put(sheet, f"{letter}{table_at}", subject.texts(key), bold=True, size=9, at="center")
        sheet.merge_cells(f"{letter}{table_at}:{letter}{table_at + 2}")
    filled = subject.filled
    for row, text in enumerate((MAGIC, filled.form, filled.organisation, filled.period), start=1):
        sheet[f"{KEY}{row}"] = text


def _set_up(sheet: Worksheet, subject: SheetContent) -> None:
    is_list = subject.form.layout is Layout.LIST
    for letter, width in (_LIST_WIDTHS if is_list else _WIDTHS).items():
        sheet.column_dimensions[letter].width = width
    if not is_list:
        for letter in "CDEFGHIJ":
            sheet.column_dimensions[letter].width = _MONTH_WIDTH
    for letter in (REASON, ORIGINS):
        sheet.column_dimensions[letter].width = _WIDTHS[letter]
    sheet.column_dimensions[KEY].hidden = True
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.sheet_view.showGridLines = False
