"""How an update ends: what was said and noted, where the talk stands now, and the mark in the inbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import Table, bindparam, insert, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot import records
from bot.inbox import queue
from bot.records import Record
from database.unit_of_work import NewRow, write_rows
from database.upsert import dialect_of
from notifications import outbox
from notifications.outbox import Letter

_FEW = 4  # of each: for every number of them a statement is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """`changed` are the talk's records that differ from what was read, `letters` what was said, `rows` what
    the actions left for the commit.
    """

    changed: Mapping[StorageKey, Record]
    letters: Sequence[Letter]
    rows: Sequence[NewRow]
    now: datetime

    async def write(self, session: AsyncSession) -> None:
        await records.save(session, self.changed, self.now)
        await outbox.write(session, self.letters, self.now)
        await write_rows(session, self.rows)

    async def write_and_mark(self, session: AsyncSession, update_id: int, failed: str | None) -> None:
        """Write it and mark the update as handled: on PostgreSQL in one round trip for most updates."""
        if dialect_of(session) != "postgresql" or not self._is_plain():
            await self.write(session)
            await queue.mark_handled(session, update_id, self.now, failed)
            return
        gone = {key: record for key, record in self.changed.items() if record == Record()}
        kept = [(key, record) for key, record in self.changed.items() if key not in gone]
        await records.save(session, gone, self.now)
        values = queue.mark_values(update_id, self.now, failed)
        for at, letter in enumerate(self.letters):
            values |= _prefixed(f"letter{at}", outbox.values_of(letter, self.now))
        for at, (key, record) in enumerate(kept):
            values |= _prefixed(f"talk{at}", records.values_of(key, record, self.now))
        for row in self.rows:
            values |= _prefixed("row0", row.values)
        table, columns = (self.rows[0].table, tuple(self.rows[0].values)) if self.rows else (None, ())
        statement = _at_once(len(self.letters), len(kept), table, columns)
        await session.execute(statement, values)

    def _is_plain(self) -> bool:
        """A few things said, a few records written and one row at most, as most updates end."""
        few = max(len(self.letters), len(self.changed)) <= _FEW and len(self.rows) <= 1
        return few and not any(letter.files or letter.key is not None for letter in self.letters)


@cache
def _at_once(letters: int, talks: int, table: Table | None, columns: tuple[str, ...]) -> Any:
    """The statement for PostgreSQL, which alone writes inside WITH; made once, as making it costs much.

    `columns` are those of the row that goes into `table`, where there is one.
    """
    whole = queue.MARK
    if letters:
        said = _rows("letter", letters, outbox.TABLE, outbox.VALUES)
        whole = whole.add_cte(
            insert(outbox.TABLE).from_select(outbox.VALUES, said, include_defaults=False).cte("said")
        )
    if talks:
        kept = _rows("talk", talks, records.TABLE, records.VALUES)
        whole = whole.add_cte(records.upsert("postgresql", kept).cte("kept"))
    if table is not None:
        noted = insert(table).from_select(columns, _rows("row", 1, table, columns), include_defaults=False)
        whole = whole.add_cte(noted.cte("noted"))
    return whole


def _rows(prefix: str, count: int, table: Table, names: Sequence[str]) -> Any:
    """`count` rows in their order. Not as VALUES: SQLAlchemy compiles several rows of them anew each time."""
    return union_all(
        *(
            select(*(bindparam(f"{prefix}{at}_{name}", type_=table.c[name].type) for name in names))
            for at in range(count)
        )
    )


def _prefixed(prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{prefix}_{name}": value for name, value in values.items()}
