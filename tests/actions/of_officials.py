"""One success of each action on filings, reports, people, switches and the editor's queue."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.actions import ChooseLanguage, NoteSwitchOffer
from accounts.officials.connecting import Connect, Disconnect
from accounts.officials.editors import CheckEditor
from accounts.officials.joining import DecideJoin, DeclineInvitation, IntroduceOneself, Invite, OpenInvitation
from accounts.officials.leaving import CancelLeave, Revoke, TakeLeave
from accounts.profile.actions import ForgetMe, ForgetValue, GiveConsent, StoreValue
from accounts.profile.fields import Field
from accounts.roles import Role
from accounts.switches.actions import TurnSwitch
from accounts.switches.switch import SwitchedJob
from kernel.language import Language
from knowledge.journal.actions import GiveVerdict, RecordQuestion, RefuseOffer
from knowledge.journal.editor_queue import FinishOldWording, FinishQuestion, FinishWrongFact, ReadEditorQueue
from knowledge.journal.entries import AnswerOutcome, Verdict
from knowledge.journal.queries import JournalQueries
from registry_data.store import CardRepository
from reminders.actions import AskFilingCorrection as PlanCorrection
from reminders.actions import AskWaiver, DecideWaiver, ReopenFiling, SnoozeReminder, SubmitFiling
from reminders.chain import EventKind
from reminders.event_store import EventStore
from reminders.events import AddEvent, CloseEvent, NewEvent, RecordEventFact
from reminders.feed_addresses import FeedAddressStore, RenewFeedAddress
from reminders.filing import SubmittedDocument
from reminders.plan import DueDates
from reminders.settings import SetReminderSchedule, SwitchObligation
from reminders.store import NewFiling
from reports.actions import FillCells, HandInReport, OpenReport, TakeSheet
from reports.correcting import AskReportCorrection, DecideCorrection
from reports.derived import completed
from reports.filled import CellRef
from reports.store import ReportVersion
from tests.actions.world import World, trial
from tests.complaints.scenario import AKIMAT, COLLEAGUE, HEAD, OFFICER, STRANGER
from tests.reminders.scenario import OBLIGATIONS
from tests.reports.scenario import AGENCY, QUARTER, sheet_of, subject_of
from tests.switches.switching import turning

PERSON, EDITOR, INSPECTOR, ADMINISTRATOR = 100, 21, 22, 23
AFTER = datetime(2026, 10, 2, 6, 0, tzinfo=UTC)
IN_TIME = date(2026, 10, 2)
NUMBERED = SubmittedDocument(number="12-3/45")
MINE = subject_of(AKIMAT)
CELL = CellRef(row="19", line=0, column="m1")
EVENT = NewEvent(
    organisation=AKIMAT,
    kind=EventKind.CONTROL,
    object="Департамент",
    starts_on=date(2026, 11, 30),
    ends_on=date(2026, 12, 11),
)


async def owing(world: World) -> int:
    """After the quarter the akimat owes its report; returns the filing's number."""
    await world.staff()
    world.clock.instant = AFTER
    day = date(2026, 10, 10)
    dates = DueDates(named_on=day, lead_on=date(2026, 10, 9), late_after=day)
    new = NewFiling(
        organisation=AKIMAT, obligation="form.2-mq", occasion=QUARTER, dates=dates, remind_at=AFTER
    )
    number = await world.filings.filings.add(new)
    assert number is not None
    return number


async def waiver_asked(world: World) -> int:
    number = await owing(world)
    await AskWaiver(world.filings)(OFFICER, number, "бізге қатысы жоқ")
    return number


async def submitted(world: World) -> int:
    number = await owing(world)
    await SubmitFiling(world.filings)(OFFICER, number, IN_TIME, NUMBERED)
    return number


async def event_added(world: World) -> int:
    await world.staff()
    world.clock.instant = AFTER
    return (await AddEvent(world.filings, EventStore(world.unit.session))(OFFICER, EVENT)).number


async def agency(world: World) -> None:
    await world.scenario.add_membership(INSPECTOR, Role.INSPECTOR, AGENCY)
    await world.scenario.add_membership(EDITOR, Role.EDITOR, AGENCY)
    await world.scenario.add_membership(ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)


async def filled(world: World) -> int:
    """A report ready to submit; returns the filing's number."""
    number = await owing(world)
    await TakeSheet(world.reports)(OFFICER, MINE, await sheet(world, "-"))
    return number


async def sheet(world: World, value: str) -> bytes:
    return sheet_of(await OpenReport(world.reports)(OFFICER, MINE), value)


