"""Open, fill, hand in, correct and sum up reports; storage on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.errors import GoneError, NotAllowedError
from kernel.errors import DomainError
from reminders.errors import FilingDayError
from reminders.store import FilingStore
from reports.actions import FillCells, OpenedReport, TakeSheet
from reports.correcting import AskReportCorrection, DecideCorrection, differences
from reports.derived import completed
from reports.errors import (
    AlreadyHandedInError,
    CellUnknownError,
    CellValueError,
    CorrectionEarlyError,
    FiguresMovedError,
    FormUnknownError,
    MaterialsMissingError,
    NothingToCorrectError,
    PeriodOpenError,
    ReportFaultyError,
    ReportPeriodError,
)
from reports.filled import CellRef, FilledForm
from reports.sheet.writer import write_form
from reports.store import ReportState, ReportVersion
from tests.reports.forms import subject as on_sheet
from tests.reports.scenario import (
    AYAGOZ,
    HEAD,
    INSPECTOR,
    OF_AYAGOZ,
    OF_SEMEY,
    OFFICER,
    REGION,
    SEMEY,
    STRANGER,
    ReportScenario,
    complaint,
    sheet_of,
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
        await scenario.hand_in(OFFICER, MINE, IN_TIME)
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
        OFFICER, MINE, write_form(on_sheet(typed, figures=here.report.figures))
    )
    assert "cell_not_whole" in [one.code for one in taken.faults]
    assert all(one.cell for one in taken.faults)
    again = await scenario.open(OFFICER, MINE)
    assert [again.report.filled.values[at(row)] for row in ("19", "20")] == ["3.5", "40"]


async def test_invalid_file_changes_nothing(scenario: ReportScenario):
    before = await scenario.fill(OFFICER, MINE)
    taken = await TakeSheet(scenario.context)(OFFICER, MINE, b"nothing")
    assert [one.code for one in taken.findings] == ["file_no_sheet"]
    assert (await scenario.open(OFFICER, MINE)).report.filled == before.report.filled


async def test_filled_cells_update_the_sums(scenario: ReportScenario):
    await scenario.fill(OFFICER, MINE)
    fill = FillCells(scenario.context)
    here = await fill(OFFICER, MINE, {at("1.1"): "2", at("1.2", "m2"): "3"})
    values = here.report.filled.values
    assert [values[at("1", column)] for column in ("m1", "m2", "m3", "q")] == ["2", "3", "-", "5"]
    assert here.faults == ()


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


async def corrected(scenario: ReportScenario, value: str = "8") -> bytes:
    """The sheet of the report handed in, with another number of explanatory events in July."""
    here = await scenario.open(OFFICER, MINE)
    cells = {place: text for place, text in here.report.filled.values.items() if place.row != "19"}
    filled = replace(here.report.filled, values={**cells, at("19"): value})
    return sheet_of(here, "-", completed(here.form, filled))


async def test_correction_is_a_new_version_with_differences(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    await scenario.filed(OFFICER, REGION)
    asked = await AskReportCorrection(scenario.context)(
        OFFICER, MINE, await corrected(scenario), "Бұйрық № 5"
    )
    assert isinstance(asked, ReportVersion)
    assert (asked.version, asked.corrects, asked.materials) == (2, 1, "Бұйрық № 5")
    here = await scenario.open(OFFICER, MINE)
    assert here.report.version == 1  # in force until the Agency decides
    changes = list(differences(here.form, here.report.filled, asked.filled))
    assert [(one.place, one.was, one.becomes) for one in changes] == [
        (at("19"), "-", "8"),
        (at("19", "q"), "-", "8"),
    ]
    with pytest.raises(CorrectionEarlyError):
        await DecideCorrection(scenario.context)(INSPECTOR, asked.number, accept=True)
    scenario.clock.advance(timedelta(days=100))
    with pytest.raises(NotAllowedError):
        await DecideCorrection(scenario.context)(OFFICER, asked.number, accept=True)
    done = await DecideCorrection(scenario.context)(INSPECTOR, asked.number, accept=True)
    assert (done.state, done.version) == (ReportState.HANDED_IN, 2)
    versions = await scenario.context.reports.versions(MINE)
    assert [(one.version, one.state) for one in versions] == [
        (2, ReportState.HANDED_IN),
        (1, ReportState.HANDED_IN),
    ]
    with pytest.raises(GoneError):
        await DecideCorrection(scenario.context)(INSPECTOR, asked.number, accept=False)


async def test_refused_correction_changes_nothing(scenario: ReportScenario):
    await scenario.filed(OFFICER, REGION)
    asked = await AskReportCorrection(scenario.context)(OFFICER, MINE, await corrected(scenario), "Хаттама")
    assert isinstance(asked, ReportVersion)
    await DecideCorrection(scenario.context)(INSPECTOR, asked.number, accept=False)
    assert (await scenario.open(OFFICER, MINE)).report.version == 1


async def test_correction_needs_materials_changes_and_no_faults(scenario: ReportScenario):
    await scenario.filed(OFFICER, REGION)
    ask, content = AskReportCorrection(scenario.context), await corrected(scenario)
    with pytest.raises(MaterialsMissingError):
        await ask(OFFICER, MINE, content, "  ")
    with pytest.raises(NothingToCorrectError):
        await ask(OFFICER, MINE, await corrected(scenario, "-"), "Бұйрық")
    faulty = await ask(OFFICER, MINE, await corrected(scenario, "3.5"), "Бұйрық")
    assert isinstance(faulty, OpenedReport)
    assert [(one.code, one.place) for one in faulty.findings] == [("cell_not_whole", at("19"))]
    assert faulty.findings[0].cell
    nothing = await ask(OFFICER, MINE, b"no sheet", "Бұйрық")
    assert isinstance(nothing, OpenedReport)
    assert [one.code for one in nothing.findings] == ["file_no_sheet"]
    assert await scenario.context.reports.asked() == []


async def test_summary_names_missing_organisations(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    await scenario.add(complaint(SEMEY, JULY), complaint(AYAGOZ, JULY, service="apostille"))
    await scenario.filed(OF_SEMEY, SEMEY, "1")
    found = await scenario.files.sum(HEAD, MINE)
    assert (found.is_whole, found.counted, found.missing) == (False, (SEMEY,), (REGION, AYAGOZ))
    await scenario.filed(OF_AYAGOZ, AYAGOZ, "2")
    await scenario.filed(OFFICER, REGION, "4")
    found = await scenario.files.sum(HEAD, MINE)
    assert (found.is_whole, found.missing) == (True, ())
    assert found.filled.values[at("19", "q")] == str(3 + 6 + 12)
    assert found.filled.values[at("15")] == "2"
    assert [one.service for one in found.filled.lines_of("15.1")] == ["apostille", "birth-registration"]
    assert found.filled.values[at("10")] == "4"  # a stock is the region's own, not the sum


async def test_summary_sheet_says_whether_it_is_complete(scenario: ReportScenario):
    from io import BytesIO  # noqa: PLC0415

    from openpyxl import load_workbook  # noqa: PLC0415

    from kernel.language import Language  # noqa: PLC0415

    await scenario.filed(OF_SEMEY, SEMEY)
    file = await scenario.files.sum_sheet(HEAD, MINE, Language.RU)
    texts = [str(cell.value) for cell in load_workbook(BytesIO(file.content)).worksheets[0]["A"][:4]]
    assert any(text.startswith("Сводка неполная: нет отчётов 2 организаций") for text in texts)


async def test_form_without_complaints_holds_dashes(scenario: ReportScenario):
    here = await scenario.open(OFFICER, MINE)
    computed = {row.number for row in here.form.rows if row.counts is not None}
    values = [text for place, text in here.report.filled.values.items() if place.row in computed]
    assert set(values) == {"-"}
    assert here.report.filled == FilledForm.of_document(
        here.report.filled.document(), "2-mq", REGION, "2026Q3"
    )
