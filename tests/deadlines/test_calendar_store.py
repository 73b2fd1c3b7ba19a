"""The calendar in the database: loaded once, seen by every process, never replaced by an older file."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from database.engine import Database
from deadlines.actions import LoadCalendar
from deadlines.calendar import DayKind, SpecialDay, TrilingualNames, WorkCalendar
from deadlines.store import CalendarNotLoadedError, CalendarStore, LiveCalendar
from kernel.clock import FixedClock

AT = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
CHECKED = date(2026, 11, 21)
DECREE = TrilingualNames(kk="қаулы", ru="постановление", en="a decree")
NEW_DAY = date(2027, 1, 11)  # a Monday, worked as yet


@pytest.fixture(autouse=True)
def nothing_is_decoded(decoded_calendars: dict[str, WorkCalendar]) -> None:
    decoded_calendars.clear()


def with_day_off(calendar: WorkCalendar, day: date) -> WorkCalendar:
    special = {**calendar.special, day: SpecialDay(day=day, kind=DayKind.MOVED_OFF, act=DECREE)}
    return replace(calendar, special=special)


async def load(database: Database, calendar: WorkCalendar, checked: date = CHECKED) -> bool:
    return await LoadCalendar(unit_of_work=database.unit_of_work)(calendar, checked=checked, at=AT)


async def test_loaded_calendar_round_trip(database: Database, calendar: WorkCalendar):
    assert await load(database, calendar)
    async with database.session() as session:
        assert await CalendarStore(session).read() == calendar


async def test_reloading_the_same_calendar_changes_nothing(database: Database, calendar: WorkCalendar):
    await load(database, calendar)
    assert not await load(database, calendar)
    async with database.session() as session:
        assert (await CalendarStore(session).version()).number == 1


async def test_newer_file_replaces_the_calendar(sqlite_database: Database, calendar: WorkCalendar):
    await load(sqlite_database, calendar)
    newer = with_day_off(calendar, NEW_DAY)
    assert await load(sqlite_database, newer, CHECKED + timedelta(days=1))
    async with sqlite_database.session() as session:
        assert not (await CalendarStore(session).read()).is_working(NEW_DAY)


async def test_older_file_changes_nothing(sqlite_database: Database, calendar: WorkCalendar):
    newer = with_day_off(calendar, NEW_DAY)
    await load(sqlite_database, newer)
    assert not await load(sqlite_database, calendar, CHECKED - timedelta(days=1))
    async with sqlite_database.session() as session:
        assert await CalendarStore(session).read() == newer


async def test_missing_calendar_is_an_error(database: Database):
    async with database.session() as session:
        assert (await CalendarStore(session).version()).number == 0
        with pytest.raises(CalendarNotLoadedError):
            await CalendarStore(session).read()


async def test_failed_load_is_rolled_back(sqlite_database: Database, calendar: WorkCalendar):
    broken = replace(calendar, special={**calendar.special, date.min: next(iter(calendar.special.values()))})
    with pytest.raises(Exception, match="UNIQUE"):  # the same day twice
        await load(sqlite_database, broken)
    async with sqlite_database.session() as session:
        with pytest.raises(CalendarNotLoadedError):
            await CalendarStore(session).read()


# Lesson 19: caching the calendar for a process's lifetime would need a restart for each new day.
async def test_running_process_sees_a_new_day_within_a_minute(database: Database, calendar: WorkCalendar):
    await load(database, calendar)
    clock = FixedClock(AT)
    live = LiveCalendar(clock)
    async with database.session() as session:
        assert (await live.current(session)).is_working(NEW_DAY)
    await load(database, with_day_off(calendar, NEW_DAY))
    clock.advance(timedelta(minutes=1))
    async with database.session() as session:
        assert not (await live.current(session)).is_working(NEW_DAY)


async def test_unchanged_calendar_is_not_reread(sqlite_database: Database, calendar: WorkCalendar):
    await load(sqlite_database, calendar)
    clock = FixedClock(AT)
    live = LiveCalendar(clock)
    async with sqlite_database.session() as session:
        first = await live.current(session)
        clock.advance(timedelta(hours=1))
        assert await live.current(session) is first


async def test_clock_set_back_still_refreshes_the_calendar(sqlite_database: Database, calendar: WorkCalendar):
    await load(sqlite_database, calendar)
    clock = FixedClock(AT)
    live = LiveCalendar(clock)
    async with sqlite_database.session() as session:
        await live.current(session)
    await load(sqlite_database, with_day_off(calendar, NEW_DAY))
    clock.advance(timedelta(days=-30))
    async with sqlite_database.session() as session:
        assert not (await live.current(session)).is_working(NEW_DAY)
