"""Databases that one test after the other has to itself: each is a copy of a template, and keeps its engine.

An engine's compiled statements cost more than most tests; with the engine they are kept.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import URL, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from database.engine import Database, normalise

POOL_SIZE = 20
_numbers = count(1)


class SharedDatabase(Protocol):
    """`database` is its template again after `put_back`."""

    @property
    def database(self) -> Database: ...

    async def put_back(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFile:
    database: Database
    template: Path

    async def put_back(self) -> None:
        await asyncio.to_thread(restore, self.template, Path(str(self.database.url.database)))


@asynccontextmanager
async def shared_file(template: Path, folder: Path) -> AsyncIterator[SharedFile]:
    database = without_threads(Database(f"sqlite:///{folder / 'shared.sqlite3'}"))
    yield SharedFile(database=database, template=template)
    await database.dispose()


def without_threads(database: Database) -> Database:
    """SQLite answers in the loop's own thread: waking another one costs more than most statements.

    Only for a file that one `Database` writes: a lock that another one held would stop the loop.
    """
    engine = database.engine.sync_engine
    event.listen(engine, "do_connect", _allow_every_thread)
    event.listen(engine, "connect", _answer_at_once, insert=True)
    return database


def _allow_every_thread(_dialect: Any, _record: Any, _given: Any, named: dict[str, Any]) -> None:
    named["check_same_thread"] = False


def _answer_at_once(connection: Any, _record: Any) -> None:
    async def execute(function: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return function(*given, **named)

    connection.driver_connection._execute = execute
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")  # no test pulls the plug of this one
    cursor.close()


def restore(template: Path, target: Path) -> None:
    """Make the SQLite file `target` what `template` is, also while others have it open."""
    with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(target, timeout=30)) as into:
        source.backup(into)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresServer:
    """One connection that makes and drops databases."""

    url: URL
    admin: Database = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "admin", Database(as_text(self.url), pool_size=1))

    async def execute(self, statement: str) -> None:
        engine = self.admin.engine.execution_options(isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(statement))

    @asynccontextmanager
    async def fresh(self, template: str) -> AsyncIterator[str]:
        """The address of a copy of `template`, dropped at the end."""
        name = f"test_{next(_numbers)}"
        await self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield as_text(normalise(as_text(self.url.set(database=name))))
        finally:
            await self.execute(f"DROP DATABASE {name} WITH (FORCE)")


# A session that a failed test left open is not waited for; triggers, which keep the rows of a trail, are off.
EMPTY_TABLES = """
DO $$
DECLARE
    name text;
    filled text[] := '{{}}';
    holds boolean;
BEGIN
    SET LOCAL lock_timeout = '2s';
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> ALL ('{{{kept}}}')
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO holds;
        IF holds THEN filled := filled || quote_ident(name); END IF;
    END LOOP;
    IF cardinality(filled) > 0 THEN
        EXECUTE 'TRUNCATE ' || array_to_string(filled, ', ') || ' CASCADE';
    END IF;
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
        FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename <> ALL ('{{{kept}}}');
END $$
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
# A row that was written has a higher xmin than those of the template; one that was deleted is not counted.
ROWS = "SELECT '{table}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {table}"
SEQUENCES = "SELECT sequencename, last_value, 0 FROM pg_sequences WHERE last_value IS NOT NULL"
Contents = tuple[tuple[str, int, int], ...]


@dataclass(slots=True, kw_only=True)
class SharedPostgres:
    """What a test wrote is taken out again, which costs less than a copy; a changed template is copied."""

    server: PostgresServer
    database: Database
    template: str
    _template_holds: Contents | None = None

    async def put_back(self) -> None:
        if self._template_holds is None or not await self._emptied(self._template_holds):
            await self._copy()

    async def _emptied(self, template_holds: Contents) -> bool:
        """Whether the database is the template again."""
        kept = ",".join(name for name, *_ in template_holds)
        try:
            async with self.database.engine.begin() as connection:
                await connection.execute(text(EMPTY_TABLES.format(kept=kept)))
                return await _contents(connection) == template_holds
        except DBAPIError:
            return False

    async def _copy(self) -> None:
        await self.database.dispose()
        name = self.database.url.database
        await self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await self.server.execute(f"CREATE DATABASE {name} TEMPLATE {self.template}")
        async with self.database.engine.connect() as connection:
            self._template_holds = await _contents(connection)


async def _contents(connection: AsyncConnection) -> Contents:
    """The tables and sequences that hold something, and signs of what they hold."""
    tables = (await connection.scalars(text(TABLES))).all()
    asked = " UNION ALL ".join([*(ROWS.format(table=table) for table in tables), SEQUENCES])
    found = await connection.execute(text(asked))
    return tuple(sorted((name, held, sign) for name, held, sign in found if held))


@asynccontextmanager
async def shared_postgres(server: PostgresServer, template: str) -> AsyncIterator[SharedPostgres]:
    address = as_text(server.url.set(database=f"shared_{next(_numbers)}"))
    database = Database(address, pool_size=POOL_SIZE)
    yield SharedPostgres(server=server, database=database, template=template)
    await database.dispose()


def as_text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
