"""The calendar and obligations of the registry's own files, and databases where organisations owe filings."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from database.engine import Database
from deadlines.calendar import WorkCalendar
from deadlines.national import national_calendar
from kernel.clock import FixedClock
from notifications.deadline_data import calendar_facts
from registry_data.days_off import load_days_off
from registry_data.obligations import ObligationRecord, load_obligations
from tests import databases
from tests.databases import PostgresServer, SharedDatabase, as_text, shared_file
from tests.reminders.scenario import ReminderScenario, at


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    return national_calendar(calendar_facts(load_days_off()))


@pytest.fixture(scope="session")
def obligations() -> dict[str, ObligationRecord]:
    return {one.code: one for one in load_obligations()}


@pytest.fixture(scope="session")
async def shared_sqlite(
    sqlite_template: Path, calendar: WorkCalendar, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[SharedDatabase]:
    """With the organisations and the calendar, which take longer to write than most tests."""
    folder = tmp_path_factory.mktemp("founded")
    template = Path(shutil.copy(sqlite_template, folder / "template.sqlite3"))
    await _found(f"sqlite:///{template}", calendar)
    async with shared_file(template, folder) as shared:
        yield shared


@pytest.fixture(scope="session")
async def shared_postgres(
    postgres: PostgresServer, postgres_template: str, calendar: WorkCalendar
) -> AsyncIterator[SharedDatabase]:
    template = "qyzmet_founded"
    await postgres.execute(f"CREATE DATABASE {template} TEMPLATE {postgres_template}")
    await _found(as_text(postgres.url.set(database=template)), calendar)
    async with databases.shared_postgres(postgres, template) as shared:
        yield shared


async def _found(url: str, calendar: WorkCalendar) -> None:
    database = Database(url)
    await scenario_in(database).found(calendar)
    await database.dispose()


@pytest.fixture
def scenario(database: Database) -> ReminderScenario:
    return scenario_in(database)


def scenario_in(database: Database) -> ReminderScenario:
    """Five organisations without staff, on Monday 7 September 2026 at eight."""
    return ReminderScenario(database=database, clock=FixedClock(at("2026-09-07 08:00")))


async def make_scenario(database: Database, calendar: WorkCalendar) -> ReminderScenario:
    """The same in a database that is still empty."""
    scenario = scenario_in(database)
    await scenario.found(calendar)
    return scenario


@pytest.fixture
def sqlite_scenario(sqlite_database: Database) -> ReminderScenario:
    """SQLite only, for tests that are not about SQL."""
    return scenario_in(sqlite_database)
