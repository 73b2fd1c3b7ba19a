"""Compute the due date of a term, and explain it day by day. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from deadlines.calendar import DayCount, SpecialDay, WorkCalendar, length_of, registration_day
from deadlines.terms import OUR_READINGS, DayOne, Direction, Term, TermKind, TermReading, TermReadings, Unit
from kernel.clock import ALMATY, almaty_date

END_OF_DAY = time(23, 59, 59)


class Certainty(StrEnum):
    DECIDED = "decided"
    EXPECTED = "expected"  # after the end of the published production calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEvent:
    """What starts a term: an aware instant, plus what documents add to the act.

    `length`: the term's length if a document sets it. `extensions`: those granted, in working days.
    """

    at: datetime
    length: int | None = None
    extensions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """A due date and how it was computed; all days are in Asia/Almaty and inclusive.

    `due_on` is the last day in time, `ends_at` its last second, or the exact instant for a term in hours.
    `counted_from` is day one, working day or not; `counted_to` the last counted day, which differs from
    `due_on` if that moved to a working day. Nothing is late until `late_after` has passed: the later of both
    counts if day one is our reading of the act.
    """

    term: Term
    at: datetime
    registered_on: date
    counted_from: date
    counted_to: date
    due_on: date
    ends_at: datetime
    late_after: date
    certainty: Certainty
    readings: tuple[TermReading, ...]


def due(
    term: Term, event: TermEvent, calendar: WorkCalendar, readings: TermReadings = OUR_READINGS
) -> DueDate:
    """The due date of the duty that `event` starts.

    A date past the published calendar is EXPECTED, not an error. Raises OutsideCalendarError for a day
    outside the calendar, another DeadlineError if the term has no such length or extension.
    """
    length = length_of(term, event.length, event.extensions, readings)
    signed = -length if term.direction is Direction.BACKWARDS else length
    local = event.at.astimezone(ALMATY)
    calendar.check(local.date())
    if term.kind is TermKind.SET_DATE:
        return _exact(term, local, end_of(local.date()), calendar)
    if term.unit is Unit.HOURS:
        return _exact(term, local, _hours_from(local, signed), calendar)
    count = DayCount(
        start=registration_day(term, local, calendar, readings),
        length=signed,
        unit=term.unit,
        rolls=TermReading.LAST_DAY in term.leans_on and readings.last_day_rolls,
        calendar=calendar,
    )
    used = [TermReading.ONE_EXTENSION] if event.extensions and readings.extended_once else []
    return _counted(term, local, count, used, readings)


def end_of(day: date) -> datetime:
    """The last second of `day` in Asia/Almaty."""
    return datetime.combine(day, END_OF_DAY, ALMATY)


def _counted(
    term: Term, local: datetime, count: DayCount, used: list[TermReading], readings: TermReadings
) -> DueDate:
    ours = TermReading.DAY_ONE in term.leans_on
    day_one = DayOne.SAME_DAY if ours and not readings.starts_next_day else term.day_one
    counted_from = count.first(day_one)
    counted_to = count.last(counted_from)
    due_on = late_after = count.due_on(counted_to)
    if ours and (other := count.ends_later(day_one)):
        late_after = count.due_on(count.last(count.first(other)))
    if count.start != local.date():
        used = [TermReading.AFTER_HOURS, *used]
    if ours and readings.starts_next_day:
        used = [TermReading.DAY_ONE, *used]
    return DueDate(
        term=term,
        at=local,
        registered_on=count.start,
        counted_from=counted_from,
        counted_to=counted_to,
        due_on=due_on,
        ends_at=end_of(due_on),
        late_after=late_after,
        certainty=_certainty(count.calendar, count.start, due_on),
        readings=(*used, TermReading.LAST_DAY) if due_on != counted_to else tuple(used),
    )


def _exact(term: Term, local: datetime, ends_at: datetime, calendar: WorkCalendar) -> DueDate:
    """A due date that does not depend on the calendar."""
    due_on = ends_at.date()
    calendar.check(due_on)
    return DueDate(
        term=term,
        at=local,
        registered_on=local.date(),
        counted_from=local.date(),
        counted_to=due_on,
        due_on=due_on,
        ends_at=ends_at,
        late_after=due_on,
        certainty=_certainty(calendar, local.date(), due_on),
        readings=(),
    )


def _hours_from(local: datetime, hours: int) -> datetime:
    """Added in UTC, as the zone's offset may change in between."""
    return (local.astimezone(UTC) + timedelta(hours=hours)).astimezone(ALMATY)


