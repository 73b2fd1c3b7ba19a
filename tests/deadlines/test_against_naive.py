"""The engine agrees with the naive implementation, on our calendar and on random ones."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.calendar import DayKind, SpecialDay, WorkCalendar, is_weekend
from deadlines.due import Certainty, DueDate, TermEvent, due, explain
from deadlines.terms import DayOne, Direction, Term, TermReading, Unit
from kernel.clock import ALMATY
from tests.deadlines.naive import NaiveCase, answer

FIRST, LAST = date(2019, 1, 1), date(2027, 12, 31)
MIDDLE = date(2023, 1, 1)
SPAN = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]

moments = st.datetimes(min_value=datetime(2022, 1, 1), max_value=datetime(2024, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=ALMATY, microsecond=0)
)
counted = st.builds(
    NaiveCase,
    local=moments,
    amount=st.integers(1, 40),
    unit=st.sampled_from(["working_days", "calendar_days"]),
    next_day=st.booleans(),
    either_day=st.booleans(),
    registers=st.booleans(),
)
counted_back = st.builds(
    NaiveCase,
    local=moments,
    amount=st.integers(1, 40),
    unit=st.sampled_from(["working_days", "calendar_days"]),
    backwards=st.just(True),
    next_day=st.booleans(),
    either_day=st.booleans(),
)
in_months = st.builds(
    NaiveCase, local=moments, amount=st.integers(1, 9), unit=st.just("months"), next_day=st.booleans()
)
rolling = st.builds(
    NaiveCase,
    local=moments,
    amount=st.integers(1, 9),
    unit=st.sampled_from(["calendar_days", "months"]),
    either_day=st.booleans(),
    rolls=st.just(True),
)
cases = st.one_of(counted, counted_back, in_months, rolling)


def calendar_of(chances: list[bool]) -> WorkCalendar:
    """A calendar in which many days differ from their weekday."""
    special = {
        day: SpecialDay(day=day, kind=DayKind.WORKED if is_weekend(day) else DayKind.HOLIDAY)
        for number, day in enumerate(SPAN)
        if chances[number % len(chances)]
    }
    return WorkCalendar(first=FIRST, last=LAST, published_until=MIDDLE, special=special)


calendars = st.lists(st.booleans(), min_size=3, max_size=80).map(calendar_of)


def term_of(case: NaiveCase) -> Term:
    leans_on = {
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
        leans_on=frozenset(reading for reading, leans in leans_on.items() if leans),
    )


def engine(case: NaiveCase, calendar: WorkCalendar) -> DueDate:
    return due(term_of(case), TermEvent(at=case.local), calendar)


def days_off(calendar: WorkCalendar) -> set[date]:
    day, found = calendar.first, set()
    while day <= calendar.last:
        if not calendar.is_working(day):
            found.add(day)
        day += timedelta(days=1)
    return found


def has_work(calendar: WorkCalendar) -> bool:
    """Whether no count of the cases runs off the calendar's end."""
    return calendar.working_between(date(2020, 1, 1), MIDDLE) > 100


@pytest.mark.slow
@given(case=cases, calendar=calendars.filter(has_work))
@settings(max_examples=150, deadline=None)
def test_engine_matches_naive_on_any_calendar(case: NaiveCase, calendar: WorkCalendar):
    expected = answer(case, days_off(calendar))
    found = engine(case, calendar)
    assert (found.registered_on, found.due_on, found.late_after) == (
        expected.registered_on,
        expected.due_on,
        expected.late_after,
    )


@given(case=counted | counted_back, calendar=calendars.filter(has_work))
@settings(max_examples=100, deadline=None)
def test_explanation_counts_the_term_without_gaps(case: NaiveCase, calendar: WorkCalendar):
    found = engine(case, calendar)
    days = explain(found, calendar)
    step = -1 if case.backwards else 1
    assert [day.number for day in days if day.counts] == list(range(1, case.amount + 1))
    assert days[-1].day == found.due_on
    assert days[0].day == case.local.date()
    steps = {after.day - before.day for before, after in pairwise(days)}
    assert steps <= {timedelta(days=step)}


@given(case=cases, calendar=calendars.filter(has_work))
@settings(max_examples=75, deadline=None)
def test_date_is_decided_only_on_published_days(case: NaiveCase, calendar: WorkCalendar):
    found = engine(case, calendar)
    days = [day.day for day in explain(found, calendar)]
    assert (found.certainty is Certainty.DECIDED) == (max(days) <= MIDDLE)


@given(
    calendar=calendars.filter(has_work),
    day=st.dates(date(2022, 1, 1), date(2023, 12, 31)),
    amount=st.integers(1, 60),
)
@settings(max_examples=100, deadline=None)
def test_shift_back_reverses_shift_forward(calendar: WorkCalendar, day: date, amount: int):
    start = calendar.working_on_or_after(day)
    assert calendar.shift(calendar.shift(start, amount), -amount) == start
