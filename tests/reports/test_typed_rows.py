"""What a person adds to the sheet: rows, services chosen from the list, the dash for all the rest."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from registry_data.report_forms import load_form
from reports.checks import Severity, check, faults
from reports.derived import completed
from reports.filled import CellRef, FilledForm, FormLine
from reports.sheet.reader import ExpectedForm, ReadForm, read_form
from tests.each import each_case
from tests.reports.forms import (
    ORGANISATION,
    PERIOD,
    as_bytes,
    figures,
    filled_right,
    opened,
    parsed,
    read_back,
    subject,
    written,
)
from tests.reports.office import edited_in_office, missing

SERVICE = "Бала тууды тіркеу"
NAMES = {"бала тууды тіркеу": "birth-registration", "регистрация рождения": "birth-registration"}


def read(content: bytes, code: str = "2-mq") -> ReadForm:
    form = load_form(code)
    wanted = ExpectedForm(form=form, organisation=ORGANISATION[code], period=PERIOD, services=NAMES)
    return read_form(parsed(content), wanted)


def changed(
    change: Callable[[Worksheet], None], code: str = "2-mq", filled: FilledForm | None = None
) -> ReadForm:
    book: Workbook = load_workbook(BytesIO(written(subject(filled or opened(code), offered=(SERVICE,)))))
    change(book.worksheets[0])
    return read(as_bytes(book), code)


def row_of(sheet: Worksheet, key: str) -> int:
    return next(cell.row for cell in sheet["M"] if cell.value == key)


def type_row(sheet: Worksheet, row: int, title: str | None = SERVICE, letters: str = "CDEFGH") -> None:
    """As a row that a person inserted: without our mark."""
    sheet[f"M{row}"] = None
    sheet[f"B{row}"] = title
    for letter in letters:
        sheet[f"{letter}{row}"] = 2


def type_title(sheet: Worksheet, title: str) -> None:
    type_row(sheet, row_of(sheet, "11.1#2"), title)


def test_row_inserted_among_lines_is_a_line():
    found = changed(lambda sheet: type_row(sheet, row_of(sheet, "11.1#2")))
    assert faults(found.findings) == ()
    assert found.filled is not None
    assert found.filled.lines_of("11.1") == (FormLine(title=SERVICE, service="birth-registration"),)
    done = completed(load_form("2-mq"), found.filled)
    assert done.values[CellRef(row="11.1", line=1, column="qn")] == "6"


def test_copied_line_is_a_line_too():
    def copy(sheet: Worksheet) -> None:
        first, second = row_of(sheet, "11.1#1"), row_of(sheet, "11.1#2")
        for row, title in ((first, SERVICE), (second, "Басқа қызмет")):
            type_row(sheet, row, title)
            sheet[f"M{row}"] = "11.1#1"

    found = changed(copy)
    assert faults(found.findings) == ()
    assert found.filled is not None
    assert [one.title for one in found.filled.lines_of("11.1")] == [SERVICE, "Басқа қызмет"]


def test_row_that_cannot_be_taken_is_named():
    def where(key: str, **typed: str) -> Callable[[Worksheet], None]:
        return lambda sheet: type_row(sheet, row_of(sheet, key), **typed)

    with each_case() as cases:
        for name, key, letters, code in (
            ("inside the lines counted from complaints", "17.1#0", "C", "row_missing"),
            ("without a title", "11.1#2", "CDEFGH", "line_untitled"),
        ):
            title = None if code == "line_untitled" else "x"
            with cases.case(name):
                found = changed(where(key, title=title, letters=letters))
                every = (
                    (*found.findings, *found.placed(check(load_form("2-mq"), found.filled)))
                    if found.filled
                    else found.findings
                )
                codes = {one.code for one in every}
                assert code in codes
                assert name == "without a title" or "row_inserted" in codes
                assert all(one.cell for one in every if one.code in {"row_inserted", "line_untitled"})


def test_row_under_a_row_without_lines_is_refused_with_its_cell():
    book = load_workbook(BytesIO(written(subject(opened("2-mq")))))
    sheet = book.worksheets[0]
    at = sheet.max_row + 1
    sheet[f"C{at}"] = 5
    found = read(as_bytes(book))
    assert [(one.code, one.cell) for one in found.findings] == [("row_inserted", f"C{at}")]


def test_remarks_below_the_form_are_no_data():
    book = load_workbook(BytesIO(written(subject(opened("2-mq")))))
    sheet = book.worksheets[0]
    sheet[f"B{sheet.max_row + 2}"] = "Орындаушы: Серіков, 74-00-00"
    assert read(as_bytes(book)).findings == ()


def test_number_beside_a_month_is_refused_with_its_cell():
    def stray(sheet: Worksheet) -> None:
        row = row_of(sheet, "19#0")
        sheet.unmerge_cells(f"C{row}:D{row}")
        sheet[f"D{row}"] = 7

    found = changed(stray)
    assert [one.code for one in found.findings] == ["cell_stray"]
    assert found.findings[0].cell.startswith("D")


def test_sheet_of_an_older_version_is_still_read():
    """Without our marks nobody knows which rows were inserted."""

    def unmark(sheet: Worksheet) -> None:
        for cell in sheet["M"]:
            if str(cell.value).startswith("~"):
                cell.value = None

    assert changed(unmark).findings == ()


def test_service_is_chosen_from_a_list_and_kept_by_its_slug():
    with each_case() as cases:
        for title in (SERVICE, "Регистрация рождения", "бала тууды  тіркеу"):
            with cases.case(title):
                found = changed(partial(type_title, title=title))
                assert found.filled is not None
                assert found.filled.lines_of("11.1")[0].service == "birth-registration"
    sheet = load_workbook(BytesIO(written(subject(opened("2-mq"), offered=(SERVICE, "Басқа"))))).worksheets[0]
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.formula1 == "services!$A$1:$A$2"]
    assert [rule.type for rule in rules] == ["list"]
    assert not rules[0].showErrorMessage  # the registry need not have every service
    assert f"B{row_of(sheet, '11.1#1')}" in rules[0].sqref


def test_chosen_service_can_be_chosen_again():
    filled = opened("2-mq")
    line = FormLine(title=SERVICE, service="birth-registration")
    filled = replace(filled, lines={**filled.lines, "11.1": (line,)})
    book = load_workbook(BytesIO(written(subject(filled))))
    sheet = book.worksheets[0]
    cell = sheet[f"B{row_of(sheet, '11.1#1')}"]
    assert not cell.protection.locked
    cell.value = "Басқа қызмет"
    found = read(as_bytes(book))
    assert found.filled is not None
    assert found.filled.lines_of("11.1") == (FormLine(title="Басқа қызмет"),)


def test_dash_for_all_the_rest():
    def ask(sheet: Worksheet) -> None:
        sheet[f"L{row_of(sheet, 'rest')}"] = "–"
        sheet[read_back(written(subject(opened("2-mq"))), "2-mq").cells[CellRef(row="19", column="m1")]] = 12

    found = changed(ask)
    assert [(one.code, one.severity) for one in found.findings] == [("rest_filled", Severity.NOTE)]
    assert found.filled is not None
    done = completed(load_form("2-mq"), found.filled)
    assert faults(check(load_form("2-mq"), done, figures("2-mq"))) == ()
    assert done.values[CellRef(row="19", column="q")] == "12"
    assert done.values[CellRef(row="20", column="q")] == "-"


def test_rest_is_left_alone_unless_asked():
    found = changed(lambda _: None)
    assert found.filled is not None
    assert CellRef(row="20", column="m1") not in found.filled.values


def test_number_typed_over_a_sum_stays_when_the_form_is_opened_again():
    place = CellRef(row="3", column="m1")
    filled = filled_right("1-mq").with_values({place: "99"})
    sheet = load_workbook(BytesIO(written(subject(filled)))).worksheets[0]
    assert sheet[read_back(written(subject(filled)), "1-mq").cells[place]].value == 99


@pytest.mark.skipif(bool(missing("scalc")), reason="LibreOffice Calc is not installed here")
@pytest.mark.long
def test_rows_inserted_in_libreoffice_are_taken(tmp_path: Path):
    """Among the lines, and below the last of them, where the sheet's total does not reach."""
    content = written(subject(opened("4-mq")))
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    for name, at in (("among", row_of(sheet, "1#2")), ("below", row_of(sheet, "1#3") + 1)):
        (tmp_path / name).mkdir()
        typed: dict[str, int | str] = {
            f"B{at}": "Министрлік",
            f"C{at}": SERVICE,
            **{f"{one}{at}": 3 for one in "DEF"},
        }
        found = read(edited_in_office(tmp_path / name, content, typed, inserted=at), "4-mq")
        assert found.findings == (), name
        assert found.filled is not None
        assert completed(load_form("4-mq"), found.filled).values[CellRef(row="1", column="total")] == "3", (
            name
        )
