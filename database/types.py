"""Column types and an INSERT that behave alike on SQLite and PostgreSQL."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute


class EncryptedColumn:
    """A column under a data key, and the columns of its row that its values are bound to."""

    def __init__(self, column: InstrumentedAttribute[Any], *row: InstrumentedAttribute[Any]) -> None:
        self.column = column
        self.row = row
        self.field = f"{column.class_.__tablename__}.{column.key}"


BigId = BigInteger().with_variant(Integer(), "sqlite")  # SQLite autoincrements INTEGER keys only
Json = JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored and read in UTC; ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"cannot store a naive datetime: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonText(TypeDecorator[Any]):
    """A JSON document stored as text: unlike JSONB it can hold a NUL that somebody typed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else json.loads(value)


def dialect_of(session: AsyncSession) -> str:
    """The dialect's name: "sqlite" or "postgresql"."""
    return session.get_bind().dialect.name


def insert_into(database: AsyncSession | str, table: Any) -> postgresql.Insert | sqlite.Insert:
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`.

    `database` is a session or the name of its dialect.
    """
    name = database if isinstance(database, str) else dialect_of(database)
    return sqlite.insert(table) if name == "sqlite" else postgresql.insert(table)
