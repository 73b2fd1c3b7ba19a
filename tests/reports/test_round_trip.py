"""A spreadsheet is read back as it was filled."""

import subprocess
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kernel.language import Language
from registry_data.report_forms import form_codes, load_form
from reports.checks import Severity, check, faults
from reports.derived import completed
from reports.filled import CellRef, FilledForm, FormLine
from tests.reports.forms import (
    as_bytes,
    book_of,
    figures,
    filled_right,
    opened,
    read_back,
    subject,
    typed_cells,
    written,
)
from tests.reports.office import missing


@cache
def cells_of(code: str) -> dict[CellRef, str]:
    return dict(read_back(written(subject(opened(code))), code).cells)


@pytest.mark.parametrize(
    ("code", "language"),
    [*((code, Language.KK) for code in form_codes()), ("1-mq", Language.RU), ("1-mq", Language.EN)],
)
def test_filled_form_round_trip_has_no_faults(code: str, language: Language):
    filled, form = filled_right(code), load_form(code)
    read = read_back(written(subject(filled, language)), code)
    assert read.findings == ()
    assert read.filled is not None
    back = completed(form, read.filled)
    assert back.values == filled.values
    assert faults(check(form, back, figures(code))) == ()


@pytest.mark.parametrize("code", ["1-mq", "2-mq"])
def test_manually_filled_cells_are_read(code: str):
    form, filled, cells = load_form(code), opened(code), cells_of(code)
    book = book_of(filled)
    for number, place in enumerate(typed_cells(form, filled)):
        book.worksheets[0][cells[place]] = number % 5 or "-"
    read = read_back(as_bytes(book), code)
    assert read.filled is not None
    assert read.findings == ()
    assert faults(check(form, completed(form, read.filled), figures(code))) == ()


def test_service_in_a_spare_line_becomes_a_line():
    book = book_of(opened("2-mq"))
    sheet = book.worksheets[0]
    at = next(cell.row for cell in sheet["M"] if cell.value == "11.1#1")
    sheet[f"B{at}"] = "Бала тууды тіркеу"
    for letter in "CDEFGH":
        sheet[f"{letter}{at}"] = 2
    read = read_back(as_bytes(book), "2-mq")
    assert read.filled is not None
    assert read.filled.lines_of("11.1") == (FormLine(title="Бала тууды тіркеу"),)
    done = completed(load_form("2-mq"), read.filled)
    assert done.values[CellRef(row="11.1", line=1, column="qn")] == "6"


def test_empty_spare_lines_are_ignored():
    read = read_back(written(subject(opened("1-mq"))), "1-mq")
    assert read.filled is not None
    assert set(read.filled.lines) == {"16.1", "16.2", "18.2"}


def test_providers_and_services_are_listed_in_4_mq():
    book = book_of(opened("4-mq"))
    sheet = book.worksheets[0]
    for number, line in enumerate(("1#1", "1#3")):  # the second spare line is left out
        at = next(cell.row for cell in sheet["M"] if cell.value == line)
        sheet[f"B{at}"], sheet[f"C{at}"] = f"Министрлік {number}", "Анықтама беру"
        sheet[f"D{at}"], sheet[f"E{at}"], sheet[f"F{at}"] = 100, "-", 3
    read = read_back(as_bytes(book), "4-mq")
    assert read.findings == ()
    assert read.filled is not None
    assert [one.provider for one in read.filled.lines_of("1")] == ["Министрлік 0", "Министрлік 1"]
    done = completed(load_form("4-mq"), read.filled)
    assert [done.values[CellRef(row="1", column=key)] for key in ("total", "refused", "late")] == [
        "200",
        "-",
        "6",
    ]
    assert faults(check(load_form("4-mq"), done)) == ()


@pytest.mark.slow
def test_number_typed_over_a_sum_is_taken_as_typed():
    book = book_of(filled_right("1-mq"))
    cells = cells_of("1-mq")
    book.worksheets[0][cells[CellRef(row="3", column="m1")]] = 99
    read = read_back(as_bytes(book), "1-mq")
    assert read.filled is not None
    done = completed(load_form("1-mq"), read.filled)
    assert done.values[CellRef(row="3", column="m1")] == "99"
    found = check(load_form("1-mq"), done, figures("1-mq"))
    of_row = [one for one in found if one.place is not None and one.place.row == "3"]
    assert [(one.code, one.severity) for one in of_row] == [("parts_differ", Severity.WARNING)] * 2


def test_only_input_cells_are_unlocked():
    book = book_of(opened("1-mq"))
    sheet, cells = book.worksheets[0], cells_of("1-mq")
    assert sheet.protection.sheet
    assert not sheet[cells[CellRef(row="1.1", column="m1")]].protection.locked
    assert sheet[cells[CellRef(row="1", column="m1")]].protection.locked
    assert sheet[cells[CellRef(row="1.1", column="q")]].protection.locked
    assert sheet["A12"].protection.locked
    assert sheet.column_dimensions["M"].hidden
    assert len(book.worksheets) == 2  # no services were offered


@pytest.mark.slow
def test_computed_cell_separates_bot_and_official_figures():
    sheet, cells = book_of(opened("1-mq"), Language.RU).worksheets[0], cells_of("1-mq")
    cell = sheet[cells[CellRef(row="16", column="m2")]]
    assert cell.value == 2
    assert cell.comment.text == "Через бот: 0\nВнесли сотрудники: 2"
    assert sheet[f"L{cell.row}"].value == "3+0 | 0+2 | 0+0"


def test_second_sheet_lists_the_counted_complaints():
    sheet = book_of(opened("1-mq")).worksheets[1]
    assert [cell.value for cell in sheet[4]][:4] == ["15, 15.1, 16.1", "1", "26-00000017-5", "03.07.2026"]


def test_typed_text_never_becomes_a_formula():
    filled = opened("2-mq")
    lines = {**filled.lines, "11.1": (FormLine(title='=HYPERLINK("http://x")'),)}
    book = book_of(
        FilledForm(form="2-mq", organisation=filled.organisation, period=filled.period, lines=lines)
    )
    sheet = book.worksheets[0]
    at = next(cell.row for cell in sheet["M"] if cell.value == "11.1#1")
    assert sheet[f"B{at}"].data_type == "s"


@pytest.mark.skipif(bool(missing("scalc")), reason="LibreOffice Calc is not installed here")
@pytest.mark.long
def test_sheet_saved_by_libreoffice_is_accepted(tmp_path: Path):
    (tmp_path / "form.xlsx").write_bytes(written(subject(filled_right("1-mq"))))
    out = tmp_path / "saved"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(tmp_path / "form.xlsx")],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    content = (out / "form.xlsx").read_bytes()
    values = load_workbook(out / "form.xlsx", data_only=True).worksheets[0]
    cells = cells_of("1-mq")
    expected = filled_right("1-mq").values[CellRef(row="1", column="q")]
    assert str(values[cells[CellRef(row="1", column="q")]].value) == expected  # its formulas say what ours do
    read = read_back(content, "1-mq")
    assert read.findings == ()
    assert read.filled is not None
    form = load_form("1-mq")
    assert faults(check(form, completed(form, read.filled), figures("1-mq"))) == ()


def test_computed_rows_have_no_spare_lines():
    form = load_form("1-mq")
    computed = {row.number for row in form.rows if row.is_computed}
    keys = [str(cell.value) for cell in book_of(opened("1-mq")).worksheets[0]["M"] if "#" in str(cell.value)]
    assert [
        key
        for key in keys
        if key.split("#")[0] in computed and key.count("#") == 1 and not key.endswith("#0")
    ] == []