async def owing_sheet(world: World) -> bytes:
    await owing(world)
    return await sheet(world, "-")


async def unconnected(world: World) -> None:
    await world.scenario.add_membership(HEAD, Role.HEAD, AKIMAT)


async def corrected(world: World) -> bytes:
    """A sheet that differs from the submitted one."""
    await filled(world)
    await hand_in(world)
    here = await OpenReport(world.reports)(OFFICER, MINE)
    cells = {place: text for place, text in here.report.filled.values.items() if place.row != "19"}
    changed = replace(here.report.filled, values={**cells, CELL: "8"})
    return sheet_of(here, "-", completed(here.form, changed))


async def correction_asked(world: World) -> int:
    await agency(world)
    asked = await AskReportCorrection(world.reports)(OFFICER, MINE, await corrected(world), "Бұйрық № 5")
    assert isinstance(asked, ReportVersion)
    world.clock.advance(timedelta(days=100))
    return asked.number


async def hand_in(world: World) -> None:
    await HandInReport(world.reports, SubmitFiling(world.filings))(OFFICER, MINE, IN_TIME)


async def invited(world: World) -> Any:
    await world.staff()
    return await world.accounts.invite(HEAD, AKIMAT, Role.OFFICER)


async def opened(world: World) -> int:
    issued = await invited(world)
    await world.accounts.open(STRANGER, issued.token)
    await world.accounts.consent(STRANGER)
    return int(issued.number)


async def introduced(world: World) -> int:
    number = await opened(world)
    await world.accounts.introduce(STRANGER, number, "Серик Ахметов")
    return number


async def on_leave(world: World) -> int:
    await with_colleague(world)
    leave = await world.accounts.take_leave(OFFICER, AKIMAT, COLLEAGUE, "01.04.2026-05.04.2026")
    return leave.number


async def with_colleague(world: World) -> int:
    """The colleague's membership."""
    await world.staff()
    return await world.accounts.membership(COLLEAGUE, Role.OFFICER, AKIMAT)


async def consented(world: World) -> None:
    await world.accounts.consent(PERSON)


async def keeping(world: World) -> None:
    await consented(world)
    await world.accounts.keep(PERSON, Field.NAME, "Айгүл")
    await world.people.keep_language(PERSON, Language.RU, world.clock.now())


async def asked(world: World) -> int:
    await agency(world)
    return await RecordQuestion(world.unit, world.journal, world.clock)("виза", "ru", AnswerOutcome.OFFERED)


async def unanswered(world: World) -> int:
    await agency(world)
    return await RecordQuestion(world.unit, world.journal, world.clock)(
        "виза", "ru", AnswerOutcome.UNANSWERED
    )


async def wrong_fact(world: World) -> int:
    await agency(world)
    await GiveVerdict(world.unit, world.journal, world.clock)("apostille", Verdict.WRONG, "x")
    [found] = await JournalQueries(world.journal).wrong_facts(world.clock.now())
    return found.number


async def old_wording(world: World) -> str:
    await agency(world)
    world.clock.advance(timedelta(days=20 * 365))
    return next(one.slug for one in await CardRepository(world.unit.session).all_cards() if one.version)


def editor(world: World) -> tuple[Any, ...]:
    return world.unit, ReadEditorQueue(CheckEditor(world.accounts.guard), world.journal), world.clock


def events(world: World) -> EventStore:
    return EventStore(world.unit.session)


