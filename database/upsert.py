"""INSERT … ON CONFLICT, which SQLite and PostgreSQL both know and SQLAlchemy keeps apart."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


def dialect_of(session: AsyncSession) -> str:
    """The name of the session's database: "sqlite" or "postgresql"."""
    return session.get_bind().dialect.name


def insert_into(database: AsyncSession | str, table: Any) -> postgresql.Insert | sqlite.Insert:
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`.

    `database` is a session on it, or its dialect's name.
    """
    name = database if isinstance(database, str) else dialect_of(database)
    return sqlite.insert(table) if name == "sqlite" else postgresql.insert(table)
