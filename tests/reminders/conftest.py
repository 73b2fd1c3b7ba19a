"""The calendar and the obligations of the registry's own files."""

import pytest

from database.engine import Database
from deadlines.calendar import WorkCalendar
from deadlines.national import national_calendar
from kernel.clock import FixedClock
from notifications.deadline_data import calendar_facts
from registry_data.days_off import load_days_off
from registry_data.obligations import ObligationRecord, load_obligations
from tests.reminders.scenario import ReminderScenario, at


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    return national_calendar(calendar_facts(load_days_off()))


@pytest.fixture(scope="session")
def obligations() -> dict[str, ObligationRecord]:
    return {one.code: one for one in load_obligations()}


@pytest.fixture
async def scenario(database: Database, calendar: WorkCalendar) -> ReminderScenario:
    return await a_scenario(database, calendar)


async def a_scenario(database: Database, calendar: WorkCalendar) -> ReminderScenario:
    """Five organisations on Monday 7 September 2026 at eight; nobody works there yet."""
    live_bot = ReminderScenario(database=database, clock=FixedClock(at("2026-09-07 08:00")))
    await live_bot.found(calendar)
    return live_bot


@pytest.fixture
async def sqlite_office(sqlite_database: Database, calendar: WorkCalendar) -> ReminderScenario:
    """The same on SQLite alone, for what the database has no part in."""
    return await a_scenario(sqlite_database, calendar)
