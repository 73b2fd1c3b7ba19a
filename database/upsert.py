"""INSERT … ON CONFLICT on SQLite and PostgreSQL, which SQLAlchemy keeps in separate dialects."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


def dialect_of(session: AsyncSession) -> str:
    """The dialect's name: "sqlite" or "postgresql"."""
    return session.get_bind().dialect.name


def insert_into(database: AsyncSession | str, table: Any) -> postgresql.Insert | sqlite.Insert:
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`.

    `database` is a session or the name of its dialect.
    """
    name = database if isinstance(database, str) else dialect_of(database)
    return sqlite.insert(table) if name == "sqlite" else postgresql.insert(table)
