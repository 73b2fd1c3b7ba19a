"""When notices are sent, by audience."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.calendar import DayKind, SpecialDay, WorkCalendar
from kernel.clock import ALMATY
from messaging.outbox.hours import Audience, next_moment
from tests.messaging.recording import is_working

OFFICIAL, CITIZEN = Audience.OFFICIAL, Audience.CITIZEN


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("audience", "at", "expected"),
    [
        (OFFICIAL, "2026-03-19 09:00:00", "2026-03-19 09:00:00"),  # a Thursday, on the minute
        (OFFICIAL, "2026-03-19 08:59:59", "2026-03-19 09:00:00"),
        (OFFICIAL, "2026-03-19 18:29:59", "2026-03-19 18:29:59"),
        (OFFICIAL, "2026-03-19 18:30:00", "2026-03-20 09:00:00"),  # closed: the next working day
        (OFFICIAL, "2026-03-19 00:00:00", "2026-03-19 09:00:00"),  # still the day before in UTC
        (OFFICIAL, "2026-03-19 04:59:00", "2026-03-19 09:00:00"),
        (OFFICIAL, "2026-03-20 18:30:00", "2026-03-26 09:00:00"),  # Friday evening before Nauryz
        (OFFICIAL, "2026-03-21 12:00:00", "2026-03-26 09:00:00"),  # Saturday
        (OFFICIAL, "2026-03-24 12:00:00", "2026-03-26 09:00:00"),  # Nauryz, a Tuesday
        (CITIZEN, "2026-03-24 12:00:00", "2026-03-24 12:00:00"),  # citizens get notices on holidays too
        (CITIZEN, "2026-03-21 08:00:00", "2026-03-21 09:00:00"),
        (CITIZEN, "2026-03-21 20:59:59", "2026-03-21 20:59:59"),
        (CITIZEN, "2026-03-21 21:00:00", "2026-03-22 09:00:00"),
        (CITIZEN, "2024-02-29 23:30:00", "2024-03-01 09:00:00"),  # the time zone changed that midnight
    ],
)
def test_notice_waits_for_the_recipients_hours(audience: Audience, at: str, expected: str):
    assert next_moment(audience, local(at), is_working) == local(expected)


def test_next_moment_is_in_utc():
    assert next_moment(CITIZEN, local("2026-03-19 12:00:00"), is_working).tzinfo is UTC


@given(
    st.sampled_from(Audience),
    st.timedeltas(min_value=timedelta(), max_value=timedelta(days=350)),
)
def test_next_moment_is_allowed_and_idempotent(audience: Audience, since_new_year: timedelta):
    at = datetime(2026, 1, 1, tzinfo=UTC) + since_new_year
    found = next_moment(audience, at, is_working)
    closes = (18, 30) if audience is OFFICIAL else (21, 0)
    here = found.astimezone(ALMATY)
    assert found >= at
    assert (9, 0) <= (here.hour, here.minute) < closes
    assert audience is CITIZEN or is_working(here.date())
    assert next_moment(audience, found, is_working) == found


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 3, 21), True),  # a Saturday made a working day by decree
        (date(2026, 3, 23), False),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),  # a Friday beyond the calendar
        (date(2027, 1, 2), False),
    ],
)
def test_weekday_decides_beyond_the_calendar(day: date, worked: bool):
    special = {
        date(2026, 3, 21): SpecialDay(day=date(2026, 3, 21), kind=DayKind.WORKED),
        date(2026, 3, 23): SpecialDay(day=date(2026, 3, 23), kind=DayKind.HOLIDAY),
    }
    calendar = WorkCalendar(
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        published_until=date(2026, 12, 31),
        special=special,
    )
    assert calendar.expects_work(day) is worked
