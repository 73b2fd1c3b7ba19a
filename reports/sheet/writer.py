"""Write a form as an XLSX file that looks as in the act; typed cells are unlocked, the rest is locked."""

from dataclasses import replace
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from registry_data.report_forms import Layout
from reports.figures import FormFigures
from reports.filled import NOTHING
from reports.sheet import style
from reports.sheet.cached import with_cached_values
from reports.sheet.cases import write_cases, write_events, write_sources
from reports.sheet.head import Pen, write_heads, write_top
from reports.sheet.plan import KEY, MAGIC, MARK, ORIGINS, REASON, REST, SERVICES, last_letter
from reports.sheet.style import as_text, put
from reports.sheet.subject import SheetContent
from reports.sheet.table import SheetTable

_WIDTHS = {"A": 6.5, "B": 58.0, REASON: 34.0, ORIGINS: 20.0}
_LIST_WIDTHS = {"A": 6.5, "B": 38.0, "C": 38.0, "D": 16.0, "E": 16.0, "F": 16.0}
_MONTH_WIDTH = 8.2
REST_ROW = 7  # under the legend


def write_form(subject: SheetContent) -> bytes:
    """The file's bytes. A sum has its own part and the reports that were added on sheets of their own."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    is_sum = subject.own is not None
    _write_sheet(sheet, replace(subject, figures=FormFigures()) if is_sum else subject, is_sum=is_sum)
    if subject.own is not None:
        name = subject.texts("own_sheet")
        part = replace(subject, filled=subject.own, marks=(name,))
        _write_sheet(book.create_sheet(name), part, is_sum=True)
        write_sources(book, subject)
    if any(row.counts is not None for row in subject.form.rows):
        write_cases(book, subject)
    if subject.cases.events:
        write_events(book, subject)
    if subject.offered and not subject.is_final:
        _write_services(book, subject.offered)
    about = book.properties
    about.creator = about.lastModifiedBy = "qyzmet"
    about.created = about.modified = subject.made_at.replace(tzinfo=None)
    held = BytesIO()
    book.save(held)
    return with_cached_values(sheet, held.getvalue())


def _write_sheet(sheet: Worksheet, subject: SheetContent, *, is_sum: bool) -> None:
    """`is_sum`: no sheet to be filled and sent back."""
    if not is_sum or sheet.title == "Sheet":
        sheet.title = subject.form.index
    is_list = subject.form.layout is Layout.LIST
    pen = Pen(sheet, last_letter(subject.form))
    write_top(pen, subject)
    table, table_at = SheetTable(pen, subject), pen.row
    for place, section in enumerate(subject.form.sections):
        if place == 0 or section.split:  # the act repeats them where the section is split by type of person
            heads_at = pen.row
            write_heads(pen, subject, section)
            if place == 0:  # on each page: the lines of the heads that every section shares
                sheet.print_title_rows = f"{heads_at}:{heads_at if is_list else heads_at + 1}"
        if not is_list:
            _section_title(pen, f"{section.number}. {section.titles.in_language(subject.language)}")
        table.write_section(section)
    table.write_values()
    _signatures(pen, subject)
    _legend(sheet, subject, table_at)
    if not is_sum:
        _mark_rows(sheet, subject)
    _set_up(sheet, subject)


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
    if subject.form.note is not None:  # a remark of ours on the act's text is no part of the form
        put(sheet, f"{REASON}1", subject.form.note.in_language(subject.language), size=9)
        sheet.merge_cells(f"{REASON}1:{ORIGINS}2")
    for letter, key in ((REASON, "reason"), (ORIGINS, "origins")):
        put(sheet, f"{letter}{table_at}", subject.texts(key), bold=True, size=9, at="center")
        sheet.merge_cells(f"{letter}{table_at}:{letter}{table_at + 2}")


def _mark_rows(sheet: Worksheet, subject: SheetContent) -> None:
    """The hidden column, by which a returned sheet is read."""
    if not subject.is_final:
        _ask_for_the_rest(sheet, subject)
    filled = subject.filled
    for row, text in enumerate((MAGIC, filled.form, filled.organisation, filled.period), start=1):
        sheet[f"{KEY}{row}"] = text
    for row in range(1, sheet.max_row + 2):
        if sheet[f"{KEY}{row}"].value is None:  # a row without a mark is one that somebody inserted
            sheet[f"{KEY}{row}"] = f"{MARK}{row}"


def _ask_for_the_rest(sheet: Worksheet, subject: SheetContent) -> None:
    """The cell in which the dash stands for all cells left empty."""
    put(sheet, f"{REASON}{REST_ROW}", subject.texts("rest"), size=9, at="right")
    put(sheet, f"{ORIGINS}{REST_ROW}", None, at="center", fill=style.INPUT, box=True, is_open=True)
    rule = DataValidation(type="list", formula1=f'"{NOTHING}"', allow_blank=True)
    rule.add(f"{ORIGINS}{REST_ROW}")
    sheet.add_data_validation(rule)
    sheet[f"{KEY}{REST_ROW}"] = REST


def _write_services(book: Workbook, names: tuple[str, ...]) -> None:
    sheet = book.create_sheet(SERVICES)
    for row, name in enumerate(names, start=1):
        as_text(sheet.cell(row=row, column=1), name)
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


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
    sheet.protection.insertRows = False  # that is, nothing forbids it
    sheet.page_setup.orientation = "landscape" if is_list else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.sheet_view.showGridLines = False
