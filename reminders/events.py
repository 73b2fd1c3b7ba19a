"""What officials do with control events, inspections, public discussions and the contact centre."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from accounts.errors import GoneError
from accounts.permissions import Action
from database.engine import atomic
from notifications.personal_data import PersonalDataError, reject_personal_data
from reminders.actions import FilingContext
from reminders.advancing import follow
from reminders.chain import ControlEvent, EventFact, EventKind, check_dates, check_extension
from reminders.errors import EventDatesError, EventObjectError, FilingClosedError
from reminders.event_store import EventStore
from reminders.filing import LONGEST_TEXT

MOST_MEASURES = 30  # dates set by one plan of measures
_WITH_AN_END = frozenset({EventKind.CONTROL, EventKind.INSPECTION})
_RECORDED: Mapping[EventKind, frozenset[EventFact | None]] = {  # None: a measure's date
    EventKind.CONTROL: frozenset({EventFact.EXTENDED_TO, EventFact.RECOMMENDED_ON, None}),
    EventKind.INSPECTION: frozenset({EventFact.REPRESENTED_ON}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """`starts_on` is the day the event begins, the draft was published, or the act was approved."""

    organisation: str
    kind: EventKind
    object: str
    starts_on: date
    ends_on: date | None = None
    planned: bool = True


@dataclass(frozen=True, slots=True)
class AddEvent:
    context: FilingContext
    events: EventStore

    @atomic
    async def __call__(self, by: int, new: NewEvent) -> ControlEvent:
        """Raises NotAllowedError, GoneError, EventDatesError, EventObjectError."""
        await self.context.guard.check(by, Action.FILE, new.organisation)
        calendar = await self.context.calendar()
        facts = {EventFact.STARTS_ON: new.starts_on}
        if new.kind in _WITH_AN_END:
            if new.ends_on is None:
                raise EventDatesError(latest="")
            check_dates(new.kind, new.starts_on, new.ends_on, calendar, planned=new.planned)
            facts[EventFact.ENDS_ON] = new.ends_on
        event = ControlEvent(
            number=0,
            organisation=new.organisation,
            kind=new.kind,
            object=_object(new.object),
            planned=new.planned,
            facts=facts,
        )
        now = self.context.clock.now()
        event = replace(event, number=await self.events.add(event, by, now))
        await follow(self.context.unit.session, event, calendar, now)
        return event


@dataclass(frozen=True, slots=True)
class RecordEventFact:
    """Record a day: an extension by order, the receipt of recommendations or a representation, a measure."""

    context: FilingContext
    events: EventStore

    @atomic
    async def __call__(self, by: int, number: int, fact: EventFact | None, day: date) -> ControlEvent:
        """`fact` None: the plan or the letter sets `day` for a measure.

        Raises GoneError, NotAllowedError, EventDatesError, FilingClosedError, FilingDayError.
        """
        event = await self._take(by, number, fact)
        calendar = await self.context.calendar()
        if fact is EventFact.EXTENDED_TO:
            check_extension(event.facts, day, calendar)
        elif not event.facts[EventFact.STARTS_ON] <= day:
            raise EventDatesError(latest="")
        known = _known(event, fact, day)
        await self.events.keep_facts(known)
        await follow(self.context.unit.session, known, calendar, self.context.clock.now())
        return known

    async def _take(self, by: int, number: int, fact: EventFact | None) -> ControlEvent:
        event = await self.events.get(number, lock=True)
        if event is None:
            raise GoneError
        await self.context.guard.check(by, Action.FILE, event.organisation)
        takes = fact in _RECORDED.get(event.kind, frozenset())
        if event.is_closed or not takes or len(event.measures) >= MOST_MEASURES:
            raise FilingClosedError
        return event


@dataclass(frozen=True, slots=True)
class CloseEvent:
    """The event is over or was cancelled: its open filings are no longer owed."""

    context: FilingContext
    events: EventStore

    @atomic
    async def __call__(self, by: int, number: int) -> ControlEvent:
        """Raises GoneError, NotAllowedError, FilingClosedError where it is closed already."""
        event = await self.events.get(number, lock=True)
        if event is None:
            raise GoneError
        await self.context.guard.check(by, Action.FILE, event.organisation)
        if event.is_closed:
            raise FilingClosedError
        now = self.context.clock.now()
        await self.events.close(number, now)
        for filing in await self.context.filings.of_event(number):
            if filing.is_open:
                values = {"state": "waived", "closed_at": now, "closed_by": by, "remind_at": None}
                await self.context.filings.change(filing.number, **values)
                await self.context.write_down(filing, "event_closed", by)
        return replace(event, is_closed=True)


def _known(event: ControlEvent, fact: EventFact | None, day: date) -> ControlEvent:
    if fact is None:
        return replace(event, measures=(*event.measures, day))
    return replace(event, facts={**event.facts, fact: day})


def _object(text: str) -> str:
    """The object's name, checked to be an organisation's: no personal number or address."""
    name = " ".join(text.split())
    try:
        reject_personal_data({"object": name})
    except PersonalDataError as error:
        raise EventObjectError from error
    if not 0 < len(name) <= LONGEST_TEXT:
        raise EventObjectError
    return name
