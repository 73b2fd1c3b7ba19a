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
    """Parse `sqlite:///path` or `postgresql://…` and set the asynchronous driver.

    Raises ValueError for any other database.
    """
    parsed = make_url(url)
    driver = _DRIVERS.get(parsed.drivername.partition("+")[0])
    if driver is None:
        raise ValueError(f"neither SQLite nor PostgreSQL: {parsed.drivername}")
    return parsed.set(drivername=driver)


class Database:
    """A database address, its connection pool, and its units of work.

    `pool_size` is the maximum number of PostgreSQL connections: an update being handled holds one, and so
    does a chat being sent to. The pool is last in, first out, so that a few connections stay warm, with their
    prepared statements and plans. SQLite has one writer at a time: units of work wait for a lock instead of
    failing with "database is locked".
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
        """A read session; writes are lost unless the caller commits."""
        return self.sessions()

    def unit_of_work(self) -> UnitOfWork:
        """A transaction that may write; inside an update use the update's own."""
        return UnitOfWork(self._writers, self._write_lock)

    def single_statement(self) -> UnitOfWork:
        """A unit of work for one statement: PostgreSQL autocommits it, which saves the round trips of BEGIN
        and COMMIT. A failing statement leaves nothing behind, even if it writes several rows.
        """
        return UnitOfWork(self._singles, self._write_lock)

    async def dispose(self) -> None:
        await self.engine.dispose()

    def _writing_engine(self) -> AsyncEngine:
        # SQLite refuses a deferred transaction that reads before it writes if another one wrote meanwhile
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
    connection.isolation_level = None  # the driver would BEGIN too late, and never before a SELECT
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # Deleted texts are private: freed pages must not keep them
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))
