"""Open complaints without personal data, to share the database with filings."""

from datetime import date

from sqlalchemy import Column, Table, text

from complaints.tables import ComplaintRow
from database.engine import Database
from database.types import UtcDateTime

_VALUES = {
    bool: "false",
    int: "1",
    date: "date '2027-01-15'",
}


async def fill(database: Database, count: int) -> str:
    """Insert `count` complaints; returns how many."""
    table = ComplaintRow.__table__
    assert isinstance(table, Table)
    columns = [column for column in table.columns if not column.nullable or column.unique]
    names = ", ".join(column.name for column in columns)
    values = ", ".join(_value(column) for column in columns)
    async with database.engine.begin() as connection:
        await connection.execute(
            text(f"INSERT INTO {table.name} ({names}) SELECT {values} FROM generate_series(1, {count}) AS n")
        )
    return f"{count} rows of {table.name}"


def _value(column: Column[object]) -> str:
    """A value of the column's type, different in each row where it must be unique."""
    if column.primary_key or column.unique:
        return "n"
    if isinstance(column.type, UtcDateTime):  # the type has no Python equivalent
        return "timestamptz '2026-03-19 10:00+05'"
    return _VALUES.get(column.type.python_type, "'x'")
