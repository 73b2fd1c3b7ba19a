"""The second sheet: the complaints behind the computed cells, one per row; a third for control events."""

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from localisation.formats import numeric_day
from registry_data.document_texts import DocumentTexts
from reports.sheet.style import HEAD, as_text, landscape, put
from reports.sheet.subject import ListedCase, SheetContent, SheetNames

COLUMNS = (
    ("rows", 22), ("month", 6), ("number", 16), ("registered", 13), ("service", 48), ("provider", 40),
    ("delivery", 28), ("source", 26), ("origin", 18), ("late", 12),
)  # fmt: skip
EVENT_COLUMNS = (("rows", 40), ("month", 6), ("number", 10), ("object", 80))


def write_cases(book: Workbook, subject: SheetContent) -> None:
    texts = subject.texts
    sheet = book.create_sheet(texts("cases_sheet"))
    put(sheet, "A1", texts("cases_title"), bold=True)
    sheet.merge_cells("A1:F1")
    cases = subject.cases
    if cases.total > len(cases.shown):
        put(sheet, "A2", texts("cases_more", shown=len(cases.shown), total=cases.total), italic=True)
        sheet.merge_cells("A2:F2")
    for place, (name, width) in enumerate(COLUMNS, start=1):
        letter = get_column_letter(place)
        put(sheet, f"{letter}3", texts(f"case_{name}"), bold=True, fill=HEAD, box=True, at="center")
        sheet.column_dimensions[letter].width = width
    for row, case in enumerate(cases.shown, start=4):
        for place, text in enumerate(_cells(case, subject.names, texts), start=1):
            as_text(sheet.cell(row=row, column=place), text)
    sheet.freeze_panes = "A4"
    landscape(sheet, heads="3:3")
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(COLUMNS))}{3 + max(1, len(cases.shown))}"
    sheet.protection.sheet = True
    sheet.protection.autoFilter = sheet.protection.sort = False


def write_events(book: Workbook, subject: SheetContent) -> None:
    texts = subject.texts
    sheet = book.create_sheet(texts("events_sheet"))
    put(sheet, "A1", texts("events_title"), bold=True)
    sheet.merge_cells("A1:D1")
    for place, (name, width) in enumerate(EVENT_COLUMNS, start=1):
        letter = get_column_letter(place)
        put(sheet, f"{letter}2", texts(f"event_{name}"), bold=True, fill=HEAD, box=True, at="center")
        sheet.column_dimensions[letter].width = width
    for row, one in enumerate(subject.cases.events, start=3):
        cells = (", ".join(one.rows), str(one.month), f"№ {one.number}", one.object)
        for place, text in enumerate(cells, start=1):
            as_text(sheet.cell(row=row, column=place), text)
    sheet.freeze_panes = "A3"
    landscape(sheet, heads="2:2")
    sheet.protection.sheet = True


def write_sources(book: Workbook, subject: SheetContent) -> None:
    """The reports that were added up, and who is missing."""
    texts, names, sources = subject.texts, subject.names, subject.sources
    sheet = book.create_sheet(texts("sources_sheet"))
    put(sheet, "A1", texts("sources_title"), bold=True)
    for letter, key, width in (
        ("A", "source_body", 60),
        ("B", "source_version", 10),
        ("C", "source_day", 20),
    ):
        put(sheet, f"{letter}2", texts(key), bold=True, fill=HEAD, box=True, at="center")
        sheet.column_dimensions[letter].width = width
    if sources is None:
        return
    rows = [
        (names.organisation(one.organisation), str(one.version), numeric_day(one.handed_in_on))
        for one in sources.present
    ]
    rows += [(names.organisation(code), "", texts("source_missing")) for code in sources.missing]
    for row, cells in enumerate(rows, start=3):
        for place, text in enumerate(cells, start=1):
            as_text(sheet.cell(row=row, column=place), text)
    landscape(sheet, heads="2:2")
    sheet.protection.sheet = True


def _cells(case: ListedCase, names: SheetNames, texts: DocumentTexts) -> tuple[str, ...]:
    return (
        ", ".join(case.rows),
        str(case.month),
        case.number,
        numeric_day(case.registered_on),
        names.service(case.service),
        names.organisation(case.provider),
        texts(f"delivery_{case.delivery}"),
        texts(f"source_{case.source}"),
        texts(f"origin_{case.origin}"),
        texts("yes_word") if case.late else "",
    )
