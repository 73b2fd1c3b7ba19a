"""Open, fill, hand in, correct and sum up reports; storage on both databases."""

from datetime import UTC, date, datetime

import pytest

from accounts.errors import GoneError, NotAllowedError
from kernel.errors import DomainError
from reminders.errors import FilingDayError
from reminders.store import FilingStore
from reports.actions import FillCells, FillRest, TakeSheet
from reports.errors import (
    AlreadyHandedInError,
    CellUnknownError,
    CellValueError,
    FiguresMovedError,
    FormUnknownError,
    PeriodOpenError,
    ReportFaultyError,
    ReportPeriodError,
)
from reports.filled import CellRef, FilledForm
from reports.sheet.writer import write_form
from reports.store import ReportState
from tests.reports.forms import parsed
from tests.reports.forms import subject as on_sheet
from tests.reports.scenario import (
    HEAD,
    INSPECTOR,
    OF_SEMEY,
    OFFICER,
    REGION,
    SEMEY,
    STRANGER,
    ReportScenario,
    complaint,
    subject_of,
)

JULY, AUGUST, SEPTEMBER = date(2026, 7, 3), date(2026, 8, 4), date(2026, 9, 30)
IN_TIME = date(2026, 10, 2)
MINE = subject_of(REGION)


def at(row: str, column: str = "m1", line: int = 0) -> CellRef:
    return CellRef(row=row, line=line, column=column)


