"""What a database holds: its migration, and of each table the number of rows and their digest.

A digest is the sum of the digests of its rows: collations, which decide an order, differ between servers.
"""

import hashlib
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from database.backup.manifest import BackupError, Contents
from database.engine import Database

VERSIONS = "alembic_version"
_SQLITE_TABLES = (
    r"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'"
)
_POSTGRES_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
_MODULUS = 2**256


@dataclass(slots=True)
class _Table:
    rows: int = 0
    total: int = 0

    def add(self, rows: Iterable[str]) -> None:
        for row in rows:
            digest = hashlib.sha256(row.encode("utf-8", "surrogatepass")).digest()
            self.total = (self.total + int.from_bytes(digest)) % _MODULUS
            self.rows += 1


async def contents_of(database: Database) -> Contents:
    """What is committed in a PostgreSQL database."""
    async with database.engine.connect() as connection:
        return await contents_within(connection)


async def contents_within(connection: AsyncConnection, without: Collection[str] = ()) -> Contents:
    """What a transaction on PostgreSQL sees; of tables `without` rows only that they are there.

    A row's text is the server's own, with times in UTC.
    """
    await connection.execute(text("SET LOCAL timezone = 'UTC'"))
    names = (await connection.execute(text(_POSTGRES_TABLES))).scalars().all()
    tables = {str(name): _Table() for name in sorted(names)}
    for name, table in tables.items():
        if name in without:
            continue
        rows = await connection.stream(text(f"SELECT t::text FROM {quoted(name)} AS t"))  # noqa: S608  # nosec B608
        async for batch in rows.scalars().partitions(1_000):
            table.add(batch)
    revision = await connection.scalar(text(_REVISION)) if VERSIONS in tables else None
    return _contents(tables, revision)


def contents_of_file(path: Path) -> Contents:
    """What a SQLite file holds. Raises BackupError if it is damaged."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.text_factory = bytes  # a digest asks for no valid text
            tables = {str(name, "utf-8"): _Table() for (name,) in connection.execute(_SQLITE_TABLES)}
            for name, table in sorted(tables.items()):
                table.add(map(repr, connection.execute(f"SELECT * FROM {quoted(name)}")))  # noqa: S608  # nosec B608
            found = connection.execute(_REVISION).fetchone() if VERSIONS in tables else None
    except sqlite3.DatabaseError as error:
        raise BackupError("the database of the backup is damaged") from error
    return _contents(tables, str(found[0], "utf-8") if found else None)


_REVISION = f"SELECT version_num FROM {VERSIONS}"  # noqa: S608  # nosec B608


def _contents(tables: dict[str, _Table], revision: object) -> Contents:
    own = {name: table for name, table in sorted(tables.items()) if name != VERSIONS}
    return Contents(
        revision=str(revision or ""),
        rows={name: table.rows for name, table in own.items()},
        digests={name: f"{table.total:064x}" for name, table in own.items()},
    )


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