def _certainty(calendar: WorkCalendar, *days: date) -> Certainty:
    return Certainty.DECIDED if calendar.is_decided(max(days)) else Certainty.EXPECTED


def moment_of(day: date, direction: Direction) -> datetime:
    """The first second of `day` in Asia/Almaty, or the last one for a term counted backwards."""
    return end_of(day) if direction is Direction.BACKWARDS else datetime.combine(day, time(), ALMATY)


def is_late(due: DueDate, at: datetime) -> bool:
    """Whether finishing at the aware instant `at` is late on every reading of the term.

    Compares days in Asia/Almaty, so any moment of the last day is in time. A term in hours ends on its exact
    second.
    """
    if due.term.unit is Unit.HOURS:
        return at > due.ends_at
    return almaty_date(at) > due.late_after


def last_working_day(due: DueDate, calendar: WorkCalendar) -> date:
    """The last working day on which the duty can still be done in time; reminders count back from it."""
    return calendar.working_on_or_before(due.due_on)


class DayReason(StrEnum):
    WORKING_DAY = "working_day"
    WORKED_WEEKEND = "worked"  # a day off made a working day by decree
    CALENDAR_DAY = "calendar_day"
    HOURS = "hours"  # hours run through every day
    NAMED_DAY = "named_day"  # set by a document
    EVENT_DAY = "event_day"  # day one is the next day
    AFTER_HOURS = "after_hours"  # received after hours, registered on the next working day
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CARRIED_OVER = "carried_over"
    MOVED_OFF = "moved_off"
    LAST_DAY = "last_day"  # the working day a last day off moved to


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDay:
    """`number` is the day's position in the count; 0 if the day does not count or the term is not in days.

    `special` has the details of a holiday, a moved day or a working weekend.
    """

    day: date
    counts: bool
    why: DayReason
    number: int = 0
    special: SpecialDay | None = None


def explain(due: DueDate, calendar: WorkCalendar) -> tuple[CountedDay, ...]:
    """Every day from the event to the due date, both inclusive, in counting order."""
    days = _days(due)
    if due.term.kind is TermKind.SET_DATE:
        return tuple(CountedDay(day=day, counts=True, why=DayReason.NAMED_DAY) for day in days)
    if due.term.unit is Unit.HOURS:
        return tuple(CountedDay(day=day, counts=True, why=DayReason.HOURS) for day in days)
    return tuple(_walk(due, days, calendar))


def _days(due: DueDate) -> Iterator[date]:
    step = timedelta(days=-1 if due.term.direction is Direction.BACKWARDS else 1)
    day = due.at.date()
    while day != due.due_on:
        yield day
        day += step
    yield day


def _walk(due: DueDate, days: Iterator[date], calendar: WorkCalendar) -> Iterator[CountedDay]:
    number = 0
    counting = False
    ended = False
    for day in days:
        counting = counting or day == due.counted_from
        if not counting:
            yield _before(due, day, calendar)
        elif ended:
            yield _after(due, day, calendar)
        elif due.term.unit is not Unit.WORKING_DAYS or calendar.is_working(day):
            number += 1
            yield _day_counted(due, day, number, calendar)
        else:
            yield _day_off(day, calendar)
        ended = ended or day == due.counted_to


def _before(due: DueDate, day: date, calendar: WorkCalendar) -> CountedDay:
    if day == due.registered_on:
        return CountedDay(day=day, counts=False, why=DayReason.EVENT_DAY)
    if calendar.is_working(day):
        return CountedDay(day=day, counts=False, why=DayReason.AFTER_HOURS)
    return _day_off(day, calendar)


def _after(due: DueDate, day: date, calendar: WorkCalendar) -> CountedDay:
    if day == due.due_on:
        return CountedDay(day=day, counts=False, why=DayReason.LAST_DAY)
    return _day_off(day, calendar)


def _day_counted(due: DueDate, day: date, number: int, calendar: WorkCalendar) -> CountedDay:
    if due.term.unit is not Unit.WORKING_DAYS:
        return CountedDay(day=day, counts=True, why=DayReason.CALENDAR_DAY, number=number)
    special = calendar.special.get(day)
    why = DayReason.WORKING_DAY if special is None else DayReason.WORKED_WEEKEND
    return CountedDay(day=day, counts=True, why=why, number=number, special=special)


def _day_off(day: date, calendar: WorkCalendar) -> CountedDay:
    special = calendar.special.get(day)
    why = DayReason.WEEKEND if special is None else DayReason(special.kind.value)
    return CountedDay(day=day, counts=False, why=why, special=special)
