"""The chain of dates that follows from a control event or from publishing an act: pure.

Order 78 ¶40-56; inspections: Law 88-V Art. 27-2; public discussion: Art. 15 ¶3; contact centre: Art. 23 ¶2.
A date that depends on something that has not happened yet is unknown.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from deadlines.calendar import WorkCalendar
from deadlines.due import Certainty, due, moment_of
from deadlines.due import TermEvent as Start
from deadlines.terms import Term
from notifications.deadline_data import term_of
from registry_data.terms import own_terms as own_records
from reminders.errors import EventDatesError
from reminders.filing import EVENT
from reminders.plan import DueDates

EXTENSION_UP_TO = 10  # working days, Order 78 ¶44


class EventKind(StrEnum):
    CONTROL = "control"
    INSPECTION = "inspection"  # by the Agency, of whoever enters it or of another body
    DISCUSSION = "discussion"  # of a draft act on the order of a service
    CONTACT_CENTRE = "contact_centre"  # notify of an act that was approved or changed


class EventFact(StrEnum):
    """Known days of an event; the later ones are days on which a step was done."""

    STARTS_ON = "starts_on"
    ENDS_ON = "ends_on"  # the last day set by the order
    EXTENDED_TO = "extended_to"  # the last day after an extension by order
    HANDED_ON = "handed_on"  # the order was handed over: the event began
    ENDED_ON = "ended_on"
    SHOWN_ON = "shown_on"  # the act was shown to the object's head
    RECOMMENDED_ON = "recommended_on"  # the object received the recommendations
    DRAFTED_ON = "drafted_on"  # the inspected body received the draft certificate
    REPRESENTED_ON = "represented_on"  # it received the representation on the breaches found
    CONSIDERED_ON = "considered_on"  # it considered that


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlEvent:
    """`measures` are the dates set by the letter or the plan of measures itself."""

    number: int
    organisation: str
    kind: EventKind
    object: str
    planned: bool
    facts: Mapping[EventFact, date]
    measures: tuple[date, ...] = ()
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One step of the chain; `dates` are None while they depend on something that has not happened.

    `fact` becomes known on the day the step is done.
    """

    code: str
    occasion: str
    dates: DueDates | None
    fact: EventFact | None = None


@cache
def own_terms() -> Mapping[str, Term]:
    """The terms of the registry's file."""
    return {rule: term_of(record) for rule, record in own_records().items()}


def steps(event: ControlEvent, calendar: WorkCalendar) -> tuple[ChainStep, ...]:
    """The steps in order. Raises OutsideCalendarError."""
    return tuple(_CHAINS[event.kind](event, calendar))


def ends_by(kind: EventKind, begins: date, calendar: WorkCalendar, *, planned: bool = True) -> date:
    """The last day that an order may name (Order 78 ¶43; Law 88-V Art. 27-2 ¶1)."""
    if kind is EventKind.CONTROL:
        return latest_end(begins, calendar)
    term = own_terms()["inspection.planned" if planned else "inspection.unplanned"]
    return due(term, Start(at=moment_of(begins, term.direction)), calendar).due_on


def latest_end(begins: date, calendar: WorkCalendar, *, extended: bool = False) -> date:
    """The last day allowed for an event that begins on `begins` (Order 78 ¶43-44)."""
    start = Start(
        at=moment_of(begins, own_terms()["control.event"].direction),
        extensions=(EXTENSION_UP_TO,) if extended else (),
    )
    return due(own_terms()["control.event"], start, calendar).due_on


def latest_extension(facts: Mapping[EventFact, date], calendar: WorkCalendar) -> date:
    """The last day that an order may extend an event to: ten working days beyond its ordered end, and beyond
    the longest event from its beginning (Order 78 ¶43-44).
    """
    begins = facts.get(EventFact.HANDED_ON, facts[EventFact.STARTS_ON])
    beyond = calendar.shift(facts[EventFact.ENDS_ON], EXTENSION_UP_TO)
    return min(beyond, latest_end(begins, calendar, extended=True))


def check_extension(facts: Mapping[EventFact, date], to: date, calendar: WorkCalendar) -> None:
    """Raises EventDatesError for an extension to a day before the ordered end, or too far beyond it."""
    latest = latest_extension(facts, calendar)
    if not facts[EventFact.ENDS_ON] <= to <= latest:
        raise EventDatesError(latest=latest)


def check_dates(
    kind: EventKind, begins: date, ends: date, calendar: WorkCalendar, *, planned: bool = True
) -> None:
    """Raises EventDatesError for an event that ends before it begins, or lasts too long."""
    latest = ends_by(kind, begins, calendar, planned=planned)
    if not begins <= ends <= latest:
        raise EventDatesError(latest=latest)


