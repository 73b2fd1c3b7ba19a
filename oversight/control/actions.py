"""What officials enter about control events. Each action checks permissions again."""

from dataclasses import dataclass, replace
from datetime import date

from accounts.errors import GoneError
from accounts.permissions import Action
from database.engine import UnitOfWork, atomic
from kernel.period import Frequency, Period, period_of
from oversight.control.entries import (
    ControlDetails,
    ControlEntry,
    ControlQuestion,
    EntryKind,
    check_done,
    check_entry,
    is_plain,
)
from oversight.control.errors import EntryFaultError, NoSuchQuarterError
from oversight.control.store import ControlStore
from reminders.actions import FilingContext
from reminders.advancing import follow
from reminders.chain import ControlEvent, EventKind
from reminders.event_store import EventStore
from reminders.events import MOST_MEASURES


@dataclass(frozen=True, slots=True)
class ControlContext:
    filings: FilingContext
    events: EventStore
    store: ControlStore

    @property
    def unit(self) -> UnitOfWork:
        return self.filings.unit

    async def event(self, by: int, number: int, action: Action = Action.FILE) -> ControlEvent:
        """A control event. Raises GoneError, NotAllowedError."""
        event = await self.events.get(number, lock=action is not Action.SEE_FILINGS)
        if event is None or event.kind is not EventKind.CONTROL:
            raise GoneError
        await self.filings.guard.check(by, action, event.organisation)
        return event

    async def entry(self, by: int, number: int) -> tuple[ControlEntry, ControlEvent]:
        """An entry that `by` may change, and its event. Raises GoneError, NotAllowedError."""
        entry = await self.store.get(number, lock=True)
        if entry is None:
            raise GoneError
        return entry, await self.event(by, entry.event, right_to(entry.kind))


def right_to(kind: EntryKind) -> Action:
    """The decision is the head's (Order 78 ¶53); whoever files for the body enters the rest."""
    return Action.LEAD_FILINGS if kind is EntryKind.DECISION else Action.FILE


@dataclass(frozen=True, slots=True)
class AddControlEntry:
    context: ControlContext

    @atomic
    async def __call__(self, by: int, entry: ControlEntry) -> ControlEntry:
        """A recommendation's last day becomes a day on which the object reports, too (¶56).

        Raises GoneError, NotAllowedError, EntryFaultError.
        """
        event = await self.context.event(by, entry.event, right_to(entry.kind))
        filings = self.context.filings
        check_entry(entry, event, filings.today)
        now = filings.clock.now()
        number = await self.context.store.add(entry, by, now)
        await self._remind(event, entry)
        return replace(entry, number=number)

    async def _remind(self, event: ControlEvent, entry: ControlEntry) -> None:
        is_new = entry.until is not None and entry.until not in event.measures
        if not is_new or event.is_closed or len(event.measures) >= MOST_MEASURES:
            return
        assert entry.until is not None
        known = replace(event, measures=(*event.measures, entry.until))
        filings = self.context.filings
        await self.context.events.keep_facts(known)
        await follow(filings.unit.session, known, await filings.calendar(), filings.clock.now())


@dataclass(frozen=True, slots=True)
class MarkDone:
    """A recommendation or a measure was done on a day, or was not, and why."""

    context: ControlContext

    @atomic
    async def __call__(self, by: int, number: int, done_on: date | None, why_not: str = "") -> ControlEntry:
        """Raises GoneError, NotAllowedError, EntryFaultError."""
        entry, event = await self.context.entry(by, number)
        check_done(entry, event, done_on, self.context.filings.today)
        if done_on is None and not is_plain(why_not):
            raise EntryFaultError(question=ControlQuestion.TEXT.value)
        why_not = "" if done_on is not None else why_not
        await self.context.store.change(number, done_on=done_on, why_not=why_not, done_by=by)
        return replace(entry, done_on=done_on, why_not=why_not)


@dataclass(frozen=True, slots=True)
class RemoveControlEntry:
    """Entered by mistake: it counts nowhere, and stays in the database, marked."""

    context: ControlContext

    @atomic
    async def __call__(self, by: int, number: int) -> ControlEntry:
        """Raises GoneError, NotAllowedError."""
        entry, _ = await self.context.entry(by, number)
        now = self.context.filings.clock.now()
        await self.context.store.change(number, removed_by=by, removed_at=now)
        return entry


@dataclass(frozen=True, slots=True)
class DescribeControl:
    """Keep what the order on an event says of it."""

    context: ControlContext

    @atomic
    async def __call__(self, by: int, number: int, details: ControlDetails) -> None:
        """Raises GoneError, NotAllowedError, EntryFaultError for words that may not be kept, and for a ground
        of an event in the plan.
        """
        event = await self.context.event(by, number)
        for text in (details.questions, details.executors):
            if text and not is_plain(text):
                raise EntryFaultError(question=ControlQuestion.TEXT.value)
        if event.planned and details.ground is not None:
            raise EntryFaultError(question=ControlQuestion.CODE.value)
        await self.context.store.put_details(number, details, by, self.context.filings.clock.now())


@dataclass(frozen=True, slots=True)
class RecordInForms:
    """From a quarter on, count rows 1 to 9.2 of the body's 1-мқ or 2-мқ from its control events."""

    context: ControlContext

    @atomic
    async def __call__(self, by: int, organisation: str, since: Period | None) -> None:
        """None: they are typed by hand again; what was counted stays in the drafts.

        Raises GoneError, NotAllowedError, NoSuchQuarterError.
        """
        filings = self.context.filings
        await filings.guard.check(by, Action.LEAD_FILINGS, organisation)
        if since is not None and since not in quarters_around(filings.today):
            raise NoSuchQuarterError
        first = None if since is None else since.first
        await self.context.store.record_since(organisation, first, by, filings.clock.now())


def quarters_around(day: date) -> tuple[Period, ...]:
    """The quarter before, the running one, and the next."""
    running = period_of(Frequency.QUARTER, day)
    return running.previous(), running, running.next()
