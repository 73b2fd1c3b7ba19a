"""The migrations lead to the models, on both databases, up and down."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from database.engine import Database
from database.upgrade import differences, downgrade, newest_revision, upgrade
from tools.migrate import VERSIONS, import_every_table, next_number


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


async def _tables(database: Database) -> set[str]:
    async with database.engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    return set(names) - {"alembic_version"}


def test_a_new_migration_takes_a_number_that_no_other_has():
    assert list(VERSIONS.glob(f"*_{next_number()}_*.py")) == []


def test_newest_revision_is_the_head_that_alembic_finds():
    assert newest_revision() == ScriptDirectory(str(VERSIONS.parent)).get_current_head()


async def test_migrations_match_the_models(empty: Database):
    import_every_table()
    await upgrade(empty)
    assert await differences(empty) == []


async def test_downgrade_drops_all_tables_and_upgrade_restores(empty: Database):
    await upgrade(empty)
    before = await _tables(empty)
    await downgrade(empty, "base")
    assert await _tables(empty) == set()
    await upgrade(empty)
    assert await _tables(empty) == before
    assert {"inbox", "outbox", "talk_state"} <= before


async def test_repeated_upgrade_changes_nothing(empty: Database):
    await upgrade(empty)
    before = await _tables(empty)
    await upgrade(empty)
    assert await _tables(empty) == before
