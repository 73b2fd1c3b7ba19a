"""Consistent dumps of a database in use, and loading them."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, Connection, MetaData, func, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from database.backup.manifest import BackupError
from database.engine import Database

VERSIONS = "alembic_version"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """The migration of a database and the row count of each table."""

    revision: str
    rows: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshots:
    """`tools` is the folder of pg_dump and pg_restore, None to look on the PATH."""

    tools: Path | None = None

    async def save(self, database: Database, to: Path) -> RowCounts:
        """Dump a consistent snapshot of the database to the file `to`. Raises BackupError."""
        if not database.is_sqlite:
            return await self._save_postgres(database, to)
        await asyncio.to_thread(_copy_sqlite, _file_of(database), to)
        copy = Database(f"sqlite:///{to}")
        try:
            return await count_rows(copy)
        finally:
            await copy.dispose()
            _delete_journal(to)

    async def load(self, source: Path, database: Database) -> RowCounts:
        """Load the dump `source` into an empty `database`. Raises BackupError."""
        if database.is_sqlite:
            await asyncio.to_thread(_place_sqlite, source, _file_of(database))
        else:
            await _check_empty(database)
            options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
            await self._run(
                "pg_restore", *options, "--dbname", _address(database.url), str(source), url=database.url
            )
        return await count_rows(database)

    async def _save_postgres(self, database: Database, to: Path) -> RowCounts:
        """Counts the rows in the same snapshot that is dumped."""
        async with database.engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ")
            snapshot = await connection.scalar(text("SELECT pg_export_snapshot()"))
            found = await _count_all(connection)
            options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
            address = ("--dbname", _address(database.url))
            await self._run("pg_dump", *options, "--file", str(to), *address, url=database.url)
        return found

    async def _run(self, tool: str, *arguments: str, url: URL) -> None:
        path = shutil.which(tool, path=None if self.tools is None else str(self.tools))
        if path is None:
            raise BackupError(f"{tool} is not there: install PostgreSQL's client programs")
        environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
        process = await asyncio.create_subprocess_exec(
            path, *arguments, env=environment, stderr=asyncio.subprocess.PIPE
        )
        _, stderr = await process.communicate()
        if process.returncode:
            raise BackupError(f"{tool} failed: {stderr.decode(errors='replace').strip()}")


async def count_rows(database: Database) -> RowCounts:
    async with database.engine.connect() as connection:
        return await _count_all(connection)


async def is_empty(database: Database) -> bool:
    async with database.engine.connect() as connection:
        return not await connection.run_sync(lambda sync: inspect(sync).get_table_names())


async def _count_all(connection: AsyncConnection) -> RowCounts:
    return await connection.run_sync(_count)


def _count(connection: Connection) -> RowCounts:
    tables = MetaData()
    tables.reflect(connection)
    rows = {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables.sorted_tables
        if table.name != VERSIONS
    }
    known = VERSIONS in tables.tables
    revision = connection.scalar(select(tables.tables[VERSIONS].c.version_num)) if known else None
    return RowCounts(revision=str(revision or ""), rows=rows)


def _copy_sqlite(source: Path, to: Path) -> None:
    if not source.exists():
        raise BackupError(f"there is no database {source}")
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(to)) as copy:
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # leaves one self-contained file


def _place_sqlite(source: Path, to: Path) -> None:
    if to.exists():
        raise BackupError(f"{to} is there already: a backup is restored into an empty database only")
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, to)
    to.chmod(0o600)


async def _check_empty(database: Database) -> None:
    if not await is_empty(database):
        raise BackupError("the database has tables: a backup is restored into an empty database only")


def _delete_journal(path: Path) -> None:
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _file_of(database: Database) -> Path:
    if not database.url.database or database.url.database == ":memory:":
        raise BackupError("a database in memory is gone with its process")
    return Path(database.url.database)


def _address(url: URL) -> str:
    """Address for PostgreSQL's tools; the password goes through the environment, hidden from other users."""
    plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return plain.render_as_string(hide_password=False)
