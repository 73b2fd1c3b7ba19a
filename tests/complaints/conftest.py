"""Databases seeded with organisations, cards and working days; no organisation is connected yet."""

import shutil
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest

from accounts.cipher import Cipher, make_key
from database.engine import Database, JoinedUnitOfWork, UnitOfWork
from deadlines.calendar import WorkCalendar
from deadlines.national import national_calendar
from deadlines.store import CalendarStore, LiveCalendar
from kernel.clock import FixedClock
from notifications.deadline_data import calendar_facts
from registry_data.contents import Changes, Registry, load_registry
from registry_data.days_off import load_days_off
from registry_data.store import CARDS, ORGANISATIONS, RegistryRepository
from tests.complaints.scenario import (
    AGENCY_BODY,
    MORNING,
    OF_AKIMAT,
    OF_POLICE,
    POLICE,
    ComplaintScenario,
)
from tests.databases import (
    PostgresServer,
    SharedDatabase,
    as_text,
    shared_file,
    shared_postgres,
    without_threads,
)

_halls = count(1)  # one per conftest.py that imports these fixtures


@pytest.fixture(scope="session")
def cipher() -> Cipher:
    return Cipher.of(make_key())


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    return national_calendar(calendar_facts(load_days_off()))


@pytest.fixture(scope="session")
def whole_registry() -> Registry:
    return load_registry()


async def seed(unit: UnitOfWork, registry: Registry, calendar: WorkCalendar) -> None:
    """Every organisation, two cards, and the calendar."""
    await RegistryRepository(unit.session, ORGANISATIONS).apply(
        registry.organisations, Changes(added=tuple(one.code for one in registry.organisations)), MORNING
    )
    cards = tuple(card for card in registry.cards if card.slug in {OF_POLICE, OF_AKIMAT})
    await RegistryRepository(unit.session, CARDS).apply(
        cards, Changes(added=tuple(card.slug for card in cards)), MORNING
    )
    store = CalendarStore(unit.session)
    await store.lock()
    await store.replace(calendar, 1, MORNING.date(), MORNING)


async def _seeded(url: str, registry: Registry, calendar: WorkCalendar) -> None:
    database = Database(url)
    async with database.unit_of_work() as unit:
        await seed(unit, registry, calendar)
        await unit.commit()
    await database.dispose()


@pytest.fixture(scope="session")
async def sqlite_scenario(
    sqlite_template: Path,
    whole_registry: Registry,
    calendar: WorkCalendar,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A seeded SQLite file, as a template to copy."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("hall") / "hall.sqlite"))
    await _seeded(f"sqlite:///{path}", whole_registry, calendar)
    return path


@pytest.fixture(scope="session")
async def postgres_scenario(
    postgres: PostgresServer, postgres_template: str, whole_registry: Registry, calendar: WorkCalendar
) -> str:
    """A seeded PostgreSQL database, as a template to copy."""
    name = f"qyzmet_hall_{next(_halls)}"
    await postgres.execute(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    await _seeded(as_text(postgres.url.set(database=name)), whole_registry, calendar)
    return name


@pytest.fixture
async def postgres_scenario_url(postgres_scenario: str, postgres: PostgresServer) -> AsyncIterator[str]:
    async with postgres.fresh(postgres_scenario) as url:
        yield url


@pytest.fixture(scope="session")
async def shared_sqlite_scenario(
    sqlite_scenario: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[SharedDatabase]:
    async with shared_file(sqlite_scenario, tmp_path_factory.mktemp("shared_hall")) as shared:
        yield shared


@pytest.fixture(scope="session")
async def shared_postgres_scenario(
    postgres_scenario: str, postgres: PostgresServer
) -> AsyncIterator[SharedDatabase]:
    async with shared_postgres(postgres, postgres_scenario) as shared:
        yield shared


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def shared_scenario(request: pytest.FixtureRequest) -> SharedDatabase:
    found: SharedDatabase = request.getfixturevalue(f"shared_{request.param}_scenario")
    return found


@pytest.fixture
async def scenario_database(shared_scenario: SharedDatabase) -> Database:
    """A seeded database for tests that commit."""
    await shared_scenario.put_back()
    return shared_scenario.database


@pytest.fixture(scope="session")
async def sqlite_rollback_database(sqlite_scenario: Path) -> AsyncIterator[Database]:
    database = without_threads(Database(f"sqlite:///{sqlite_scenario}"))
    yield database
    await database.dispose()


@pytest.fixture(scope="session")
async def postgres_rollback_database(
    postgres_scenario: str, postgres: PostgresServer
) -> AsyncIterator[Database]:
    async with postgres.fresh(postgres_scenario) as url:
        database = Database(url, pool_size=1)
        yield database
        await database.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def rollback_database(request: pytest.FixtureRequest) -> Database:
    """A seeded database shared by tests that do not commit."""
    found: Database = request.getfixturevalue(f"{request.param}_rollback_database")
    return found


@pytest.fixture(scope="session")
def live_calendar() -> LiveCalendar:
    """Read once: tests that share a database never change the calendar."""
    return LiveCalendar(FixedClock(MORNING))


@pytest.fixture
async def scenario(
    rollback_database: Database, cipher: Cipher, live_calendar: LiveCalendar
) -> AsyncIterator[ComplaintScenario]:
    """One rolled-back transaction, like an update: actions write, nothing is committed."""
    async with rollback_database.unit_of_work() as whole:
        unit = JoinedUnitOfWork(whole)
        yield ComplaintScenario(unit=unit, cipher=cipher, calendar=live_calendar, clock=FixedClock(MORNING))


@pytest.fixture
async def open_scenario(scenario_database: Database, cipher: Cipher) -> AsyncIterator[ComplaintScenario]:
    """Opens a scenario whose commits other transactions see."""
    clock = FixedClock(MORNING)
    async with scenario_database.unit_of_work() as unit:
        yield ComplaintScenario(unit=unit, cipher=cipher, calendar=LiveCalendar(clock), clock=clock)


@pytest.fixture
async def police(scenario: ComplaintScenario) -> ComplaintScenario:
    """The police and the Agency's body, connected and staffed."""
    await scenario.connect(POLICE, AGENCY_BODY)
    await scenario.staff()
    return scenario
