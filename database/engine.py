"""The shared database and its units of work: SQLite for one process, PostgreSQL for many.

A unit of work is one transaction, rolled back unless committed; `@atomic` actions are its parts.
"""

import asyncio
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import URL, Connection, StaticPool, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine


class RefusedButKeptError(Exception):
    """Raised by an action that refuses but keeps what it wrote so far; the caller gets `refusal`."""

    def __init__(self, refusal: Exception) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


class UnitOfWork:
    """One session and one transaction, rolled back on exit unless committed.

    Stores use `uow.session` and never commit. Actions are `@atomic` and commit by returning. `write_lock` is
    held from entry to exit on databases with a single writer.
    """

    session: AsyncSession

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], write_lock: asyncio.Lock | None = None
    ) -> None:
        self._sessions = sessions
        self._write_lock = write_lock
        self._depth = 0

    async def __aenter__(self) -> Self:
        if self._write_lock is not None:
            await self._write_lock.acquire()
        self.session = self._sessions()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self.session.close()
        finally:
            if self._write_lock is not None:
                self._write_lock.release()

    @asynccontextmanager
    async def atomic(self) -> AsyncIterator[None]:
        """A savepoint: writes stay when the block ends and roll back when it raises.

        Every action has one, nested actions too; the outermost commits the unit. After RefusedButKeptError
        the writes stay and its refusal is raised.
        """
        refusal: Exception | None = None
        self._depth += 1
        try:
            async with self.session.begin_nested():
                try:
                    yield
                except RefusedButKeptError as kept:
                    refusal = kept.refusal
        finally:
            self._depth -= 1
        if not self._depth:
            await self.commit()
        if refusal is not None:
            raise refusal

    async def commit(self) -> None:
        """Raises RuntimeError inside an action, which commits when it returns."""
        if self._depth:
            raise RuntimeError("an action is committed when it returns")
        await self._commit()

    async def _commit(self) -> None:
        await self.session.commit()


class JoinedUnitOfWork(UnitOfWork):
    """Part of a larger unit of work: `commit` only flushes, the owner commits.

    Actions inside an update get this one: their changes, the dialog state, the answer and the inbox mark are
    committed together or not at all.
    """

    def __init__(self, whole: UnitOfWork) -> None:
        self.session = whole.session
        self._depth = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Does nothing: the owner closes the session."""

    async def _commit(self) -> None:
        await self.session.flush()


P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")


def atomic(
    method: Callable[Concatenate[S, P], Awaitable[T]],
) -> Callable[Concatenate[S, P], Awaitable[T]]:
    """Run the method in a savepoint of its unit of work: `self.unit`, or `self.context.unit`.

    The outermost action commits when it returns. See UnitOfWork.atomic.
    """

    @wraps(method)
    async def in_savepoint(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        async with unit_of(self).atomic():
            return await method(self, *args, **kwargs)

    return in_savepoint


def unit_of(action: Any) -> UnitOfWork:
    unit: UnitOfWork = action.unit if hasattr(action, "unit") else action.context.unit
    return unit


SIDECARS = ("-wal", "-shm", "-journal")
_OWNER_ONLY = 0o600
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
    event.listen(engine.sync_engine, "do_connect", _keep_private)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _keep_private(_dialect: Any, _record: Any, arguments: list[Any], _named: dict[str, Any]) -> None:
    """The file is its owner's alone before anything is in it; SQLite makes -wal and -shm like the file."""
    name = str(arguments[0])
    path = Path(name)
    if name == ":memory:" or name.startswith("file:") or not path.parent.is_dir():
        return  # SQLite says itself that there is no such folder
    if not path.exists():
        path.touch(_OWNER_ONLY)
    for one in (path, *(path.with_name(path.name + ending) for ending in SIDECARS)):
        with suppress(FileNotFoundError, PermissionError):  # one of another owner is the operator's matter
            if stat.S_IMODE(one.stat().st_mode) != _OWNER_ONLY:
                one.chmod(_OWNER_ONLY)


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
