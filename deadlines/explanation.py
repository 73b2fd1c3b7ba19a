"""Explain a due date day by day: which days count, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from deadlines.calendar import SpecialDay, WorkCalendar
from deadlines.due import DueDate
from deadlines.terms import Direction, TermKind, Unit


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
            yield _counted(due, day, number, calendar)
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


def _counted(due: DueDate, day: date, number: int, calendar: WorkCalendar) -> CountedDay:
    if due.term.unit is not Unit.WORKING_DAYS:
        return CountedDay(day=day, counts=True, why=DayReason.CALENDAR_DAY, number=number)
    special = calendar.special.get(day)
    why = DayReason.WORKING_DAY if special is None else DayReason.WORKED_WEEKEND
    return CountedDay(day=day, counts=True, why=why, number=number, special=special)


def _day_off(day: date, calendar: WorkCalendar) -> CountedDay:
    special = calendar.special.get(day)
    why = DayReason.WEEKEND if special is None else DayReason(special.kind.value)
    return CountedDay(day=day, counts=False, why=why, special=special)
