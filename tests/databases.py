"""Databases that one test after the other has to itself: each is a copy of a template, and keeps its engine.

An engine's compiled statements cost more than most tests; with the engine they are kept.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, text

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
    shared = SharedFile(database=Database(f"sqlite:///{folder / 'shared.sqlite3'}"), template=template)
    yield shared
    await shared.database.dispose()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPostgres:
    server: PostgresServer
    database: Database
    template: str

    async def put_back(self) -> None:
        await self.database.dispose()
        name = self.database.url.database
        await self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await self.server.execute(f"CREATE DATABASE {name} TEMPLATE {self.template}")


@asynccontextmanager
async def shared_postgres(server: PostgresServer, template: str) -> AsyncIterator[SharedPostgres]:
    address = as_text(server.url.set(database=f"shared_{next(_numbers)}"))
    database = Database(address, pool_size=POOL_SIZE)
    yield SharedPostgres(server=server, database=database, template=template)
    await database.dispose()


def as_text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
