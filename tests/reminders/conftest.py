"""The calendar and obligations of the registry's own files."""

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
    return await make_scenario(database, calendar)


async def make_scenario(database: Database, calendar: WorkCalendar) -> ReminderScenario:
    """Five organisations without staff, on Monday 7 September 2026 at eight."""
    scenario = ReminderScenario(database=database, clock=FixedClock(at("2026-09-07 08:00")))
    await scenario.found(calendar)
    return scenario


@pytest.fixture
async def sqlite_scenario(sqlite_database: Database, calendar: WorkCalendar) -> ReminderScenario:
    """SQLite only, for tests that are not about SQL."""
    return await make_scenario(sqlite_database, calendar)
