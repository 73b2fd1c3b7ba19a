"""The act's rules on a filled form, one by one."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry_data.report_forms import load_form
from reports.checks import Finding, Severity, check, faults
from reports.columns import QUARTER, columns_of
from reports.derived import completed
from reports.figures import FormFigures
from reports.filled import CellRef, FilledForm, FormLine, number_of, places, tidy
from tests.reports.forms import figures, filled_right, opened, typed_cells

FORM = load_form("1-mq")
RIGHT = filled_right("1-mq")
FIGURES = figures("1-mq")


def at(row: str, column: str = "m1", line: int = 0) -> CellRef:
    return CellRef(row=row, line=line, column=column)


def found(filled: FilledForm, figures: FormFigures | None = FIGURES) -> list[Finding]:
    return [one for one in check(FORM, filled, figures) if one.severity is Severity.FAULT]


def changed(**cells: str) -> FilledForm:
    """The valid form with some cells changed: r1_2_m1="4" is row 1.2 in January."""
    values = {}
    for name, value in cells.items():
        *row, column = name[1:].split("_")
        values[at(".".join(row), column)] = value
    return RIGHT.with_values(values)


def test_correct_form_has_no_faults():
    assert found(RIGHT) == []


@pytest.mark.parametrize(
    ("filled", "code", "place"),
    [
        (changed(r20_m2=""), "cell_empty", at("20", "m2")),
        (changed(r20_m2="-3"), "cell_not_whole", at("20", "m2")),
        (changed(r20_m2="3.5"), "cell_not_whole", at("20", "m2")),
        (changed(r20_m2="3,0"), "cell_not_whole", at("20", "m2")),
        (changed(r20_m2="көп"), "cell_not_whole", at("20", "m2")),
        (changed(r20_m2="1e3"), "cell_not_whole", at("20", "m2")),
        (changed(r20_m2="٣"), "cell_not_whole", at("20", "m2")),  # a digit, but of another script
        (changed(r20_m2="1234567890"), "cell_not_whole", at("20", "m2")),  # more than nine digits
        (changed(r1_m1="77"), "parts_differ", at("1", "m1")),  # annex 1 ¶5: 1 = 1.1 + 1.2
        (changed(r20_q="77"), "quarter_differs", at("20", "q")),
        (changed(r10_1_q="77"), "quarter_differs", at("10.1", "q")),  # a flow, annex 1 ¶17
        (changed(r12_1_qn="77"), "quarter_differs", at("12.1", "qn")),
        (changed(r16_m1="77"), "computed_changed", at("16", "m1")),
    ],
)
def test_each_fault_names_its_cell(filled: FilledForm, code: str, place: CellRef):
    assert (code, place) in [(one.code, one.place) for one in found(filled)]


def test_quarter_of_a_stock_is_not_the_sum_of_months():
    assert found(changed(r10_m1="700", r10_m2="701", r10_m3="702", r10_q="702")) == []
    assert found(changed(r11_q="9")) == []


def test_dash_is_zero_and_not_empty():
    filled = changed(r20_m1="-", r20_m2="-", r20_m3="-", r20_q="-")
    assert found(filled) == []


@pytest.mark.parametrize("row", ["2", "3", "7", "8", "9"])
def test_other_total_that_differs_is_only_a_warning(row: str):
    filled = RIGHT.with_values({at(row): "500", at(row, "q"): str(_quarter(row, "500"))})
    findings = [one for one in check(FORM, filled, FIGURES) if one.place == at(row)]
    assert [(one.code, one.severity) for one in findings] == [("parts_differ", Severity.WARNING)]
    assert found(filled) == []


def _quarter(row: str, first: str) -> int:
    return sum(
        number_of(text) or 0 for text in (first, RIGHT.values[at(row, "m2")], RIGHT.values[at(row, "m3")])
    )


def test_computed_cell_can_be_changed_with_a_reason():
    values = {at("16", "m3"): "1", at("16", "q"): "6"}
    filled = RIGHT.with_values(values)
    assert [one.place for one in found(filled)] == [at("16", "m3"), at("16", "q")]
    assert found(replace(filled, reasons={"16#0": "Бір шағым хатпен келді"})) == []


def test_removed_computed_line_is_reported():
    lines = {**RIGHT.lines, "16.1": ()}
    codes = [one.code for one in found(replace(RIGHT, lines=lines))]
    assert codes == ["computed_line_gone"]


def test_line_needs_a_unique_title():
    lines = {"12.1": (FormLine(), FormLine(title="Апостиль"), FormLine(title="апостиль"))}
    codes = {one.code for one in found(replace(RIGHT, lines={**RIGHT.lines, **lines}))}
    assert {"line_untitled", "line_twice"} <= codes


def test_lines_that_do_not_add_up_are_a_warning():
    lines = {**RIGHT.lines, "12.1": (FormLine(title="Апостиль"),)}
    values = {at("12.1", column.key, 1): "90" for column in columns_of(FORM, FORM.section_of("12.1"))}
    filled = replace(RIGHT, lines=lines).with_values(values)
    found_here = [one for one in check(FORM, filled, FIGURES) if one.code == "lines_differ"]
    assert found_here
    assert {one.severity for one in found_here} == {Severity.WARNING}


def test_opened_form_asks_only_for_manual_cells():
    """Computed and derived cells are not typed."""
    empty = {one.place for one in check(FORM, completed(FORM, opened("1-mq")), FIGURES)}
    by_hand = set(typed_cells(FORM, opened("1-mq")))
    assert by_hand <= empty
    assert not {place.row for place in empty if place is not None} & {"16", "17", "18", "19"}


@pytest.mark.parametrize(
    ("typed", "kept"), [("–", "-"), (" — ", "-"), (" 7 ", "7"), ("-", "-"), ("- 7", "- 7")]
)
def test_any_dash_is_normalised(typed: str, kept: str):
    assert tidy(typed) == kept


CELLS = [*(at(row, month) for row in ("1.1", "1.2", "4", "20") for month in ("m1", "m2", "m3"))]


@pytest.mark.slow
@settings(deadline=None)  # the machine may be slow
@given(st.lists(st.one_of(st.just("-"), st.integers(0, 999_999).map(str)), min_size=12, max_size=12))
def test_derived_cells_match_a_plain_sum(values: list[str]):
    form = load_form("2-mq")
    filled = filled_right("2-mq", lambda _: "-")
    bare = {
        place: text
        for place, text in filled.values.items()
        if place.row not in {"1", "1.1", "1.2", "4", "20"}
    }
    done = completed(form, replace(filled, values={**bare, **dict(zip(CELLS, values, strict=True))}))
    for row in ("1.1", "1.2", "4", "20"):
        plain = sum(int(done.values[at(row, month)].replace("-", "0")) for month in ("m1", "m2", "m3"))
        assert number_of(done.values[at(row, QUARTER)]) == plain
    for column in ("m1", "m2", "m3", "q"):
        parts = [number_of(done.values[at(row, column)]) or 0 for row in ("1.1", "1.2")]
        assert number_of(done.values[at("1", column)]) == sum(parts)
    assert faults(check(form, done, figures("2-mq"))) == ()


@settings(deadline=None)  # the machine may be slow
@given(st.text(max_size=8))
def test_invalid_number_is_never_accepted(text: str):
    filled = RIGHT.with_values({at("20", "m1"): tidy(text)})
    is_right = number_of(tidy(text)) is not None
    assert is_right == (not [one for one in found(filled) if one.code in {"cell_not_whole", "cell_empty"}])


def test_check_visits_every_cell():
    """4 columns per row, 8 where persons are split by type."""
    split = sum(len(section.rows) for section in FORM.sections if section.split)
    blank = FilledForm(form="1-mq", organisation="x", period="2026Q3")
    assert len(list(places(FORM, blank))) == 4 * (len(FORM.rows) + split)
