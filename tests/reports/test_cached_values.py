"""Every formula stands beside its value: previews and phones do not calculate."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from registry_data.report_forms import form_codes, load_form
from reports.derived import by_hand, completed
from reports.filled import NOTHING, CellRef, FilledForm, number_of, places
from tests.each import each_case
from tests.reports.forms import filled_right, opened, read_back, subject, written
from tests.reports.office import edited_in_office, missing

SUM = CellRef(row="1", column="q")
PART = CellRef(row="1.1", column="m1")


def half(code: str) -> FilledForm:
    """Every second typed cell filled, one in five of them with the dash; sums left to the sheet."""
    form, empty = load_form(code), opened(code)
    cells = [place for place in places(form, empty) if by_hand(form, place)]
    typed = {place: str(number % 7) if number % 5 else NOTHING for number, place in enumerate(cells[::2])}
    return completed(form, empty.with_values(typed))


def both(content: bytes) -> list[tuple[str, str, Any]]:
    """(cell, formula, cached value) of each formula of the first sheet."""
    formulas = load_workbook(BytesIO(content)).worksheets[0]
    values = load_workbook(BytesIO(content), data_only=True).worksheets[0]
    return [
        (cell.coordinate, cell.value, values[cell.coordinate].value)
        for row in formulas.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def test_each_formula_has_its_value():
    with each_case() as cases:
        for code in form_codes():
            for name, filled in (("empty", opened(code)), ("half", half(code)), ("full", filled_right(code))):
                with cases.case(f"{code} {name}"):
                    found = both(written(subject(filled)))
                    assert found
                    assert all(formula.startswith("=IF(COUNT(") for _, formula, _ in found)
                    assert [cell for cell, _, value in found if value is None] == []


def test_cached_values_are_those_of_the_form():
    for code in ("1-mq", "2-mq"):
        filled = filled_right(code)
        values = {cell: value for cell, _, value in both(written(subject(filled)))}
        cells = read_back(written(subject(filled)), code).cells
        derived = {cells[place]: text for place, text in filled.values.items() if cells[place] in values}
        assert len(derived) > 100
        assert {cell: str(values[cell]) for cell in derived} == derived


@pytest.mark.skipif(bool(missing("scalc")), reason="LibreOffice Calc is not installed here")
@pytest.mark.long
def test_an_edit_calculates_again(tmp_path: Path):
    """A typed cell is edited, and the sums beside it and above it follow."""
    filled = filled_right("1-mq")
    content = written(subject(filled))
    cells = read_back(content, "1-mq").cells
    saved = edited_in_office(tmp_path, content, {cells[PART]: 90})
    sheet = load_workbook(BytesIO(saved), data_only=True).worksheets[0]
    more = 90 - (number_of(filled.values[PART]) or 0)
    for place in (CellRef(row="1.1", column="q"), CellRef(row="1", column="m1"), SUM):
        assert sheet[cells[place]].value == (number_of(filled.values[place]) or 0) + more
    untouched = CellRef(row="2", column="q")
    assert str(sheet[cells[untouched]].value) == filled.values[untouched]
