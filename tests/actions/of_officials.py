"""One success of each action on filings, reports, people, switches and the editor's lists."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.actions import ChooseLanguage, NoteSwitchOffer
from accounts.kept.actions import ForgetMe, ForgetValue, GiveConsent, KeepValue
from accounts.kept.fields import Field
from accounts.officials.connecting import Connect, Disconnect
from accounts.officials.editors import CheckEditor
from accounts.officials.joining import DecideJoin, DeclineInvitation, IntroduceOneself, Invite, OpenInvitation
from accounts.officials.leaving import CancelLeave, Revoke, TakeLeave
from accounts.roles import Role
from accounts.switches.actions import TurnSwitch
from accounts.switches.switch import SwitchedJob
from knowledge.journal.actions import GiveVerdict, KeepQuestion, RefuseOffer
from knowledge.journal.editing import FinishOldWording, FinishQuestion, FinishWrongFact, ReadDesk
from knowledge.journal.entries import Outcome, Verdict
from knowledge.journal.queries import JournalQueries
from registry_data.schema import Language
from registry_data.store import CardStore
from reminders.actions import AskCorrection as PlanCorrection
from reminders.actions import AskWaiver, DecideWaiver, Reopen, Snooze, Submit
from reminders.addresses import AddressStore, NewAddress
from reminders.chain import EventKind
from reminders.event_store import EventStore
from reminders.events import AddEvent, CloseEvent, Learn, NewEvent
from reminders.filing import Document
from reminders.plan import DueDates
from reminders.settings import SetLadder, SwitchObligation
from reminders.store import NewFiling
from reports.actions import FillCells, HandIn, OpenReport, TakeSheet
from reports.correcting import AskCorrection, DecideCorrection
from reports.derived import completed
from reports.filled import Place
from reports.store import Report
from tests.actions.world import World, trial
from tests.complaints.hall import AKIMAT, COLLEAGUE, HEAD, OFFICER, STRANGER
from tests.reminders.office import OBLIGATIONS
from tests.reports.bureau import AGENCY, QUARTER, sheet_of, subject_of
from tests.switches.turning import turning

PERSON, EDITOR, INSPECTOR, ADMINISTRATOR = 100, 21, 22, 23
AFTER = datetime(2026, 10, 2, 6, 0, tzinfo=UTC)
IN_TIME = date(2026, 10, 2)
NUMBERED = Document(number="12-3/45")
MINE = subject_of(AKIMAT)
CELL = Place(row="19", line=0, column="m1")
EVENT = NewEvent(
    organisation=AKIMAT,
    kind=EventKind.CONTROL,
    object="Департамент",
    starts_on=date(2026, 11, 30),
    ends_on=date(2026, 12, 11),
)


async def owing(world: World) -> int:
    """The quarter is over; the akimat owes its report. The filing's number."""
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
    await Submit(world.filings)(OFFICER, number, IN_TIME, NUMBERED)
    return number


async def event_added(world: World) -> int:
    await world.staff()
    world.clock.instant = AFTER
    return (await AddEvent(world.filings, EventStore(world.unit.session))(OFFICER, EVENT)).number


async def agency(world: World) -> None:
    await world.hall.seat(INSPECTOR, Role.INSPECTOR, AGENCY)
    await world.hall.seat(EDITOR, Role.EDITOR, AGENCY)
    await world.hall.seat(ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)


async def filled(world: World) -> int:
    """The report is ready to be handed in; the filing's number."""
    number = await owing(world)
    await TakeSheet(world.reports)(OFFICER, MINE, await sheet(world, "-"))
    return number


async def sheet(world: World, value: str) -> bytes:
    return sheet_of(await OpenReport(world.reports)(OFFICER, MINE), value)


async def owing_sheet(world: World) -> bytes:
    await owing(world)
    return await sheet(world, "-")


async def unconnected(world: World) -> None:
    await world.hall.seat(HEAD, Role.HEAD, AKIMAT)


async def corrected(world: World) -> bytes:
    """Another sheet than the one handed in."""
    await filled(world)
    await hand_in(world)
    here = await OpenReport(world.reports)(OFFICER, MINE)
    cells = {place: text for place, text in here.report.filled.values.items() if place.row != "19"}
    changed = replace(here.report.filled, values={**cells, CELL: "8"})
    return sheet_of(here, "-", completed(here.form, changed))


async def correction_asked(world: World) -> int:
    await agency(world)
    asked = await AskCorrection(world.reports)(OFFICER, MINE, await corrected(world), "Бұйрық № 5")
    assert isinstance(asked, Report)
    world.clock.advance(timedelta(days=100))
    return asked.number


async def hand_in(world: World) -> None:
    await HandIn(world.reports, Submit(world.filings))(OFFICER, MINE, IN_TIME)


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
    return await world.accounts.seat(COLLEAGUE, Role.OFFICER, AKIMAT)


