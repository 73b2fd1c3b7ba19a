"""How an update ends: what was said and noted, where the talk stands now, and the mark in the inbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import Table, bindparam, insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot import records
from bot.inbox import queue
from bot.records import Record
from database.unit_of_work import NewRow
from notifications import outbox
from notifications.outbox import Letter


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
        for row in self.rows:
            await session.execute(insert(row.table), row.values)

    async def write_and_mark(self, session: AsyncSession, update_id: int, failed: str | None) -> None:
        """Write it and mark the update as handled: on PostgreSQL in one round trip where it is an answer."""
        if session.get_bind().dialect.name != "postgresql" or not self._is_an_answer():
            await self.write(session)
            await queue.mark_handled(session, update_id, self.now, failed)
            return
        values = queue.mark_values(update_id, self.now, failed)
        values |= _prefixed("letter", outbox.values_of(self.letters[0], self.now))
        for key, record in self.changed.items():
            values |= _prefixed("talk", records.values_of(key, record, self.now))
        for row in self.rows:
            values |= _prefixed("row", row.values)
        table, columns = (self.rows[0].table, tuple(self.rows[0].values)) if self.rows else (None, ())
        await session.execute(_at_once(bool(self.changed), table, columns), values)

    def _is_an_answer(self) -> bool:
        """One thing said, one record written and one row at most, as most updates end."""
        plain = len(self.letters) == 1 and not self.letters[0].files and self.letters[0].key is None
        one_each = len(self.changed) <= 1 and len(self.rows) <= 1
        return plain and one_each and Record() not in self.changed.values()


@cache
def _at_once(with_record: bool, table: Table | None, columns: tuple[str, ...]) -> Any:  # noqa: FBT001  the cache's key
    """The statement for PostgreSQL, which alone writes inside WITH; made once, as making it costs much.

    `columns` are those of the row that goes into `table`, where there is one.
    """
    whole = queue.MARK.add_cte(
        insert(outbox.TABLE).values({**_bound("letter", outbox.VALUES), "attempts": 0}).cte("said")
    )
    if with_record:
        whole = whole.add_cte(records.upsert("postgresql", _bound("talk", records.VALUES)).cte("kept"))
    if table is not None:
        whole = whole.add_cte(insert(table).values(_bound("row", columns)).cte("noted"))
    return whole


def _bound(prefix: str, names: Sequence[str]) -> dict[str, Any]:
    return {name: bindparam(f"{prefix}_{name}") for name in names}


def _prefixed(prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{prefix}_{name}": value for name, value in values.items()}
