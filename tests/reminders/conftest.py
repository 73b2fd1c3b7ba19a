"""The calendar and the obligations of the registry's own files."""

import pytest

from database.engine import Database
from deadlines.calendar import WorkCalendar
from deadlines.clock import FixedClock
from deadlines.national import national_calendar
from notifications.deadline_data import calendar_facts
from registry_data.days_off import load_days_off
from registry_data.obligations import ObligationRecord, load_obligations
from tests.reminders.office import Town, at


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    return national_calendar(calendar_facts(load_days_off()))


@pytest.fixture(scope="session")
def obligations() -> dict[str, ObligationRecord]:
    return {one.code: one for one in load_obligations()}


@pytest.fixture
async def office(database: Database, calendar: WorkCalendar) -> Town:
    return await a_town(database, calendar)


async def a_town(database: Database, calendar: WorkCalendar) -> Town:
    """Five organisations on Monday 7 September 2026 at eight; nobody works there yet."""
    town = Town(database=database, clock=FixedClock(at("2026-09-07 08:00")))
    await town.found(calendar)
    return town


@pytest.fixture
async def sqlite_office(sqlite_database: Database, calendar: WorkCalendar) -> Town:
    """The same on SQLite alone, for what the database has no part in."""
    return await a_town(sqlite_database, calendar)