async def consented(world: World) -> None:
    await world.accounts.consent(PERSON)


async def keeping(world: World) -> None:
    await consented(world)
    await world.accounts.keep(PERSON, Field.NAME, "Айгүл")
    await world.people.keep_language(PERSON, Language.RU, world.clock.now())


async def asked(world: World) -> int:
    await agency(world)
    return await KeepQuestion(world.unit, world.clock)("виза", "ru", Outcome.OFFERED)


async def unanswered(world: World) -> int:
    await agency(world)
    return await KeepQuestion(world.unit, world.clock)("виза", "ru", Outcome.UNANSWERED)


async def wrong_fact(world: World) -> int:
    await agency(world)
    await GiveVerdict(world.unit, world.journal, world.clock)("apostille", Verdict.WRONG, "x")
    [found] = await JournalQueries(world.journal).wrong_facts(world.clock.now())
    return found.number


async def old_wording(world: World) -> str:
    await agency(world)
    world.clock.advance(timedelta(days=20 * 365))
    return next(one.slug for one in await CardStore(world.unit.session).all_cards() if one.version)


def editor(world: World) -> tuple[Any, ...]:
    return world.unit, ReadDesk(CheckEditor(world.accounts.guard), world.journal), world.clock


def events(world: World) -> EventStore:
    return EventStore(world.unit.session)


TRIALS = (
    trial(Submit, lambda w, n: Submit(w.filings)(OFFICER, n, IN_TIME, NUMBERED), owing),
    trial(Snooze, lambda w, n: Snooze(w.filings)(OFFICER, n, 1), owing),
    trial(AskWaiver, lambda w, n: AskWaiver(w.filings)(HEAD, n, "x y"), owing),
    trial(DecideWaiver, lambda w, n: DecideWaiver(w.filings)(HEAD, n, accept=True), waiver_asked),
    trial(Reopen, lambda w, n: Reopen(w.filings)(HEAD, n), submitted),
    trial(PlanCorrection, lambda w, n: PlanCorrection(w.filings, OBLIGATIONS)(OFFICER, n), submitted),
    trial(SetLadder, lambda w, _: SetLadder(w.filings)(HEAD, AKIMAT, "10 5 09:00"), owing),
    trial(
        SwitchObligation,
        lambda w, _: SwitchObligation(w.filings, OBLIGATIONS)(
            ADMINISTRATOR, "assessment.standards", is_on=True
        ),
        agency,
    ),
    trial(AddEvent, lambda w, _: AddEvent(w.filings, events(w))(OFFICER, EVENT), World.staff),
    trial(Learn, lambda w, n: Learn(w.filings, events(w))(OFFICER, n, None, date(2027, 1, 10)), event_added),
    trial(CloseEvent, lambda w, n: CloseEvent(w.filings, events(w))(OFFICER, n), event_added),
    trial(
        NewAddress,
        lambda w, _: NewAddress(w.filings, AddressStore(w.unit.session))(OFFICER),
        World.staff,
    ),
    trial(OpenReport, lambda w, _: OpenReport(w.reports)(OFFICER, MINE), owing),
    trial(
        TakeSheet,
        lambda w, content: TakeSheet(w.reports)(OFFICER, MINE, content),
        owing_sheet,
    ),
    trial(FillCells, lambda w, _: FillCells(w.reports)(OFFICER, MINE, {CELL: "7"}), owing),
    trial(HandIn, lambda w, _: hand_in(w), filled),
    trial(
        AskCorrection,
        lambda w, content: AskCorrection(w.reports)(OFFICER, MINE, content, "Бұйрық № 5"),
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
    trial(KeepValue, lambda w, _: w.accounts.keep(PERSON, Field.NAME, "Серик"), keeping),
    trial(ForgetValue, lambda w, _: ForgetValue(w.unit, w.accounts.kept)(PERSON, Field.NAME), keeping),
    trial(ForgetMe, lambda w, _: ForgetMe(w.unit, w.accounts.kept, w.people)(PERSON), keeping),
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
    trial(KeepQuestion, lambda w, _: KeepQuestion(w.unit, w.clock)("виза", "ru", Outcome.UNANSWERED)),
    trial(RefuseOffer, lambda w, n: RefuseOffer(w.unit, w.journal)(n), asked),
    trial(
        GiveVerdict,
        lambda w, _: GiveVerdict(w.unit, w.journal, w.clock)("apostille", Verdict.WRONG, "x"),
    ),
    trial(FinishQuestion, lambda w, n: FinishQuestion(*editor(w))(EDITOR, n), unanswered),
    trial(FinishWrongFact, lambda w, n: FinishWrongFact(*editor(w))(EDITOR, n), wrong_fact),
    trial(FinishOldWording, lambda w, slug: FinishOldWording(*editor(w))(EDITOR, slug), old_wording),
)
