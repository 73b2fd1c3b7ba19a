"""The shared database: SQLite for one process, PostgreSQL for many."""

import asyncio
from typing import Any

from sqlalchemy import URL, Connection, StaticPool, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from database.unit_of_work import UnitOfWork

BUSY_TIMEOUT_MS = 10_000
CONNECTION_LIFE_S = 1_800
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


def normalise(url: str) -> URL:
    """The address with the asynchronous driver in it: `sqlite:///path`, `postgresql://…`.

    Raises ValueError for a database that is neither SQLite nor PostgreSQL.
    """
    parsed = make_url(url)
    driver = _DRIVERS.get(parsed.drivername.partition("+")[0])
    if driver is None:
        raise ValueError(f"neither SQLite nor PostgreSQL: {parsed.drivername}")
    return parsed.set(drivername=driver)


class Database:
    """One address, its pool of connections, and units of work on it.

    `pool_size` is the number of PostgreSQL connections at most: an update being handled holds one, so does a
    chat being sent to. The last one given back is taken next: few are busy, and they know the statements and
    their plans. SQLite has one writer at a time, behind a lock of ours: units of work wait their turn instead
    of ending in "database is locked".
    """

    def __init__(self, url: str, *, pool_size: int = 40) -> None:
        self.url = normalise(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url, pool_size)
        self.sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._writers = async_sessionmaker(self._writing_engine(), expire_on_commit=False)
        self._singles = async_sessionmaker(self._single_engine(), expire_on_commit=False)
        self._write_lock = asyncio.Lock() if self.is_sqlite else None

    def session(self) -> AsyncSession:
        """A session to read with; what it writes is lost unless the caller commits."""
        return self.sessions()

    def unit_of_work(self) -> UnitOfWork:
        """A transaction that may write; inside an update use the update's own."""
        return UnitOfWork(self._writers, self._write_lock)

    def single_statement(self) -> UnitOfWork:
        """A unit of work of one statement: PostgreSQL commits it by itself, without the two round trips of a
        BEGIN and a COMMIT. What fails leaves nothing behind, be it of several rows.
        """
        return UnitOfWork(self._singles, self._write_lock)

    async def dispose(self) -> None:
        await self.engine.dispose()

    def _writing_engine(self) -> AsyncEngine:
        # A deferred SQLite transaction that reads before it writes is refused if another wrote meanwhile
        return (
            self.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE") if self.is_sqlite else self.engine
        )

    def _single_engine(self) -> AsyncEngine:
        if self.is_sqlite:
            return self._writing_engine()
        return self.engine.execution_options(isolation_level="AUTOCOMMIT")


def _postgres_engine(url: URL, pool_size: int) -> AsyncEngine:
    return create_async_engine(
        url, pool_size=pool_size, max_overflow=0, pool_recycle=CONNECTION_LIFE_S, pool_use_lifo=True
    )


def _sqlite_engine(url: URL) -> AsyncEngine:
    options: dict[str, Any] = {"poolclass": StaticPool} if url.database in {None, "", ":memory:"} else {}
    engine = create_async_engine(url, **options)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late and never before a SELECT
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(
        "PRAGMA secure_delete = ON"
    )  # what was emptied is somebody's letter: no freed page keeps it
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))