async def test_form_opens_with_figures_of_the_complaints(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    await scenario.add(
        complaint(REGION, JULY),
        complaint(REGION, JULY, origin="official", delivery="electronic", source="media", service=None),
        complaint("hall-of-region", SEPTEMBER, delivery="corporation", late_after=JULY),
        complaint(SEMEY, JULY),  # a district hands in its own
        complaint(REGION, date(2026, 6, 30)),  # of the quarter before
        complaint(REGION, date(2026, 10, 1)),
        complaint(REGION, AUGUST, restored=True, answered_on=AUGUST, state="answered",
                  closed_at=datetime(2026, 8, 5, tzinfo=UTC), closed_on=AUGUST),
    )  # fmt: skip
    here = await scenario.open(OFFICER, MINE)
    values = here.report.filled.values
    assert [values[at("15", column)] for column in ("m1", "m2", "m3", "q")] == ["2", "1", "1", "4"]
    assert [values[at(row, "q")] for row in ("15.1", "15.2", "15.3")] == ["2", "1", "1"]
    assert [values[at(row, "q")] for row in ("16.1", "16.6", "16.7")] == ["3", "1", "-"]
    assert [values[at(row, "q")] for row in ("17", "17.3", "18")] == ["1", "1", "1"]
    count = here.report.figures.count(here.report.filled, at("15"))
    assert (count.bot, count.officials) == (1, 1)
    assert [one.organisation for one in here.report.filled.lines_of("17.3")] == ["hall-of-region"]


async def test_submitted_form_closes_its_filing(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    number = await scenario.owes(REGION, "form.2-mq")
    await scenario.add(complaint(REGION, JULY))
    await scenario.fill(OFFICER, MINE)
    done = await scenario.hand_in(OFFICER, MINE, IN_TIME)
    assert (done.state, done.version, done.handed_in_by) == (ReportState.HANDED_IN, 1, OFFICER)
    assert (done.handed_in_on, done.handed_in_at) == (IN_TIME, scenario.clock.now())
    filing = await FilingStore(scenario.session).get(number)
    assert filing is not None
    assert (filing.is_open, filing.submitted_on, filing.on_time) == (False, IN_TIME, True)


async def test_submitted_figures_stay_frozen(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    await scenario.add(complaint(REGION, JULY))
    await scenario.filed(OFFICER, REGION)
    await scenario.add(complaint(REGION, JULY))
    here = await scenario.open(OFFICER, MINE)
    assert here.report.filled.values[at("15")] == "1"


@pytest.mark.parametrize("day", [date(2026, 10, 3), date(2015, 1, 1)])
async def test_submission_day_cannot_be_in_the_future(scenario: ReportScenario, day: date):
    await scenario.fill(OFFICER, MINE)
    with pytest.raises(FilingDayError):
        await scenario.hand_in(OFFICER, MINE, day)


async def test_faulty_form_is_not_submitted(scenario: ReportScenario):
    await scenario.open(OFFICER, MINE)
    with pytest.raises(ReportFaultyError):
        await scenario.hand_in(OFFICER, MINE, IN_TIME)


async def test_running_quarter_cannot_be_submitted(scenario: ReportScenario):
    running = subject_of(REGION, period="2026Q4")
    await scenario.fill(OFFICER, running)
    with pytest.raises(PeriodOpenError):
        await scenario.hand_in(OFFICER, running, IN_TIME)


async def test_new_complaint_is_shown_before_submission(scenario: ReportScenario):
    await scenario.fill(OFFICER, MINE)
    await scenario.add(complaint(REGION, JULY))
    with pytest.raises(FiguresMovedError):
        await scenario.handing_in(OFFICER, MINE, IN_TIME)
    shown = await scenario.context.reports.draft(MINE)
    assert shown is not None
    assert shown.filled.values[at("15")] == "1"  # stored in spite of the error
    here = await scenario.fill(OFFICER, MINE)
    assert here.report.filled.values[at("15")] == "1"
    assert (await scenario.hand_in(OFFICER, MINE, IN_TIME)).state is ReportState.HANDED_IN


async def test_faulty_values_are_stored_with_their_faults(scenario: ReportScenario):
    here = await scenario.open(OFFICER, MINE)
    typed = here.report.filled.with_values({at("19"): "3.5", at("20"): "40"})
    taken = await TakeSheet(scenario.context)(
        OFFICER, MINE, parsed(write_form(on_sheet(typed, figures=here.report.figures)))
    )
    assert "cell_not_whole" in [one.code for one in taken.faults]
    assert all(one.cell for one in taken.faults)
    again = await scenario.open(OFFICER, MINE)
    assert [again.report.filled.values[at(row)] for row in ("19", "20")] == ["3.5", "40"]


async def test_invalid_file_changes_nothing(scenario: ReportScenario):
    before = await scenario.fill(OFFICER, MINE)
    taken = await TakeSheet(scenario.context)(OFFICER, MINE, parsed(b"nothing"))
    assert [one.code for one in taken.findings] == ["file_no_sheet"]
    assert (await scenario.open(OFFICER, MINE)).report.filled == before.report.filled


async def test_filled_cells_update_the_sums(scenario: ReportScenario):
    await scenario.fill(OFFICER, MINE)
    fill = FillCells(scenario.context)
    here = await fill(OFFICER, MINE, {at("1.1"): "2", at("1.2", "m2"): "3"})
    values = here.report.filled.values
    assert [values[at("1", column)] for column in ("m1", "m2", "m3", "q")] == ["2", "3", "-", "5"]
    assert here.faults == ()


async def test_dash_fills_all_the_rest_and_leaves_what_is_typed(scenario: ReportScenario):
    await FillCells(scenario.context)(OFFICER, MINE, {at("19"): "12", at("20"): "-"})
    here = await scenario.open(OFFICER, MINE)
    empty = len([one for one in here.faults if one.code == "cell_empty"])
    assert await FillRest(scenario.context)(OFFICER, MINE) == empty
    here = await scenario.open(OFFICER, MINE)
    assert here.faults == ()
    assert [here.report.filled.values[at(row, "q")] for row in ("19", "20", "21")] == ["12", "-", "-"]
    await scenario.hand_in(OFFICER, MINE, IN_TIME)
    with pytest.raises(AlreadyHandedInError):
        await FillRest(scenario.context)(OFFICER, MINE)


@pytest.mark.parametrize(
    ("place", "text", "error"),
    [
        (at("15"), "7", CellUnknownError),  # computed
        (at("1"), "7", CellUnknownError),  # a sum
        (at("19", "q"), "7", CellUnknownError),
        (at("99"), "7", CellUnknownError),
        (at("19", "m9"), "7", CellUnknownError),
        (at("11.1", "m1n", 7), "7", CellUnknownError),  # no such line
        (at("19", "m1", -1), "7", CellUnknownError),
        (at("19"), "a few", CellValueError),
        (at("19"), "-1", CellValueError),
    ],
)
async def test_forged_cell_is_rejected(
    scenario: ReportScenario, place: CellRef, text: str, error: type[DomainError]
):
    with pytest.raises(error):
        await FillCells(scenario.context)(OFFICER, MINE, {place: text})


async def test_form_is_restricted_to_its_organisation(scenario: ReportScenario):
    for by in (STRANGER, OF_SEMEY, INSPECTOR):
        with pytest.raises(NotAllowedError):
            await scenario.open(by, MINE)
        with pytest.raises(NotAllowedError):
            await scenario.hand_in(by, MINE, IN_TIME)
    with pytest.raises(NotAllowedError):
        await scenario.files.sum(OF_SEMEY, MINE)


@pytest.mark.parametrize(
    ("form", "code", "period", "error"),
    [
        ("1-mq", REGION, "2026Q3", FormUnknownError),  # a region owes 2-мқ
        ("9-mq", REGION, "2026Q3", FormUnknownError),
        ("2-mq", REGION, "2026", ReportPeriodError),
        ("2-mq", REGION, "2026Q5", ReportPeriodError),
        ("2-mq", REGION, "2027Q1", ReportPeriodError),  # not begun
        ("2-mq", "nowhere", "2026Q3", GoneError),
    ],
)
async def test_form_that_is_not_due_cannot_be_opened(
    scenario: ReportScenario, form: str, code: str, period: str, error: type[DomainError]
):
    with pytest.raises(error):
        await scenario.open(None, subject_of(code, form, period))


async def test_submitted_form_cannot_be_changed_or_resubmitted(scenario: ReportScenario):
    await scenario.filed(OFFICER, REGION)
    with pytest.raises(AlreadyHandedInError):
        await FillCells(scenario.context)(OFFICER, MINE, {at("19"): "1"})
    with pytest.raises(AlreadyHandedInError):
        await scenario.hand_in(HEAD, MINE, IN_TIME)


async def test_form_without_complaints_holds_dashes(scenario: ReportScenario):
    here = await scenario.open(OFFICER, MINE)
    computed = {row.number for row in here.form.rows if row.counts is not None}
    values = [text for place, text in here.report.filled.values.items() if place.row in computed]
    assert set(values) == {"-"}
    assert here.report.filled == FilledForm.of_document(
        here.report.filled.document(), "2-mq", REGION, "2026Q3"
    )
