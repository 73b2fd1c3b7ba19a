"""Consistent dumps of a database in use, and loading them into a place where nothing is."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, inspect, text

from database.backup.contents import VERSIONS, contents_of, contents_of_file, contents_within, quoted
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
_SET_VERSION = f"INSERT INTO {VERSIONS} (version_num) VALUES (:revision)"  # noqa: S608  # nosec B608
Work = Callable[[Connection], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshots:
    """`tools` is the folder of pg_dump and pg_restore, None to look on the PATH.

    The dump holds the tables `without` as they are made, without rows: `work` reads them in the same
    snapshot, and writes them back when the others are there.
    """

    tools: Path | None = None
    without: Collection[str] = ()

    async def save(self, database: Database, to: Path, work: Work) -> Contents:
        """Dump a consistent snapshot of the database to the file `to`. Raises BackupError."""
        if not database.is_sqlite:
            return await self._save_postgres(database, to, work)
        await asyncio.to_thread(_copy_sqlite, file_of(database), to)
        await asyncio.to_thread(_within_file, to, work)
        await asyncio.to_thread(_empty_tables, to, self.without)
        return await asyncio.to_thread(contents_of_file, to)

    @asynccontextmanager
    async def loaded(
        self, dump: Path, database: Database, saved: Contents, work: Work
    ) -> AsyncIterator[None]:
        """Load the dump, which must hold what was `saved`. If the block raises, nothing of it remains.

        A SQLite file takes its name at the end of the block; until then it is beside it, where `dump` is.
        """
        if database.is_sqlite:
            _compare(await asyncio.to_thread(contents_of_file, dump), saved)
            await asyncio.to_thread(_within_file, dump, work)
            yield
            await asyncio.to_thread(_place_sqlite, dump, file_of(database))
            return
        try:
            await self._load_postgres(dump, database, saved, work)
            yield
        except BaseException:
            async with database.engine.begin() as connection:
                await connection.execute(text(_DROP_ALL))
            raise

    async def _save_postgres(self, database: Database, to: Path, work: Work) -> Contents:
        """Reads the rows in the same snapshot that is dumped."""
        async with database.engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ")
            snapshot = await connection.scalar(text("SELECT pg_export_snapshot()"))
            found = await contents_within(connection, self.without)
            await connection.run_sync(work)
            options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
            left_out = (f"--exclude-table-data={name}" for name in (*self.without, VERSIONS))
            address = ("--dbname", _address(database.url))
            await self._run("pg_dump", *options, *left_out, "--file", str(to), *address, url=database.url)
        return found

    async def _load_postgres(self, dump: Path, database: Database, saved: Contents, work: Work) -> None:
        """Tables and rows, people's rows, then keys and triggers. The migration comes last: no program starts
        on half of a database.
        """
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        source = ("--dbname", _address(database.url), str(dump))
        rows, rules = ("--section=pre-data", "--section=data"), ("--section=post-data",)
        await self._run("pg_restore", *options, *rows, *source, url=database.url)
        _compare(replace(await contents_of(database), revision=saved.revision), saved)
        async with database.engine.begin() as connection:
            await connection.run_sync(work)
        await self._run("pg_restore", *options, *rules, *source, url=database.url)
        async with database.engine.begin() as connection:
            await connection.execute(text(_SET_VERSION), {"revision": saved.revision})

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


def check_there(database: Database) -> None:
    """Raises BackupError where SQLite would make an empty file."""
    if database.is_sqlite and not file_of(database).exists():
        raise BackupError(f"there is no database {file_of(database)}")


def _copy_sqlite(source: Path, to: Path) -> None:
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(to)) as copy:
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # leaves one self-contained file


def _within_file(path: Path, work: Work) -> None:
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.begin() as connection:
            work(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise BackupError(f"rows of {broken[0]} belong to rows that are not there")
    finally:
        engine.dispose()


def _empty_tables(path: Path, names: Collection[str]) -> None:
    """Nothing of the rows stays in the file."""
    with closing(sqlite3.connect(path)) as connection:
        for name in names:
            connection.execute(f"DELETE FROM {quoted(name)}")  # noqa: S608  # nosec B608  names of ours
        connection.commit()
        connection.execute("VACUUM")


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
