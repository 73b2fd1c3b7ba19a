"""Rows of the logs, read one value at a time: a value that somebody spoilt hides no other one."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Column, ColumnElement, Dialect, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import NullType

from database.types import dialect_of

_AT_ONCE = 1_000
Columns = Sequence[Any]


async def read_rows(
    session: AsyncSession,
    columns: Columns,
    *order: ColumnElement[Any],
    where: ColumnElement[bool] | None = None,
) -> AsyncIterator[Any]:
    """Every row of the columns' table, or those of the condition: the columns by name, as the models have
    them, and `spoilt`, the names of those that hold no such value and are None.

    Within `any_text`.
    """
    raw: Any = select(*(type_coerce(one, NullType()).label(one.key) for one in columns))
    if where is not None:
        raw = raw.where(where)
    query = raw.order_by(*order).execution_options(yield_per=_AT_ONCE)
    dialect = session.get_bind().dialect
    async for row in await session.stream(query):
        yield _read(columns, row, dialect)


def _read(columns: Columns, row: Sequence[Any], dialect: Dialect) -> Any:
    values: dict[str, Any] = {}
    spoilt = set()
    for column, raw in zip(columns, row, strict=True):
        try:
            values[column.key] = _value(column, raw, dialect)
        except (TypeError, ValueError):
            values[column.key] = None
            spoilt.add(column.key)
    return SimpleNamespace(**values, spoilt=frozenset(spoilt))


def _value(column: Column[Any], raw: Any, dialect: Dialect) -> Any:
    """Raises TypeError, ValueError. SQLite stores any value in any column."""
    processor = column.type.dialect_impl(dialect).result_processor(dialect, None)
    value = raw if processor is None else processor(raw)
    if not (column.nullable if value is None else isinstance(value, column.type.python_type)):
        raise TypeError(f"{column.key} holds another kind of value")
    return value


@asynccontextmanager
async def any_text(session: AsyncSession) -> AsyncIterator[None]:
    """SQLite's driver reads text that is no UTF-8 too, as another one."""
    if dialect_of(session) != "sqlite":
        yield
        return
    driver: Any = (await (await session.connection()).get_raw_connection()).driver_connection
    before, driver.text_factory = driver.text_factory, _replacing
    try:
        yield
    finally:
        driver.text_factory = before


def _replacing(text: bytes) -> str:
    return text.decode("utf-8", "replace")
