"""Every migration runs down and up with a row in each table and deletes no row needlessly."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, func, insert, inspect, select, table
from sqlalchemy import types as sql

from database.engine import Database
from database.upgrade import downgrade, upgrade

VERSIONS = "alembic_version"
VALUES: tuple[tuple[type[Any], Any], ...] = (
    (sql.JSON, {}),
    (sql.Boolean, False),
    (sql.DateTime, datetime(2026, 3, 19, tzinfo=UTC)),
    (sql.Date, date(2026, 3, 19)),
    (sql.Time, time(9)),
    (sql.Integer, 1),
    (sql.Numeric, 1),
    (sql.LargeBinary, b"x"),
    (sql.String, "x"),
)


def revisions() -> list[str]:
    """The migrations' numbers, first to last."""
    config = Config()
    config.set_main_option("script_location", "database:migrations")
    config.set_main_option("path_separator", "os")
    return [one.revision for one in reversed(list(ScriptDirectory.from_config(config).walk_revisions()))]


def value_of(column: Column[Any], *, is_sqlite: bool) -> Any:
    value = next((value for kind, value in VALUES if isinstance(column.type, kind)), None)
    assert value is not None, f"no value is known for {column.type!r}"
    return value.replace(tzinfo=None) if is_sqlite and isinstance(value, datetime) else value


def fill(connection: Connection) -> None:
    """Insert a row into each empty table; foreign keys refer to existing rows."""
    is_sqlite = connection.dialect.name == "sqlite"
    empty = [name for name, rows in count(connection).items() if not rows]
    metadata = MetaData()
    metadata.reflect(connection, only=empty)
    for one in metadata.sorted_tables:
        if one.name not in empty:
            continue  # another row refers to it
        values = {column.name: value_of(column, is_sqlite=is_sqlite) for column in one.columns}
        connection.execute(insert(one).values(values))
    connection.commit()


def count(connection: Connection) -> dict[str, int]:
    names = [name for name in inspect(connection).get_table_names() if name != VERSIONS]
    return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Database]:
    database = Database(empty_url)
    yield database
    await database.dispose()


async def on(database: Database, work: Callable[[Connection], Any]) -> Any:
    async with database.engine.connect() as connection:
        return await connection.run_sync(work)


@pytest.mark.long
async def test_each_migration_preserves_data_up_and_down(empty: Database):
    numbers = revisions()
    for number in numbers:  # up, with rows in the tables
        before = await on(empty, count) if number != numbers[0] else {}
        await upgrade(empty, number)
        after = await on(empty, count)
        assert {name: rows for name, rows in after.items() if name in before} == before
        await on(empty, fill)
    whole = await on(empty, count)
    assert {name for name, rows in whole.items() if rows != 1} == {"log_actors"}  # one of each log
    for number in [*reversed(numbers[:-1]), "base"]:  # and down
        before = await on(empty, count)
        await downgrade(empty, number)
        left = await on(empty, count)
        assert {name: rows for name, rows in before.items() if name in left} == left
    assert await on(empty, count) == {}
    await upgrade(empty)
    assert set(await on(empty, count)) == set(whole)
