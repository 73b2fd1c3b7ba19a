"""An independent implementation of the rules, day by day, which shares only a term's fields with the engine.

Days off are a set of dates, stepped over one at a time.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)
OFFICE_CLOSES = (18, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class NaiveCase:
    """`local` is the event's wall clock in Kazakhstan; `next_day`: day one is the next day."""

    local: datetime
    amount: int
    unit: str
    backwards: bool = False
    next_day: bool = True
    either_day: bool = False
    registers: bool = False
    rolls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NaiveDueDate:
    registered_on: date
    due_on: date
    late_after: date


def answer(case: NaiveCase, off: AbstractSet[date]) -> NaiveDueDate:
    day = case.local.date()
    if case.registers and (day in off or (case.local.hour, case.local.minute) > OFFICE_CLOSES):
        day += DAY
        while day in off:
            day += DAY
    due_on = count(case, day, off, next_day=case.next_day)
    late_after = due_on
    if case.either_day:
        late_after = max(due_on, count(case, day, off, next_day=not case.next_day))
    return NaiveDueDate(registered_on=day, due_on=due_on, late_after=late_after)


def count(case: NaiveCase, day: date, off: AbstractSet[date], *, next_day: bool) -> date:
    step = -DAY if case.backwards else DAY
    if case.unit == "months":
        day = months_later(day if next_day else day - step, -case.amount if case.backwards else case.amount)
    else:
        day = day if next_day else day - step
        left = case.amount
        while left:
            day += step
            if case.unit == "calendar_days" or day not in off:
                left -= 1
    while case.rolls and day in off:
        day += DAY
    return day


def months_later(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1
