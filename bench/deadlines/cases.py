"""Random terms, moments and calendars."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deadlines.calendar import DayKind, SpecialDay, WorkCalendar, is_weekend
from deadlines.due import TermEvent
from deadlines.national import national_calendar
from deadlines.terms import DayOne, Direction, Term, TermReading, Unit
from kernel.clock import ALMATY
from notifications.deadline_data import calendar_facts
from registry_data.days_off import load_days_off
from tests.deadlines.naive import NaiveCase

SYNTHETIC = 30  # calendars in which every day may be anything
FIRST, LAST = date(2016, 1, 1), date(2045, 12, 31)
EARLIEST, LATEST = datetime(2017, 1, 1, tzinfo=ALMATY), datetime(2044, 1, 1, tzinfo=ALMATY)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPair:
    """A calendar as the engine has it, and as the naive count has it: a set of days off."""

    calendar: WorkCalendar
    off: frozenset[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineQuestion:
    """The same question to both."""

    case: NaiveCase
    term: Term
    event: TermEvent


def calendar_pairs(dice: random.Random) -> list[CalendarPair]:
    """The national calendar, and synthetic ones from nearly idle to nearly always at work."""
    calendars = [national_calendar(calendar_facts(load_days_off()))]
    calendars += [_synthetic(dice, dice.uniform(0.02, 0.9)) for _ in range(SYNTHETIC)]
    return [CalendarPair(calendar=calendar, off=frozenset(_days_off(calendar))) for calendar in calendars]


def questions(dice: random.Random, amount: int) -> Iterator[DeadlineQuestion]:
    seconds = int((LATEST - EARLIEST).total_seconds())
    for _ in range(amount):
        moment = EARLIEST + timedelta(seconds=dice.randrange(seconds))
        case = _case(dice, moment)
        yield DeadlineQuestion(case=case, term=_term(case), event=TermEvent(at=moment))


def _case(dice: random.Random, moment: datetime) -> NaiveCase:
    unit = dice.choices(["working_days", "calendar_days", "months"], [8, 2, 1])[0]
    backwards = dice.random() < 0.2
    return NaiveCase(
        local=moment,
        amount=dice.randint(1, 9 if unit == "months" else 40),
        unit=unit,
        backwards=backwards,
        next_day=dice.random() < 0.8,
        either_day=dice.random() < 0.5,
        registers=not backwards and dice.random() < 0.5,
        rolls=not backwards and unit != "working_days" and dice.random() < 0.5,
    )


def _term(case: NaiveCase) -> Term:
    readings = {
        TermReading.DAY_ONE: case.either_day,
        TermReading.AFTER_HOURS: case.registers,
        TermReading.LAST_DAY: case.rolls,
    }
    return Term(
        rule="any.term",
        amount=case.amount,
        unit=Unit(case.unit),
        direction=Direction.BACKWARDS if case.backwards else Direction.FORWARDS,
        day_one=DayOne.NEXT_DAY if case.next_day else DayOne.SAME_DAY,
        leans_on=frozenset(reading for reading, leans in readings.items() if leans),
    )


def _synthetic(dice: random.Random, share: float) -> WorkCalendar:
    special = {}
    for day in _days(FIRST, LAST):
        if dice.random() < share:
            kind = DayKind.WORKED if is_weekend(day) else DayKind.HOLIDAY
            special[day] = SpecialDay(day=day, kind=kind)
    return WorkCalendar(first=FIRST, last=LAST, published_until=date(2030, 6, 15), special=special)


def _days_off(calendar: WorkCalendar) -> Iterator[date]:
    """Told from the days themselves, not asked of the engine."""
    for day in _days(calendar.first, calendar.last):
        special = calendar.special.get(day)
        if special.kind is not DayKind.WORKED if special else day.isoweekday() > 5:
            yield day


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