def on_day(day: date, calendar: WorkCalendar) -> DueDates:
    """A date fixed by a document: it does not move on a day off."""
    return DueDates(
        named_on=day,
        lead_on=calendar.working_on_or_before(day),
        late_after=day,
        expected=not calendar.is_decided(day),
    )


def _control(event: ControlEvent, calendar: WorkCalendar) -> Iterator[ChainStep]:
    facts = event.facts
    begins = facts.get(EventFact.HANDED_ON, facts[EventFact.STARTS_ON])
    extended = facts.get(EventFact.EXTENDED_TO)
    ends = (
        min(facts[EventFact.ENDS_ON], latest_end(begins, calendar))
        if extended is None
        else min(extended, latest_extension(facts, calendar))
    )
    yield _step(event, "control.notice", _counted("control.notice", facts.get(EventFact.STARTS_ON), calendar))
    yield _step(event, "control.start", on_day(facts[EventFact.STARTS_ON], calendar), EventFact.HANDED_ON)
    yield _step(event, "control.event", on_day(ends, calendar), EventFact.ENDED_ON)
    yield _step(event, "control.act_shown", on_day(ends, calendar), EventFact.SHOWN_ON)
    yield _step(event, "control.act", _counted("control.act", facts.get(EventFact.SHOWN_ON), calendar))
    ended = facts.get(EventFact.ENDED_ON)
    yield _step(event, "control.materials", _counted("control.materials", ended, calendar))
    received = facts.get(EventFact.RECOMMENDED_ON)
    yield _step(event, "control.plan_of_measures", _counted("control.plan_of_measures", received, calendar))
    for number, day in enumerate(event.measures, start=1):
        yield ChainStep(
            code="control.measures_report",
            occasion=f"{EVENT}/{event.number}/{number}",
            dates=on_day(day, calendar),
        )


def _inspection(event: ControlEvent, calendar: WorkCalendar) -> Iterator[ChainStep]:
    facts = event.facts
    starts, ends = facts[EventFact.STARTS_ON], facts[EventFact.ENDS_ON]
    notice = "inspection.start_notice" if event.planned else "inspection.unplanned_notice"
    yield _step(event, notice, _counted(notice, starts, calendar))
    yield _step(event, "inspection.draft", _counted("inspection.draft", ends, calendar), EventFact.DRAFTED_ON)
    drafted = facts.get(EventFact.DRAFTED_ON)
    yield _step(
        event, "inspection.draft_objections", _counted("inspection.draft_objections", drafted, calendar)
    )
    yield _step(event, "inspection.end", on_day(ends, calendar), EventFact.ENDED_ON)
    received = _counted("inspection.representation", facts.get(EventFact.REPRESENTED_ON), calendar)
    yield _step(event, "inspection.representation", received, EventFact.CONSIDERED_ON)
    considered = facts.get(EventFact.CONSIDERED_ON)
    report = _counted("inspection.representation_report", considered, calendar)
    yield _step(event, "inspection.representation_report", report)


def _discussion(event: ControlEvent, calendar: WorkCalendar) -> Iterator[ChainStep]:
    placed = event.facts[EventFact.STARTS_ON]
    yield _step(event, "discussion.act", _counted("discussion.act", placed, calendar), EventFact.ENDED_ON)


def _contact_centre(event: ControlEvent, calendar: WorkCalendar) -> Iterator[ChainStep]:
    approved = event.facts[EventFact.STARTS_ON]
    dates = _counted("info.contact_centre", approved, calendar)
    yield _step(event, "info.contact_centre", dates, EventFact.ENDED_ON)


_CHAINS: Mapping[EventKind, Callable[[ControlEvent, WorkCalendar], Iterator[ChainStep]]] = {
    EventKind.CONTROL: _control,
    EventKind.INSPECTION: _inspection,
    EventKind.DISCUSSION: _discussion,
    EventKind.CONTACT_CENTRE: _contact_centre,
}


def _step(event: ControlEvent, code: str, dates: DueDates | None, fact: EventFact | None = None) -> ChainStep:
    return ChainStep(code=code, occasion=f"{EVENT}/{event.number}", dates=dates, fact=fact)


def _counted(rule: str, start: date | None, calendar: WorkCalendar) -> DueDates | None:
    if start is None:
        return None
    term = own_terms()[rule]
    found = due(term, Start(at=moment_of(start, term.direction)), calendar)
    return DueDates(
        named_on=found.due_on,
        lead_on=calendar.working_on_or_before(found.due_on),
        late_after=found.late_after,
        expected=found.certainty is Certainty.EXPECTED,
    )
