"""Due dates and schedules agree with a brute-force implementation, every day from 2020 to 2030."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.calendar import DayKind, SpecialDay, WorkCalendar, is_weekend
from kernel.clock import ALMATY
from registry_data.obligations import ObligationRecord, load_obligations
from registry_data.organisations import OrganisationKind
from reminders.plan import DueDates, due_dates, in_force, periods_due
from reminders.schedule import DueStage, due_status, next_reminder, put_off
from tests.reminders import naive

FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)
CODES = sorted(naive.TABLE)
RECORDS = {one.code: one for one in load_obligations()}
DAY = timedelta(days=1)


def days_off(calendar: WorkCalendar) -> set[date]:
    return {day for day in span(date(2019, 1, 1), date(2031, 12, 31)) if not calendar.is_working(day)}


def span(first: date, last: date) -> Iterator[date]:
    return (first + number * DAY for number in range((last - first).days + 1))


def reminders(dates: DueDates, calendar: WorkCalendar) -> Iterator[datetime]:
    """Every reminder in order, without end: each is asked for as the last was sent."""
    sent = None
    while True:
        sent = next_reminder(dates, calendar, sent)
        yield sent


def ours(one: ObligationRecord, calendar: WorkCalendar) -> dict[str, naive.NaiveDates]:
    found = {}
    for period in periods_due(one, FIRST, LAST):
        dates = due_dates(one, period, calendar)
        moments = [at.astimezone(ALMATY) for at in islice(reminders(dates, calendar), 10)]
        assert {at.time() for at in moments} == {time(9)}
        days = [at.date() for at in moments]
        found[period.code] = naive.NaiveDates(
            named_on=dates.named_on,
            lead_on=dates.lead_on,
            late_after=dates.late_after,
            schedule=tuple(days[:5]),
            late=tuple(days[5:]),
        )
    return found


def test_every_obligation_of_the_table_is_in_the_file():
    assert RECORDS.keys() >= set(CODES)


def test_schedule_of_every_obligation_ends_on_its_last_day(calendar: WorkCalendar):
    disorderly = [
        (code, period, found)
        for code, one in RECORDS.items()
        for period, found in ours(one, calendar).items()
        if sorted({*found.schedule, *found.late}) != [*found.schedule, *found.late]
        or found.schedule[-1] != found.lead_on
        or not found.lead_on <= found.late_after <= found.named_on
    ]
    assert disorderly == []


@pytest.mark.parametrize("code", CODES)
def test_due_dates_and_schedules_match_naive_for_eleven_years(code: str, calendar: WorkCalendar):
    assert ours(RECORDS[code], calendar) == naive.answers(code, FIRST, LAST, days_off(calendar))


@pytest.mark.parametrize("code", CODES)
def test_binding_of_every_kind_matches_naive(code: str):
    row = naive.TABLE[code]
    for kind in OrganisationKind:
        bound = RECORDS[code].binding_of(kind, "some-organisation") is not None
        assert bound is (kind.value in row.kinds)
    named = {code for binding in RECORDS[code].binds for code in binding.organisations}
    assert named == row.codes


@pytest.mark.parametrize("code", CODES)
def test_obligation_in_force_matches_naive_on_every_day(code: str):
    for day in span(FIRST, LAST):
        since = {"form": date(2021, 7, 1), "monitoring": date(2021, 7, 1), "control": date(2021, 7, 1)}
        expected = code not in naive.REPEALED and day >= since.get(code.partition(".")[0], FIRST)
        assert in_force(RECORDS[code], day) is expected


@pytest.mark.parametrize("code", CODES)
def test_next_reminder_is_the_first_after_the_day(code: str, calendar: WorkCalendar):
    off = days_off(calendar)
    for one in naive.answers(code, date(2026, 1, 1), date(2027, 12, 31), off).values():
        dates = due_dates(
            RECORDS[code], next(periods_due(RECORDS[code], one.named_on, one.named_on)), calendar
        )
        every = sorted({*one.schedule, *one.late})
        assert next_reminder(dates, calendar, None) == at_nine(every[0])
        for day in span(one.named_on - 30 * DAY, one.late[2]):
            noon = datetime.combine(day, time(12), ALMATY)
            later = [at for at in every if at > day]
            assert next_reminder(dates, calendar, noon) == at_nine(later[0])
            late = sum(at <= day for at in one.late)
            assert (due_status(dates, day, calendar).stage is DueStage.LATE) is (day > one.late_after)
            if late:
                assert due_status(dates, day, calendar).late == late


@pytest.mark.parametrize("days", [1, 3])
def test_snooze_never_passes_the_last_working_day(days: int, calendar: WorkCalendar):
    one = RECORDS["form.1-mq"]
    dates = due_dates(one, next(periods_due(one, date(2026, 10, 1), LAST)), calendar)
    for day in span(date(2026, 9, 1), dates.lead_on - DAY):
        until = put_off(dates, day, days, calendar)
        assert day < until <= dates.lead_on
        assert calendar.is_working(until)


@settings(max_examples=60, deadline=None)
@given(
    code=st.sampled_from(CODES),
    flipped=st.sets(st.integers(0, 365 * 4), max_size=80),
)
def test_schedules_match_naive_on_arbitrary_calendars(code: str, flipped: set[int]):
    special = {}
    for number in flipped:
        day = date(2026, 6, 1) + number * DAY
        kind = DayKind.WORKED if is_weekend(day) else DayKind.HOLIDAY
        special[day] = SpecialDay(day=day, kind=kind)
    calendar = WorkCalendar(
        first=date(2016, 1, 1), last=date(2040, 12, 31), published_until=date(2026, 12, 31), special=special
    )
    assert ours(RECORDS[code], calendar) == naive.answers(code, FIRST, LAST, days_off(calendar))


def at_nine(day: date) -> datetime:
    return datetime.combine(day, time(9), ALMATY)
