"""Migrates a database to the current schema; works from the installed package, without alembic.ini.

Alembic is imported where it works: it takes a third of a second, which most commands need not pay.
"""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, MetaData, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from database.base import Base
from database.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

_VERSIONS = Path(__file__).parent / "migrations" / "versions"
_LOCK = 0x71797A6D6574  # "qyzmet": processes that start together upgrade one at a time


async def is_up_to_date(database: Database) -> bool:
    return await _revisions(database) == {newest_revision()}


async def upgrade(database: Database, revision: str = "head") -> None:
    if revision == "head" and await is_up_to_date(database):
        return
    await _run(database, partial(_upgrade, revision=revision))


async def downgrade(database: Database, revision: str) -> None:
    """Downgrade to `revision`; "base" drops every table."""
    await _run(database, partial(_downgrade, revision=revision))


async def differences(database: Database, metadata: MetaData = Base.metadata) -> list[Any]:
    """The operations a new migration would need; empty when the schema matches `metadata`."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(partial(_differences, metadata=metadata))


async def new_revision(database: Database, number: str, message: str) -> None:
    """Write a migration from the current schema to the imported models."""
    await _run(database, partial(_new_revision, number=number, message=message))


def newest_revision() -> str:
    """The migration that no other revises, found without importing Alembic."""
    texts = [path.read_text(encoding="utf-8") for path in _VERSIONS.glob("*.py")]
    revised = {one for text in texts for one in re.findall(r'^down_revision = "(\w+)"', text, re.MULTILINE)}
    found = {one for text in texts for one in re.findall(r'^revision = "(\w+)"', text, re.MULTILINE)}
    (newest,) = found - revised
    return str(newest)


async def _revisions(database: Database) -> set[str]:
    """Where the database stands."""
    async with database.engine.connect() as connection:
        if not await connection.run_sync(lambda one: inspect(one).has_table("alembic_version")):
            return set()
        return set((await connection.execute(text("SELECT version_num FROM alembic_version"))).scalars())


async def _run(database: Database, work: Callable[[Connection], None]) -> None:
    async with database.engine.connect() as connection, _foreign_keys_off(connection, database.is_sqlite):
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        await connection.run_sync(work)
        await connection.commit()


@asynccontextmanager
async def _foreign_keys_off(connection: AsyncConnection, is_sqlite: bool) -> AsyncIterator[None]:  # noqa: FBT001
    """SQLite alters a table by recreating it, which must not cascade deletes."""
    if not is_sqlite:
        yield
        return
    raw = (await connection.get_raw_connection()).driver_connection
    assert raw is not None
    await raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        await raw.execute("PRAGMA foreign_keys = ON")


def _config(connection: Connection, metadata: MetaData = Base.metadata) -> "Config":
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "database:migrations")
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    return config


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic import command  # noqa: PLC0415

    command.upgrade(_config(connection), revision)


def _downgrade(connection: Connection, revision: str) -> None:
    from alembic import command  # noqa: PLC0415

    command.downgrade(_config(connection), revision)


def _differences(connection: Connection, metadata: MetaData) -> list[Any]:
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415

    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, metadata))


def _new_revision(connection: Connection, number: str, message: str) -> None:
    from alembic import command  # noqa: PLC0415

    command.revision(_config(connection), message, rev_id=number, autogenerate=True)