TRIALS = (
    trial(SubmitFiling, lambda w, n: SubmitFiling(w.filings)(OFFICER, n, IN_TIME, NUMBERED), owing),
    trial(SnoozeReminder, lambda w, n: SnoozeReminder(w.filings)(OFFICER, n, 1), owing),
    trial(AskWaiver, lambda w, n: AskWaiver(w.filings)(HEAD, n, "x y"), owing),
    trial(DecideWaiver, lambda w, n: DecideWaiver(w.filings)(HEAD, n, accept=True), waiver_asked),
    trial(ReopenFiling, lambda w, n: ReopenFiling(w.filings)(HEAD, n), submitted),
    trial(PlanCorrection, lambda w, n: PlanCorrection(w.filings, OBLIGATIONS)(OFFICER, n), submitted),
    trial(
        SetReminderSchedule, lambda w, _: SetReminderSchedule(w.filings)(HEAD, AKIMAT, "10 5 09:00"), owing
    ),
    trial(
        SwitchObligation,
        lambda w, _: SwitchObligation(w.filings, OBLIGATIONS)(
            ADMINISTRATOR, "assessment.standards", is_on=True
        ),
        agency,
    ),
    trial(AddEvent, lambda w, _: AddEvent(w.filings, events(w))(OFFICER, EVENT), World.staff),
    trial(
        RecordEventFact,
        lambda w, n: RecordEventFact(w.filings, events(w))(OFFICER, n, None, date(2027, 1, 10)),
        event_added,
    ),
    trial(CloseEvent, lambda w, n: CloseEvent(w.filings, events(w))(OFFICER, n), event_added),
    trial(
        RenewFeedAddress,
        lambda w, _: RenewFeedAddress(w.filings, FeedAddressStore(w.unit.session))(OFFICER),
        World.staff,
    ),
    trial(OpenReport, lambda w, _: OpenReport(w.reports)(OFFICER, MINE), owing),
    trial(
        TakeSheet,
        lambda w, content: TakeSheet(w.reports)(OFFICER, MINE, content),
        owing_sheet,
    ),
    trial(FillCells, lambda w, _: FillCells(w.reports)(OFFICER, MINE, {CELL: "7"}), owing),
    trial(HandInReport, lambda w, _: hand_in(w), filled),
    trial(
        AskReportCorrection,
        lambda w, content: AskReportCorrection(w.reports)(OFFICER, MINE, content, "Бұйрық № 5"),
        corrected,
    ),
    trial(
        DecideCorrection,
        lambda w, n: DecideCorrection(w.reports)(INSPECTOR, n, accept=True),
        correction_asked,
    ),
    trial(
        ChooseLanguage, lambda w, _: ChooseLanguage(w.unit, w.people, w.clock)(PERSON, Language.EN), keeping
    ),
    trial(NoteSwitchOffer, lambda w, _: NoteSwitchOffer(w.unit, w.people, w.clock)(PERSON), keeping),
    trial(GiveConsent, lambda w, _: w.accounts.consent(PERSON)),
    trial(StoreValue, lambda w, _: w.accounts.keep(PERSON, Field.NAME, "Серик"), keeping),
    trial(ForgetValue, lambda w, _: ForgetValue(w.unit, w.accounts.profiles)(PERSON, Field.NAME), keeping),
    trial(ForgetMe, lambda w, _: ForgetMe(w.unit, w.accounts.profiles, w.people)(PERSON), keeping),
    trial(Invite, lambda w, _: w.accounts.invite(HEAD, AKIMAT, Role.OFFICER), World.staff),
    trial(OpenInvitation, lambda w, issued: w.accounts.open(STRANGER, issued.token), invited),
    trial(IntroduceOneself, lambda w, n: w.accounts.introduce(STRANGER, n, "Серик Ахметов"), opened),
    trial(
        DeclineInvitation,
        lambda w, n: DeclineInvitation(w.unit, w.accounts.invitations, w.clock)(STRANGER, n),
        opened,
    ),
    trial(DecideJoin, lambda w, n: w.accounts.decide(HEAD, n, accept=True), introduced),
    trial(Connect, lambda w, _: w.accounts.connect(HEAD, AKIMAT, "x"), unconnected),
    trial(Disconnect, lambda w, _: w.accounts.disconnect(HEAD, AKIMAT), World.staff),
    trial(Revoke, lambda w, n: w.accounts.revoke(HEAD, n, OFFICER), with_colleague),
    trial(
        TakeLeave,
        lambda w, _: w.accounts.take_leave(OFFICER, AKIMAT, COLLEAGUE, "01.04.2026-05.04.2026"),
        with_colleague,
    ),
    trial(CancelLeave, lambda w, n: w.accounts.cancel_leave(OFFICER, n), on_leave),
    trial(
        TurnSwitch,
        lambda w, _: turning(w.unit, w.clock)(ADMINISTRATOR, SwitchedJob.COMPLAINTS, "Жұмыс", off=True),
        agency,
    ),
    trial(
        RecordQuestion,
        lambda w, _: RecordQuestion(w.unit, w.journal, w.clock)("виза", "ru", AnswerOutcome.UNANSWERED),
    ),
    trial(RefuseOffer, lambda w, n: RefuseOffer(w.unit, w.journal)(n), asked),
    trial(
        GiveVerdict,
        lambda w, _: GiveVerdict(w.unit, w.journal, w.clock)("apostille", Verdict.WRONG, "x"),
    ),
    trial(FinishQuestion, lambda w, n: FinishQuestion(*editor(w))(EDITOR, n), unanswered),
    trial(FinishWrongFact, lambda w, n: FinishWrongFact(*editor(w))(EDITOR, n), wrong_fact),
    trial(FinishOldWording, lambda w, slug: FinishOldWording(*editor(w))(EDITOR, slug), old_wording),
)
