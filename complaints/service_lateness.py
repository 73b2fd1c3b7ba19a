"""Whether a service is late by its card's term, counted from the day of application; pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from deadlines.calendar import WorkCalendar
from deadlines.due import DueDate, TermEvent, due, is_late
from deadlines.errors import DeadlineError
from deadlines.terms import Term, TermReading, Unit
from kernel.clock import ALMATY, almaty_date
from registry_data.schema import ServiceCard, ServiceTerm, TermUnit

_UNITS = {
    TermUnit.WORKING_DAYS: (Unit.WORKING_DAYS, frozenset({TermReading.DAY_ONE})),
    TermUnit.CALENDAR_DAYS: (Unit.CALENDAR_DAYS, frozenset({TermReading.DAY_ONE, TermReading.LAST_DAY})),
}
_NOON = time(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """`is_late` on every reading of day one. `number` is today's day of the count, `varied` whether the card
    has several terms.
    """

    is_late: bool
    term: ServiceTerm
    due: DueDate
    number: int
    varied: bool


def lateness_of(
    card: ServiceCard, applied_on: date, now: datetime, calendar: WorkCalendar
) -> Lateness | None:
    """None where the card has no term in days, or terms in different units, or the calendar ends before.

    Of several terms the longest counts, since the person's case is unknown.
    """
    terms = card.term or ()
    units = {term.unit for term in terms}
    if len(units) != 1 or not units <= _UNITS.keys():
        return None
    longest = max(terms, key=lambda term: term.amount)
    try:
        return _counted(longest, applied_on, now, calendar, varied=len({one.amount for one in terms}) > 1)
    except DeadlineError:
        return None


def _counted(
    longest: ServiceTerm, applied_on: date, now: datetime, calendar: WorkCalendar, *, varied: bool
) -> Lateness:
    unit, readings = _UNITS[longest.unit]
    term = Term(rule="service.term", amount=longest.amount, unit=unit, leans_on=readings)
    found = due(term, TermEvent(at=datetime.combine(applied_on, _NOON, ALMATY)), calendar)
    today = almaty_date(now)
    return Lateness(
        is_late=is_late(found, now),
        term=longest,
        due=found,
        number=_number(found, today, calendar),
        varied=varied,
    )


def _number(found: DueDate, today: date, calendar: WorkCalendar) -> int:
    """How many days of the term's unit have passed by `today`, inclusive."""
    if found.term.unit is Unit.CALENDAR_DAYS:
        return max(0, (today - found.counted_from).days + 1)
    return calendar.working_between(found.counted_from - timedelta(days=1), today)
