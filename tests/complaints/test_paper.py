"""Complaints on paper: answered under a number, corrected until reported, voided, not deleted."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.errors import NotAllowedError
from accounts.profile.fields import (
    NameInvalidError,
    OrganisationNameInvalidError,
    read_name,
    read_organisation_name,
)
from accounts.roles import Role
from complaints.actions.answering import AnswerComplaint, ComplaintReply
from complaints.actions.paper import CorrectPaper, PaperCorrection, VoidComplaint
from complaints.actions.passing import PassOnComplaint
from complaints.actions.taking import TakeComplaint
from complaints.case import ComplaintCase
from complaints.counted import ComplaintCountQueries
from complaints.decision_errors import (
    NotOnPaperError,
    PaperDayError,
    PaperNeededError,
    PaperNumberError,
    PeriodReportedError,
)
from complaints.errors import IllegalTransitionError, ReceivedDayError
from complaints.facts import Complainant, ComplaintOutcome, ComplaintSource, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.lifecycle import ComplaintState
from complaints.paper import PaperMark, VoidReason
from complaints.queries.inbox import InboxList, InboxQueries
from complaints.staff_drafts.actions import AttachToReply, EntryDrafts
from complaints.staff_drafts.drafts import EntryDraft
from complaints.statistics import Measure, Statistics, StatisticsCell, StatisticsSpan
from complaints.store import AttachmentStore
from complaints.thread import MessageContent
from database.engine import Database
from reminders.plan import DueDates
from reminders.store import FilingStore, NewFiling
from reminders.tables import SUBMITTED, FilingRow
from reports.reported import ReportedQuarters
from tests.complaints.deciding import SCAN
from tests.complaints.scenario import COLLEAGUE, HEAD, MINISTRY, OFFICER, POLICE, STRANGER, ComplaintScenario
from tests.each import each_case

GRANTED = ComplaintReply(outcome=ComplaintOutcome.UPHELD, content=MessageContent(text="Қаралды"))
MARCH = date(2026, 3, 19)


@pytest.fixture
def rollback_database(sqlite_rollback_database: Database) -> Database:
    """SQLite only: these tests are not about SQL."""
    return sqlite_rollback_database


@pytest.fixture
async def police(scenario: ComplaintScenario) -> ComplaintScenario:
    await scenario.connect(POLICE)
    await scenario.staff()
    return scenario


async def entered(scenario: ComplaintScenario) -> ComplaintCase:
    case = await scenario.entered(incoming_number="№ ЖТ-15")
    return await TakeComplaint(scenario.context)(OFFICER, case.id)


def correct(scenario: ComplaintScenario) -> CorrectPaper:
    return CorrectPaper(scenario.context, ReportedQuarters())


def test_names_of_organisations_are_names():
    with each_case() as cases:
        for name in ("«Береке» ЖШС", "№5 мектеп", "Строй-2000", 'ТОО "А & Б"', "ИП Ахметов С.", "1С:Сервис"):
            with cases.case(name):
                assert read_organisation_name(f"  {name} ") == name
        for wrong in ("", "12345", "№ 5", "Береке\u202e", "А" * 301):
            with cases.case(wrong), pytest.raises(OrganisationNameInvalidError):
                read_organisation_name(wrong)
    with pytest.raises(NameInvalidError):
        read_name("Строй-2000")


async def test_answer_is_given_on_the_day_of_the_paper(police: ComplaintScenario):
    case = await entered(police)
    assert case.incoming_number == "ЖТ-15"
    police.at(date(2026, 4, 2))  # noted after the term, given within it
    answer = AnswerComplaint(police.context)
    with each_case() as cases:
        for mark, error in (
            (None, PaperNeededError),
            (PaperMark(number="7", on=date(2026, 3, 18)), PaperDayError),
            (PaperMark(number="7", on=date(2026, 4, 3)), PaperDayError),
            (PaperMark(number=" ", on=MARCH), PaperNumberError),
            (PaperMark(number="7" * 41, on=MARCH), PaperNumberError),
        ):
            with cases.case(mark), pytest.raises(error):
                await answer(OFFICER, case.id, replace(GRANTED, mark=mark))
    before = await police.notices()
    mark = PaperMark(number="№ 12-3/45", on=date(2026, 3, 31))
    answered = await answer(OFFICER, case.id, replace(GRANTED, mark=mark))
    assert (answered.answered_on, answered.outgoing_number) == (date(2026, 3, 31), "12-3/45")
    assert await police.notices() == before  # nobody is told that it was sent to anybody
    assert await figures(police, Measure.LATE) == 0


async def test_entry_is_corrected_with_a_trail(police: ComplaintScenario):
    case = await entered(police)
    changes = PaperCorrection(
        source=ComplaintSource.AKIM, received_on=date(2026, 3, 17), incoming_number="ЖТ-16"
    )
    corrected = await correct(police)(OFFICER, case.id, changes)
    assert (corrected.source, corrected.incoming_number, corrected.registered_on, corrected.due_on) == (
        ComplaintSource.AKIM,
        "ЖТ-16",
        date(2026, 3, 17),
        date(2026, 3, 27),
    )
    assert corrected.due_version == case.due_version + 1
    what = dict((await police.audit_log(case))[-1].what)
    assert len(str(what.pop("incoming"))) == 64  # a digest
    assert what == {"source": "akim", "received_on": "2026-03-17", "due_on": "2026-03-27"}
    with pytest.raises(ReceivedDayError):
        await correct(police)(OFFICER, case.id, PaperCorrection(received_on=date(2026, 3, 20)))


async def test_day_of_the_answer_is_corrected(police: ComplaintScenario):
    case = await entered(police)
    mark = PaperMark(number="1", on=MARCH)
    await AnswerComplaint(police.context)(OFFICER, case.id, replace(GRANTED, mark=mark))
    police.at(date(2026, 4, 3))
    late = PaperCorrection(answered_on=date(2026, 4, 2), outgoing_number="2")
    corrected = await correct(police)(OFFICER, case.id, late)
    assert (corrected.answered_on, corrected.outgoing_number) == (date(2026, 4, 2), "2")
    assert await figures(police, Measure.LATE) == 1
    for wrong in (
        PaperCorrection(answered_on=date(2026, 3, 18)),
        PaperCorrection(answered_on=date(2026, 4, 4)),
        PaperCorrection(received_on=date(2026, 4, 3)),
    ):
        with pytest.raises(PaperDayError):
            await correct(police)(OFFICER, case.id, wrong)


async def reported(scenario: ComplaintScenario, quarter: str, organisation: str, state: str) -> None:
    dates = DueDates(named_on=MARCH, lead_on=MARCH, late_after=MARCH)
    new = NewFiling(
        organisation=organisation,
        obligation="form.1-mq",
        occasion=quarter,
        dates=dates,
        remind_at=scenario.clock.now(),
    )
    row = await scenario.session.get(FilingRow, await FilingStore(scenario.session).add(new))
    assert row is not None
    row.state = state
    await scenario.session.flush()


async def test_nothing_is_corrected_once_the_quarter_is_reported(police: ComplaintScenario):
    case = await entered(police)
    await reported(police, "2026Q1", POLICE, "open")
    await reported(police, "2025Q4", POLICE, SUBMITTED)
    change = PaperCorrection(source=ComplaintSource.AKIM)
    await correct(police)(OFFICER, case.id, change)
    with pytest.raises(PeriodReportedError):  # it would enter a quarter that is reported
        await correct(police)(OFFICER, case.id, PaperCorrection(received_on=date(2025, 12, 30)))
    await reported(police, "2026Q1", MINISTRY, SUBMITTED)  # the body above counts it too
    with pytest.raises(PeriodReportedError):
        await correct(police)(OFFICER, case.id, change)


async def test_only_an_entry_is_corrected_or_voided(police: ComplaintScenario):
    case = await police.taken()
    with pytest.raises(NotOnPaperError):
        await correct(police)(OFFICER, case.id, PaperCorrection(source=ComplaintSource.AKIM))
    with pytest.raises(NotOnPaperError):
        await VoidComplaint(police.context)(HEAD, case.id, VoidReason.TWICE)


async def test_voided_entry_counts_nowhere_and_is_listed_apart(police: ComplaintScenario):
    case = await entered(police)
    await AnswerComplaint(police.context)(
        OFFICER, case.id, replace(GRANTED, restored=True, how="x", mark=PaperMark(number="1", on=MARCH))
    )
    measures = (Measure.RECEIVED, Measure.RESTORED)
    assert [await figures(police, one) for one in measures] == [1, 1]
    await police.add_membership(STRANGER, Role.INSPECTOR)
    for other in (COLLEAGUE, STRANGER):
        with pytest.raises(NotAllowedError):
            await VoidComplaint(police.context)(other, case.id, VoidReason.TWICE)
    police.at(date(2026, 3, 20))
    voided = await VoidComplaint(police.context)(OFFICER, case.id, VoidReason.TWICE)
    assert (voided.state, voided.void_reason) == (ComplaintState.VOIDED, VoidReason.TWICE)
    assert [await figures(police, one) for one in measures] == [0, 0]
    then = replace(span(police), as_of=case.registered_at)
    assert (await Statistics(police.session).figures(then)).received() == 1  # as the form said then
    assert await ComplaintCountQueries(police.session).number_of_cases(span(police)) == 0
    inbox = InboxQueries(police.context)
    listed = {one: len((await inbox.page(OFFICER, POLICE, one)).cases) for one in InboxList}
    assert {one for one, count in listed.items() if count} == {InboxList.VOIDED}
    assert (await police.audit_log(case))[-1].what == {"reason": "twice"}
    with pytest.raises(IllegalTransitionError):
        await VoidComplaint(police.context)(OFFICER, case.id, VoidReason.TWICE)


async def test_open_entry_is_voided_and_its_holder_told(police: ComplaintScenario):
    case = await entered(police)
    await VoidComplaint(police.context)(HEAD, case.id, VoidReason.NOT_COMPLAINT)
    assert (await police.notices())[-1] == ("voided", OFFICER)
    assert (await police.again(case)).closed_at is not None


async def test_passed_on_entry_is_not_voided(police: ComplaintScenario):
    case = await entered(police)
    await PassOnComplaint(police.context)(OFFICER, case.id, "ministry-health", MessageContent(text="x"))
    with pytest.raises(IllegalTransitionError):
        await VoidComplaint(police.context)(OFFICER, case.id, VoidReason.TWICE)


async def test_scans_come_with_the_entry(police: ComplaintScenario):
    drafts = EntryDrafts(police.context)
    whole = EntryDraft(
        source=ComplaintSource.LEGAL_ENTITIES, received_on=MARCH, delivery=ServiceDelivery.OFFICE,
        service_known=True, kind=ComplaintKind.OTHER, name="«Береке» ЖШС", complainant=Complainant.LEGAL,
    )  # fmt: skip
    assert await drafts.scans(OFFICER, POLICE) is None
    await drafts.change(OFFICER, POLICE, lambda _: whole)
    stored = await drafts.scans(OFFICER, POLICE)
    assert stored is not None
    await AttachToReply(police.context)(stored.id, SCAN)
    case = await drafts.send(OFFICER, POLICE)
    [scan] = await AttachmentStore(police.session).of_complaints([case.id])
    assert (scan.complaint, scan.message, scan.desk_draft, scan.erase_asked_at) == (case.id, None, None, None)
    row = await police.context.complaints.get(case.id)
    assert (await police.context.keys.content(row)).name == "«Береке» ЖШС"


def span(scenario: ComplaintScenario) -> StatisticsSpan:
    return StatisticsSpan(
        organisations=frozenset({POLICE}),
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        as_of=scenario.clock.now(),
    )


async def figures(scenario: ComplaintScenario, measure: Measure) -> int:
    return len(await Statistics(scenario.session).ids(span(scenario), StatisticsCell(measure=measure)))
