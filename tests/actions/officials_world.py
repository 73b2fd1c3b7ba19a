"""What stands before an official's action: a filing, a form, an invitation, a question."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.officials.editors import CheckEditor
from accounts.officials.store import MembershipStore
from accounts.profile.fields import Field
from accounts.roles import Role
from kernel.language import Language
from kernel.period import Period
from knowledge.journal.actions import GiveVerdict, RecordQuestion
from knowledge.journal.editor_queue import AcceptProposal, ReadEditorQueue
from knowledge.journal.entries import AnswerOutcome, Verdict
from knowledge.journal.queries import JournalQueries
from oversight.contact_centre.actions import AcceptChangeOfAct
from oversight.contact_centre.store import ActNoticeStore
from oversight.control.actions import ControlContext
from oversight.control.entries import ControlEntry, EntryKind
from oversight.control.store import ControlStore
from registry_data.load import load_acts
from registry_data.proposals import Proposal, ProposalStore
from registry_data.store import CardRepository
from reminders.actions import AskWaiver, SubmitFiling
from reminders.chain import EventKind
from reminders.event_store import EventStore
from reminders.events import AddEvent, NewEvent
from reminders.filing import SubmittedDocument
from reminders.plan import DueDates
from reminders.store import NewFiling
from reports.actions import OpenReport, TakeSheet
from reports.correcting import AskReportCorrection
from reports.derived import completed
from reports.figures import FormFigures, OriginCount
from reports.filled import CellRef
from reports.handing_in import HandInReport
from reports.sheet.parsed import ParsedSheet
from reports.store import ReportVersion
from tests.actions.world import World
from tests.complaints.scenario import AKIMAT, COLLEAGUE, HEAD, OFFICER, STRANGER
from tests.reports.forms import parsed
from tests.reports.scenario import AGENCY, QUARTER, sheet_of, subject_of

PERSON, EDITOR, INSPECTOR, ADMINISTRATOR = 100, 21, 22, 23
AFTER = datetime(2026, 10, 2, 6, 0, tzinfo=UTC)
IN_TIME = date(2026, 10, 2)
NUMBERED = SubmittedDocument(number="12-3/45")
MINE = subject_of(AKIMAT)
CELL = CellRef(row="19", line=0, column="m1")
RECORDED_SINCE = Period.of_code("2026Q4")
EVENT = NewEvent(
    organisation=AKIMAT,
    kind=EventKind.CONTROL,
    object="Департамент",
    starts_on=date(2026, 11, 30),
    ends_on=date(2026, 12, 11),
)


async def ticked(world: World) -> None:
    await world.checklists.keep(PERSON, "e:birth", frozenset({"a"}), world.clock.now())


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


async def recommended(world: World) -> int:
    event = await event_added(world)
    day = EVENT.starts_on
    entry = ControlEntry(event=event, kind=EntryKind.RECOMMENDATION, day=day, until=day, text="Train")
    return await ControlStore(world.unit.session).add(entry, OFFICER, world.clock.now())


def control(world: World) -> ControlContext:
    return ControlContext(world.filings, events(world), ControlStore(world.unit.session))


def breach(event: int) -> ControlEntry:
    return ControlEntry(event=event, kind=EntryKind.BREACH, code="3.1", text="A term was missed")


async def agency(world: World) -> None:
    await world.scenario.add_membership(INSPECTOR, Role.INSPECTOR, AGENCY)
    await world.scenario.add_membership(EDITOR, Role.EDITOR, AGENCY)
    await world.scenario.add_membership(ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)


async def filled(world: World) -> int:
    """A report ready to submit; returns the filing's number."""
    number = await owing(world)
    await TakeSheet(world.reports)(OFFICER, MINE, await sheet(world, "-"))
    return number


async def sheet(world: World, value: str) -> ParsedSheet:
    return parsed(sheet_of(await OpenReport(world.reports)(OFFICER, MINE), value))


async def owing_sheet(world: World) -> ParsedSheet:
    await owing(world)
    return await sheet(world, "-")


async def unconnected(world: World) -> None:
    await world.scenario.add_membership(HEAD, Role.HEAD, AKIMAT)


async def corrected(world: World) -> ParsedSheet:
    """A sheet that differs from the submitted one."""
    await filled(world)
    await hand_in(world)
    here = await OpenReport(world.reports)(OFFICER, MINE)
    cells = {place: text for place, text in here.report.filled.values.items() if place.row != "19"}
    changed = replace(here.report.filled, values={**cells, CELL: "8"})
    return parsed(sheet_of(here, "-", completed(here.form, changed)))


async def correction_asked(world: World) -> int:
    await agency(world)
    asked = await AskReportCorrection(world.reports)(OFFICER, MINE, await corrected(world), "Бұйрық № 5")
    assert isinstance(asked, ReportVersion)
    world.clock.advance(timedelta(days=100))
    return asked.number


async def hand_in(world: World) -> None:
    action = HandInReport(world.reports, SubmitFiling(world.filings))
    preview = await action.preview(OFFICER, MINE)
    await action(OFFICER, MINE, IN_TIME, seen=preview.seen)


async def handed_in(world: World) -> int:
    number = await filled(world)
    await hand_in(world)
    return number


async def shown(world: World) -> ReportVersion:
    """A draft whose figures are others than those shown last."""
    await owing(world)
    report = (await OpenReport(world.reports)(OFFICER, MINE)).report
    count = {("15", None, "m1"): OriginCount(bot=1)}
    return replace(report, figures=FormFigures(cells=count))


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


async def proposed(world: World) -> int:
    await agency(world)
    store = ProposalStore(world.unit.session)
    card, *_ = await CardRepository(world.unit.session).all_cards()
    _, digest = await store.standing(card.slug)
    changed = card.model_copy(update={"max_queue_minutes": 99})
    await store.propose(Proposal(card=changed, based_on=digest), world.clock.now())
    [waiting] = await store.waiting()
    return waiting.number


async def proposed_from_act(world: World) -> int:
    """A new wording of the act behind a card, which says another queue."""
    await agency(world)
    store = ProposalStore(world.unit.session)
    card, *_ = [one for one in await CardRepository(world.unit.session).all_cards() if one.act]
    _, digest = await store.standing(card.slug)
    changed = card.model_copy(update={"max_queue_minutes": 99, "version": date(2026, 3, 2)})
    act = next(one for one in load_acts() if one.key == card.act)
    await store.propose(Proposal(card=changed, act=act, based_on=digest), world.clock.now())
    [waiting] = await store.waiting()
    return waiting.number


def accepting_change(world: World) -> AcceptChangeOfAct:
    session = world.unit.session
    return AcceptChangeOfAct(
        world.unit,
        AcceptProposal(*editor(world)),
        ActNoticeStore(session),
        EventStore(session),
        MembershipStore(session),
        world.calendar,
        world.clock,
    )


def editor(world: World) -> tuple[Any, ...]:
    return world.unit, ReadEditorQueue(CheckEditor(world.accounts.guard), world.journal), world.clock


def events(world: World) -> EventStore:
    return EventStore(world.unit.session)
