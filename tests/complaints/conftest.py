"""A hall with its organisations, cards and working days; nobody in it is connected yet."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL

from accounts.cipher import Cipher, make_key
from database.engine import Database
from database.unit_of_work import JoinedUnitOfWork, UnitOfWork
from deadlines.calendar import WorkCalendar
from deadlines.clock import FixedClock
from deadlines.national import national_calendar
from deadlines.queries import LiveCalendar
from deadlines.store import CalendarStore
from notifications.deadline_data import calendar_facts
from registry_data.contents import Changes, Registry, load_registry
from registry_data.days_off import load_days_off
from registry_data.store import CARDS, ORGANISATIONS, ShelfStore
from tests.complaints.hall import MORNING, OF_AKIMAT, OF_POLICE, Hall
from tests.conftest import execute, fresh_postgres

_halls = count(1)  # one for each conftest.py that imports these fixtures


@pytest.fixture(scope="session")
def cipher() -> Cipher:
    return Cipher.of(make_key())


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    return national_calendar(calendar_facts(load_days_off()))


@pytest.fixture(scope="session")
def whole_registry() -> Registry:
    return load_registry()


async def furnish(unit: UnitOfWork, registry: Registry, calendar: WorkCalendar) -> None:
    """Every organisation, two cards, and the calendar."""
    await ShelfStore(unit.session, ORGANISATIONS).apply(
        registry.organisations, Changes(added=tuple(one.code for one in registry.organisations)), MORNING
    )
    cards = tuple(card for card in registry.cards if card.slug in {OF_POLICE, OF_AKIMAT})
    await ShelfStore(unit.session, CARDS).apply(
        cards, Changes(added=tuple(card.slug for card in cards)), MORNING
    )
    store = CalendarStore(unit.session)
    await store.lock()
    await store.replace(calendar, 1, MORNING.date(), MORNING)


async def _furnished(url: str, registry: Registry, calendar: WorkCalendar) -> None:
    database = Database(url)
    async with database.unit_of_work() as unit:
        await furnish(unit, registry, calendar)
        await unit.commit()
    await database.dispose()


@pytest.fixture(scope="session")
def sqlite_hall(
    sqlite_template: Path,
    whole_registry: Registry,
    calendar: WorkCalendar,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A furnished file, to be copied."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("hall") / "hall.sqlite")
    asyncio.run(_furnished(f"sqlite:///{path}", whole_registry, calendar))
    return path


@pytest.fixture(scope="session")
def postgres_hall(
    postgres_server: URL, postgres_template: URL, whole_registry: Registry, calendar: WorkCalendar
) -> URL:
    """A furnished database, to be copied."""
    name = f"qyzmet_hall_{next(_halls)}"
    asyncio.run(execute(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template.database}"))
    address = postgres_server.set(database=name)
    asyncio.run(_furnished(address.render_as_string(hide_password=False), whole_registry, calendar))
    return address


@pytest.fixture
def sqlite_hall_url(sqlite_hall: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_hall, tmp_path / 'hall.sqlite')}"


@pytest.fixture
def postgres_hall_url(postgres_hall: URL, postgres_server: URL) -> Iterator[str]:
    yield from fresh_postgres(postgres_server, str(postgres_hall.database))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def hall_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_hall_url"))


@pytest.fixture
async def hall_database(hall_url: str) -> AsyncIterator[Database]:
    database = Database(hall_url, pool_size=10)
    yield database
    await database.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def shared_url(request: pytest.FixtureRequest) -> str:
    """A furnished database that no test commits to."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('sqlite_hall')}"
    address: URL = request.getfixturevalue("postgres_hall")
    return address.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def live_calendar() -> LiveCalendar:
    """Read once: no test that shares a database changes it."""
    return LiveCalendar(FixedClock(MORNING))


@pytest.fixture
async def hall(shared_url: str, cipher: Cipher, live_calendar: LiveCalendar) -> AsyncIterator[Hall]:
    """As within an update: actions write, the whole never commits, and the next test finds nothing."""
    clock = FixedClock(MORNING)
    database = Database(shared_url, pool_size=1)
    async with database.unit_of_work() as whole:
        unit = JoinedUnitOfWork(whole)
        yield Hall(unit=unit, cipher=cipher, calendar=live_calendar, clock=clock)
    await database.dispose()


@pytest.fixture
async def open_hall(hall_database: Database, cipher: Cipher) -> AsyncIterator[Hall]:
    """A hall of the test's own: what it commits, others see."""
    clock = FixedClock(MORNING)
    async with hall_database.unit_of_work() as unit:
        yield Hall(unit=unit, cipher=cipher, calendar=LiveCalendar(clock), clock=clock)
