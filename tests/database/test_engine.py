"""URLs, units of work, and SQLite's single writer."""

import asyncio
import os
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import IntegrityError

from database.engine import Database, JoinedUnitOfWork, UnitOfWork, normalise
from kernel.clock import FixedClock
from messaging.inbox.tables import InboxRow


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///talk.sqlite", "sqlite+aiosqlite:///talk.sqlite"),
        ("sqlite+aiosqlite:///talk.sqlite", "sqlite+aiosqlite:///talk.sqlite"),
        ("postgresql://q@host/base", "postgresql+asyncpg://q@host/base"),
        ("postgres://q@host/base", "postgresql+asyncpg://q@host/base"),  # as hosting panels write it
        ("postgresql+psycopg2://q@host/base", "postgresql+asyncpg://q@host/base"),
        ("postgresql://q@/base?host=/run/pg", "postgresql+asyncpg://q@/base?host=%2Frun%2Fpg"),
    ],
)
def test_url_gets_the_async_driver(url: str, expected: str):
    assert normalise(url).render_as_string() == expected


def test_unknown_engine_is_rejected():
    with pytest.raises(ValueError, match="mysql"):
        Database("mysql://host/base")


async def _add(work: UnitOfWork, update_id: int, clock: FixedClock) -> None:
    row = {"update_id": update_id, "chat_id": 1, "payload": "{}", "received_at": clock.now()}
    await work.session.execute(insert(InboxRow).values(row))


async def _count(database: Database) -> int:
    async with database.session() as session:
        return await session.scalar(select(func.count()).select_from(InboxRow)) or 0


async def test_uncommitted_work_is_rolled_back(database: Database, clock: FixedClock):
    async with database.unit_of_work() as work:
        await _add(work, 1, clock)
    assert await _count(database) == 0


async def test_committed_work_is_stored(database: Database, clock: FixedClock):
    async with database.unit_of_work() as work:
        await _add(work, 1, clock)
        await work.commit()
    assert await _count(database) == 1


async def test_single_statement_is_atomic(database: Database, clock: FixedClock):
    rows = [{"update_id": one, "chat_id": 1, "payload": "{}", "received_at": clock.now()} for one in (1, 2)]
    async with database.single_statement() as work:
        await work.session.execute(insert(InboxRow.__table__), rows)
        await work.commit()
    assert await _count(database) == 2
    twice = [{**rows[0], "update_id": one} for one in (3, 2)]
    async with database.single_statement() as work:
        with pytest.raises(IntegrityError):
            await work.session.execute(insert(InboxRow.__table__), twice)
    assert await _count(database) == 2


async def test_single_statement_autocommits_on_postgresql(postgres_url: str, clock: FixedClock):
    database = Database(postgres_url, pool_size=2)
    try:
        async with database.single_statement() as work:
            await _add(work, 1, clock)
            assert await _count(database) == 1
        for number in (2, 3):  # the same two connections, back from the pool
            async with database.unit_of_work() as work:
                await _add(work, number, clock)
                assert await _count(database) == 1
        assert await _count(database) == 1
    finally:
        await database.dispose()


async def test_joined_unit_of_work_commits_nothing_itself(database: Database, clock: FixedClock):
    async with database.unit_of_work() as whole:
        part = JoinedUnitOfWork(whole)
        async with part:
            await _add(part, 1, clock)
            await part.commit()
        assert await _count(database) == 0
        await whole.commit()
    assert await _count(database) == 1


async def test_concurrent_read_then_write_succeeds(database: Database, clock: FixedClock):
    async def read_then_write(number: int) -> None:
        async with database.unit_of_work() as work:
            await work.session.scalar(select(func.count()).select_from(InboxRow))
            await asyncio.sleep(0)
            await _add(work, number, clock)
            await work.commit()

    async with asyncio.TaskGroup() as group:
        for number in range(30):
            group.create_task(read_then_write(number))
    assert await _count(database) == 30


async def test_sqlite_uses_foreign_keys_and_wal(sqlite_database: Database):
    async with sqlite_database.session() as session:
        assert await session.scalar(text("PRAGMA foreign_keys")) == 1
        assert await session.scalar(text("PRAGMA journal_mode")) == "wal"


async def test_datetimes_are_aware_and_in_utc(database: Database, clock: FixedClock):
    async with database.unit_of_work() as work:
        await _add(work, 1, clock)
        await work.commit()
    async with database.session() as session:
        assert await session.scalar(select(InboxRow.received_at)) == clock.now()


def open_to_all(folder: Path) -> None:
    for one in folder.iterdir():
        one.chmod(0o644)


def modes(folder: Path) -> list[int]:
    return [one.stat().st_mode & 0o777 for one in folder.iterdir()]


async def test_sqlite_file_and_sidecars_are_their_owners_alone(tmp_path: Path):
    """A new file is private before anything is in it, one of an earlier version from the next start."""
    path = tmp_path / "talk.sqlite3"
    before = os.umask(0o022)
    try:
        for is_old in (False, True):
            if is_old:
                open_to_all(tmp_path)
            database = Database(f"sqlite:///{path}")
            async with database.unit_of_work() as work:
                await work.session.execute(text("CREATE TABLE IF NOT EXISTS words (word)"))
                await work.session.execute(text("INSERT INTO words VALUES ('a')"))
                await work.commit()
                assert modes(tmp_path) == [0o600, 0o600, 0o600]
            await database.dispose()
            path.with_name("talk.sqlite3-wal").touch()  # as a dead process leaves it
    finally:
        os.umask(before)
