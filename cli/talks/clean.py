"""A database in which nobody has been: only the registry and the calendar are left in it."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table, delete, exists, select, text

from bot.app import runner  # noqa: F401  imports every table
from database.base import Base
from database.engine import Database

_PROTECTED = text("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
_OF_NOBODY = ("registry_data", "deadlines")  # rooms whose tables hold no person's rows
_OF_THE_DATABASE = frozenset({"installations"})  # what a new database is marked with


class UsedDatabaseError(Exception):
    """People's rows are in the database, which talks would remove."""


def people_tables() -> list[Table]:
    kept = {
        mapper.local_table
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.partition(".")[0] in _OF_NOBODY
    }
    every = Base.metadata.sorted_tables
    return [table for table in every if table not in kept and table.name not in _OF_THE_DATABASE]


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanDatabase:
    """`template` is a copy of the SQLite file as it was."""

    database: Database
    template: Path

    @classmethod
    async def of(cls, database: Database, folder: Path) -> "CleanDatabase":
        """Raises UsedDatabaseError."""
        async with database.session() as session:
            for table in people_tables():
                if await session.scalar(select(exists(select(table)))):
                    raise UsedDatabaseError
        template = folder / "template.sqlite3"
        if database.is_sqlite:
            await asyncio.to_thread(_copy, Path(str(database.url.database)), template)
        return cls(database=database, template=template)

    async def put_back(self) -> None:
        """Also while a bot runs on it."""
        if self.database.is_sqlite:
            await asyncio.to_thread(_copy, self.template, Path(str(self.database.url.database)))
        else:
            await self._delete()

    async def _delete(self) -> None:
        """What is only added to is protected by triggers, which are back when this is committed."""
        async with self.database.unit_of_work() as unit:
            protected = list(await unit.session.scalars(_PROTECTED))
            for name in protected:
                await unit.session.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
            for table in reversed(people_tables()):
                await unit.session.execute(delete(table))
            for name in protected:
                await unit.session.execute(text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))
            await unit.commit()


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target, timeout=30)) as written:
        read.backup(written)
