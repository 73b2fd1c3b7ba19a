"""Consistent dumps of a database in use, and loading them into a place where nothing is."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, inspect, text

from database.backup.contents import contents_of, contents_of_file, contents_within
from database.backup.manifest import BackupError, Contents
from database.engine import SIDECARS, Database

# What our migrations make, in a database that had no tables
_DROP_ALL = """
DO $$
DECLARE
    one text;
BEGIN
    FOR one IN SELECT format('TABLE %I', tablename) FROM pg_tables WHERE schemaname = current_schema()
        UNION ALL SELECT format('FUNCTION %s', oid::regprocedure) FROM pg_proc
            WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
    LOOP
        EXECUTE format('DROP %s CASCADE', one);
    END LOOP;
END
$$
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshots:
    """`tools` is the folder of pg_dump and pg_restore, None to look on the PATH."""

    tools: Path | None = None

    async def save(self, database: Database, to: Path) -> Contents:
        """Dump a consistent snapshot of the database to the file `to`. Raises BackupError."""
        if not database.is_sqlite:
            return await self._save_postgres(database, to)
        await asyncio.to_thread(_copy_sqlite, file_of(database), to)
        return await asyncio.to_thread(contents_of_file, to)

    @asynccontextmanager
    async def loaded(self, dump: Path, database: Database, saved: Contents) -> AsyncIterator[None]:
        """Load the dump, which must hold what was `saved`. If the block raises, nothing of it remains.

        A SQLite file takes its name at the end of the block; until then it is beside it, where `dump` is.
        """
        if database.is_sqlite:
            _compare(await asyncio.to_thread(contents_of_file, dump), saved)
            yield
            await asyncio.to_thread(_place_sqlite, dump, file_of(database))
            return
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        await self._run(
            "pg_restore", *options, "--dbname", _address(database.url), str(dump), url=database.url
        )
        try:
            _compare(await contents_of(database), saved)
            yield
        except BaseException:
            async with database.engine.begin() as connection:
                await connection.execute(text(_DROP_ALL))
            raise

    async def _save_postgres(self, database: Database, to: Path) -> Contents:
        """Reads the rows in the same snapshot that is dumped."""
        async with database.engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ")
            snapshot = await connection.scalar(text("SELECT pg_export_snapshot()"))
            found = await contents_within(connection)
            options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
            address = ("--dbname", _address(database.url))
            await self._run("pg_dump", *options, "--file", str(to), *address, url=database.url)
        return found

    async def _run(self, tool: str, *arguments: str, url: URL) -> None:
        path = shutil.which(tool, path=None if self.tools is None else str(self.tools))
        if path is None:
            raise BackupError(f"{tool} is not there: install PostgreSQL's client programs")
        password = url.password or url.query.get("password")
        environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})
        process = await asyncio.create_subprocess_exec(
            path, *arguments, env=environment, stderr=asyncio.subprocess.PIPE
        )
        _, stderr = await process.communicate()
        if process.returncode:
            raise BackupError(f"{tool} failed: {stderr.decode(errors='replace').strip()}")


async def check_empty(database: Database) -> None:
    """Raises BackupError unless nothing is at the database's address, not even what a dead process left."""
    if database.is_sqlite:
        check_no_file(file_of(database))
        return
    async with database.engine.connect() as connection:
        if await connection.run_sync(lambda sync: inspect(sync).get_table_names()):
            raise BackupError("the database has tables: a backup is restored into an empty database only")


def check_no_file(path: Path) -> None:
    for one in (path, *(path.with_name(path.name + ending) for ending in SIDECARS)):
        if os.path.lexists(one):  # SQLite would mix what a -wal holds into the restored file
            raise BackupError(f"{one} is there already: a backup is restored into an empty database only")


def _compare(found: Contents, saved: Contents) -> None:
    if found != saved:
        raise BackupError("what was restored is not what was saved: it was removed")


def file_of(database: Database) -> Path:
    if not database.url.database or database.url.database == ":memory:":
        raise BackupError("a database in memory is gone with its process")
    return Path(database.url.database)


def _copy_sqlite(source: Path, to: Path) -> None:
    if not source.exists():
        raise BackupError(f"there is no database {source}")
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(to)) as copy:
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # leaves one self-contained file


def _place_sqlite(source: Path, to: Path) -> None:
    """Give the file its name, which nothing may have taken meanwhile."""
    check_no_file(to)
    to.hardlink_to(source)
    source.unlink()


def _address(url: URL) -> str:
    """Address for PostgreSQL's tools; the password goes through the environment, hidden from other users.

    Raises BackupError for one that PostgreSQL takes from no environment.
    """
    if "sslpassword" in url.query:
        raise BackupError("sslpassword would be seen by everybody on the machine: use a key without one")
    query = {name: value for name, value in url.query.items() if name != "password"}
    plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return plain.render_as_string(hide_password=False)
