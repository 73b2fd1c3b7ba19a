"""Hand-in: the day, what has changed since, the reports of those below; reopening."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from accounts.errors import NotAllowedError
from kernel.errors import DomainError
from kernel.language import Language
from reminders.actions import AskFilingCorrection, ReopenFiling, SubmitFiling
from reminders.errors import FarDayError, FilingClosedError, PeriodNotOverError
from reminders.filing import Filing, SubmittedDocument
from reminders.store import FilingStore
from reports.actions import TakeSheet
from reports.checks import Severity
from reports.context import own_obligations
from reports.correcting import AskReportCorrection, DecideCorrection
from reports.errors import (
    CorrectionPendingError,
    FiguresMovedError,
    OtherDayError,
    RefusalPersonalError,
    ReopenCorrectedError,
)
from reports.figures import FigureChange
from reports.reopening import ReopenReport
from reports.store import ReportState, ReportVersion
from tests.each import each_case
from tests.reports.forms import parsed
from tests.reports.scenario import (
    AYAGOZ,
    HEAD,
    INSPECTOR,
    OF_AYAGOZ,
    OF_SEMEY,
    OFFICER,
    REGION,
    SEMEY,
    ReportScenario,
    complaint,
    sheet_of,
    subject_of,
)
from tests.reports.test_actions import AUGUST, IN_TIME, JULY, MINE, at
from tests.reports.test_corrections import corrected

QUARTER_ENDS = date(2026, 9, 30)


def reopening(scenario: ReportScenario) -> ReopenReport:
    return ReopenReport(scenario.context, ReopenFiling(scenario.handing_in.submit.context))


async def filing_of(scenario: ReportScenario, number: int) -> Filing:
    found = await FilingStore(scenario.session).get(number)
    assert found is not None
    return found


async def test_day_before_the_end_of_the_quarter_is_refused(scenario: ReportScenario):
    number = await scenario.owes(REGION, "form.2-mq")
    await scenario.fill(OFFICER, MINE)
    submit = scenario.handing_in.submit
    with each_case() as cases:
        for day in (QUARTER_ENDS, JULY):
            with cases.case(f"report on {day}"), pytest.raises(PeriodNotOverError):
                await scenario.hand_in(HEAD, MINE, day, confirmed=True)
            with cases.case(f"calendar on {day}"), pytest.raises(PeriodNotOverError):
                await submit(HEAD, number, day, SubmittedDocument(number="5"), confirmed=True)
    assert (await filing_of(scenario, number)).is_open


async def test_day_long_past_is_the_heads_to_confirm(scenario: ReportScenario):
    """126 days later it was recorded "in time" by anybody."""
    number = await scenario.owes(REGION, "form.2-mq")
    await scenario.fill(OFFICER, MINE)
    scenario.clock.advance(timedelta(days=126))
    submit, document = scenario.handing_in.submit, SubmittedDocument(number="5")
    with each_case() as cases:
        for by, confirmed in ((OFFICER, False), (OFFICER, True), (HEAD, False)):
            with cases.case(f"{by} {confirmed}"):
                with pytest.raises(FarDayError) as refused:
                    await scenario.hand_in(by, MINE, IN_TIME, confirmed=confirmed)
                assert refused.value.data["day"] == IN_TIME
                assert refused.value.data["today"] == date(2027, 2, 5)
                with pytest.raises(FarDayError):
                    await submit(by, number, IN_TIME, document, confirmed=confirmed)
    done = await scenario.hand_in(HEAD, MINE, IN_TIME, confirmed=True)
    assert done.handed_in_on == IN_TIME
    kept = await filing_of(scenario, number)
    assert (kept.submitted_on, kept.closed_at) == (IN_TIME, scenario.clock.now())


async def test_correction_asked_for_closes_the_calendars_filing_for_it(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    number = await scenario.owes(REGION, "form.2-mq")
    await scenario.filed(OFFICER, REGION)
    plan = AskFilingCorrection(
        scenario.handing_in.submit.context, {one.code: one for one in own_obligations()}
    )
    planned = await plan(OFFICER, number)
    assert planned.is_open
    await AskReportCorrection(scenario.context)(OFFICER, MINE, await corrected(scenario), "Бұйрық № 5")
    closed = await filing_of(scenario, planned.number)
    assert (closed.is_open, closed.submitted_on) == (False, scenario.context.today)


async def test_five_working_days_are_nobodys_confirmation(scenario: ReportScenario):
    await scenario.owes(REGION, "form.2-mq")
    await scenario.fill(OFFICER, MINE)
    scenario.clock.advance(timedelta(days=7))  # Friday, 9 October: five working days after the 2nd
    assert (await scenario.hand_in(OFFICER, MINE, IN_TIME)).handed_in_on == IN_TIME


async def test_calendar_and_report_have_one_day(scenario: ReportScenario):
    number = await scenario.owes(REGION, "form.2-mq")
    await scenario.fill(OFFICER, MINE)
    scenario.clock.advance(timedelta(days=3))
    await scenario.handing_in.submit(OFFICER, number, date(2026, 10, 3), SubmittedDocument(number="5"))
    with pytest.raises(OtherDayError):
        await scenario.hand_in(OFFICER, MINE, date(2026, 10, 5))
    assert await scenario.handing_in.submitted_on(MINE) == date(2026, 10, 3)
    assert (await scenario.hand_in(OFFICER, MINE, date(2026, 10, 3))).state is ReportState.HANDED_IN


async def test_reopened_filing_reopens_its_report(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    number = await scenario.owes(REGION, "form.2-mq")
    await scenario.filed(OFFICER, REGION, "3")
    with pytest.raises(NotAllowedError):
        await reopening(scenario)(OFFICER, number)
    assert (await reopening(scenario)(HEAD, number)).is_open
    here = await scenario.open(OFFICER, MINE)
    assert (here.report.state, here.report.version) == (ReportState.DRAFT, 2)
    assert here.report.filled.values[at("19")] == "3"  # nothing is typed again
    states = [(one.version, one.state) for one in await scenario.context.reports.versions(MINE)]
    assert states == [(2, ReportState.DRAFT), (1, ReportState.REOPENED)]
    assert await scenario.context.reports.handed_in(MINE) is None
    await scenario.hand_in(OFFICER, MINE, IN_TIME)
    assert not (await filing_of(scenario, number)).is_open
    with pytest.raises(FilingClosedError):
        await SubmitFiling(scenario.handing_in.submit.context)(
            OFFICER, number, IN_TIME, SubmittedDocument(number="5")
        )


async def test_report_with_the_agency_is_not_reopened(scenario: ReportScenario):
    number = await scenario.owes(REGION, "form.2-mq")
    await scenario.filed(OFFICER, REGION)
    await AskReportCorrection(scenario.context)(OFFICER, MINE, await corrected(scenario), "Бұйрық № 5")
    with pytest.raises(ReopenCorrectedError):
        await reopening(scenario)(HEAD, number)
    assert not (await filing_of(scenario, number)).is_open


async def test_change_is_shown_however_often_the_form_was_opened(scenario: ReportScenario):
    """Opening the window counted the cells again, and the change was never shown."""
    await scenario.fill(OFFICER, MINE)
    await scenario.add(complaint(REGION, JULY), complaint(REGION, AUGUST))
    for _ in range(2):
        await scenario.open(OFFICER, MINE)
    preview = await scenario.handing_in.preview(OFFICER, MINE)
    of_row = [one for one in preview.changes if one.row == "15"]
    assert of_row == [
        FigureChange(row="15", month="m1", was=0, now=1),
        FigureChange(row="15", month="m2", was=0, now=1),
    ]
    for seen in ("", "other"):
        with pytest.raises(FiguresMovedError):
            await scenario.handing_in(OFFICER, MINE, IN_TIME, seen=seen)
    await scenario.add(complaint(REGION, JULY))  # between the look and the press
    with pytest.raises(FiguresMovedError):
        await scenario.handing_in(OFFICER, MINE, IN_TIME, seen=preview.seen)
    done = await scenario.hand_in(OFFICER, MINE, IN_TIME)
    assert done.filled.values[at("15", "q")] == "3"


async def test_old_sheet_follows_the_complaints_and_says_so(scenario: ReportScenario):
    await scenario.add(complaint(REGION, JULY))
    await scenario.files.sheet(OFFICER, MINE, Language.KK)
    old = await scenario.open(OFFICER, MINE)
    await scenario.add(complaint(REGION, JULY), complaint(REGION, JULY, service="apostille"))
    taken = await TakeSheet(scenario.context)(OFFICER, MINE, parsed(sheet_of(old, "-")))
    notes = [one for one in taken.findings if one.code == "figures_moved"]
    assert {one.severity for one in notes} == {Severity.NOTE}
    assert {(one.place.row, one.data["was"], one.data["now"]) for one in notes if one.place} >= {("15", 1, 3)}
    assert taken.faults == ()
    assert taken.report.filled.values[at("15")] == "3"
    lines = taken.report.filled.lines_of("15.1")
    assert [one.service for one in lines] == ["apostille", "birth-registration"]
    assert (await scenario.handing_in.preview(OFFICER, MINE)).changes == ()  # told already


async def test_number_changed_in_an_old_sheet_is_still_a_fault(scenario: ReportScenario):
    await scenario.files.sheet(OFFICER, MINE, Language.KK)
    old = await scenario.open(OFFICER, MINE)
    await scenario.add(complaint(REGION, JULY))
    forged = old.report.filled.with_values({at("18"): "7", at("18", "q"): "7"})
    taken = await TakeSheet(scenario.context)(OFFICER, MINE, parsed(sheet_of(old, "-", forged)))
    assert {one.place.row for one in taken.faults if one.place} == {"18"}


async def test_computed_line_deleted_from_the_sheet_is_found(scenario: ReportScenario):
    """Also when the figures come from the database."""
    await scenario.add(complaint(REGION, JULY))
    await scenario.open(OFFICER, MINE)
    here = await scenario.open(OFFICER, MINE)
    lines = {row: several for row, several in here.report.filled.lines.items() if row != "15.1"}
    values = {place: text for place, text in here.report.filled.values.items() if not place.line}
    bare = replace(here.report.filled, lines=lines, values=values)
    taken = await TakeSheet(scenario.context)(OFFICER, MINE, parsed(sheet_of(here, "-", bare)))
    assert "computed_line_gone" in [one.code for one in taken.faults]


async def test_region_hands_in_the_sum_with_its_sources(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    await scenario.filed(OF_SEMEY, SEMEY, "1")
    await scenario.fill(OFFICER, MINE, "4")
    with pytest.raises(FiguresMovedError):  # nobody has looked whose reports there are
        await scenario.handing_in(OFFICER, MINE, IN_TIME)
    preview = await scenario.handing_in.preview(OFFICER, MINE)
    assert preview.total is not None
    assert (preview.total.counted, preview.total.missing) == ((SEMEY,), (AYAGOZ,))
    await scenario.filed(OF_AYAGOZ, AYAGOZ, "2")
    with pytest.raises(FiguresMovedError):  # one came in between
        await scenario.handing_in(OFFICER, MINE, IN_TIME, seen=preview.seen)
    done = await scenario.hand_in(OFFICER, MINE, IN_TIME)
    assert done.filled.values[at("19")] == "4"
    assert done.whole.values[at("19")] == str(4 + 1 + 2)
    assert done.sources is not None
    assert [(one.organisation, one.version) for one in done.sources.present] == [(AYAGOZ, 1), (SEMEY, 1)]
    assert done.sources.missing == ()
    book = load_workbook(BytesIO((await scenario.files.sheet(OFFICER, MINE, Language.RU)).content))
    assert book.sheetnames == ["2-мқ", "Собственные данные", "Учтённые отчёты", "Жалобы"]
    assert [cell.value for cell in book.worksheets[2]["A"][2:]] == [f"{AYAGOZ} ru", f"{SEMEY} ru"]


async def test_sum_handed_in_stays_and_names_what_changed(scenario: ReportScenario):
    number = await scenario.owes(SEMEY, "form.2-mq.district")
    await scenario.session.flush()
    await scenario.filed(OF_SEMEY, SEMEY, "1")
    await scenario.filed(OFFICER, REGION, "4")
    await scenario.filed(OF_AYAGOZ, AYAGOZ, "2")
    report = await scenario.context.reports.handed_in(subject_of(SEMEY))
    assert report is not None
    await scenario.context.reports.change(report.number, state=ReportState.REOPENED.value)
    found = await scenario.files.sum(HEAD, MINE)
    assert (found.is_frozen, found.missing) == (True, (AYAGOZ,))
    assert set(found.changed) == {SEMEY, AYAGOZ}
    assert found.filled.values[at("19")] == "5"
    assert number


async def test_file_of_a_sum_is_not_taken_for_the_own_part(scenario: ReportScenario):
    await scenario.filed(OF_SEMEY, SEMEY, "1")
    await scenario.fill(OFFICER, MINE, "4")
    content = (await scenario.files.sum_sheet(HEAD, MINE, Language.RU)).content
    taken = await TakeSheet(scenario.context)(OFFICER, MINE, parsed(content))
    assert [one.code for one in taken.findings] == ["file_not_ours"]


async def test_correction_of_a_sum_keeps_its_sources(scenario: ReportScenario):
    await scenario.filed(OF_SEMEY, SEMEY, "1")
    await scenario.filed(OFFICER, REGION, "4")
    sheet = await corrected(scenario, "8")
    asked = await AskReportCorrection(scenario.context)(OFFICER, MINE, sheet, "Бұйрық № 5")
    assert isinstance(asked, ReportVersion)
    assert asked.filled.values[at("19")] == "8"
    assert asked.whole.values[at("19")] == "9"
    with pytest.raises(CorrectionPendingError):
        await AskReportCorrection(scenario.context)(OFFICER, MINE, sheet, "Бұйрық № 6")


async def test_refusal_needs_a_reason_without_personal_data(scenario: ReportScenario):
    await scenario.filed(OFFICER, REGION)
    asked = await AskReportCorrection(scenario.context)(OFFICER, MINE, await corrected(scenario), "Хаттама")
    assert isinstance(asked, ReportVersion)
    decide = DecideCorrection(scenario.context)
    for reason in ("", "  ", "x" * 501, "жазылған ЖСН 010101200014"):
        with pytest.raises(DomainError) as refused:
            await decide(INSPECTOR, asked.number, accept=False, reason=reason)
        assert isinstance(refused.value, RefusalPersonalError) is ("ЖСН" in reason)
    done = await decide(INSPECTOR, asked.number, accept=False, reason="Материалдар растамайды")
    assert (done.state, done.refusal, done.made_by) == (
        ReportState.REFUSED,
        "Материалдар растамайды",
        OFFICER,
    )
    assert done.decided_at == datetime(2026, 10, 2, 6, 0, tzinfo=UTC)
    again = await AskReportCorrection(scenario.context)(OFFICER, MINE, await corrected(scenario), "Бұйрық")
    assert isinstance(again, ReportVersion)  # refused once, it may be asked again
