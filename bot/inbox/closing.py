"""How an update ends: what was said, where the talk stands now, and the mark in the inbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import bindparam, insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot import records
from bot.inbox import queue
from bot.records import Record
from notifications import outbox
from notifications.outbox import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """`changed` are the talk's records that differ from what was read, `letters` what was said."""

    changed: Mapping[StorageKey, Record]
    letters: Sequence[Letter]
    now: datetime

    async def write(self, session: AsyncSession) -> None:
        await records.save(session, self.changed, self.now)
        await outbox.write(session, self.letters, self.now)

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
        await session.execute(_at_once(bool(self.changed)), values)

    def _is_an_answer(self) -> bool:
        """One thing said and one record written at most, as most updates end."""
        plain = len(self.letters) == 1 and not self.letters[0].files and self.letters[0].key is None
        return plain and len(self.changed) <= 1 and Record() not in self.changed.values()


@cache
def _at_once(with_record: bool) -> Any:  # noqa: FBT001  the cache's key
    """The statement for PostgreSQL, which alone writes inside WITH; made once, as making it costs much."""
    said = insert(outbox.TABLE).values({**_bound("letter", outbox.VALUES), "attempts": 0}).cte("said")
    marked = queue.MARK.add_cte(said)
    if not with_record:
        return marked
    kept = records.upsert("postgresql", _bound("talk", records.VALUES)).cte("kept")
    return marked.add_cte(kept)


def _bound(prefix: str, names: Sequence[str]) -> dict[str, Any]:
    return {name: bindparam(f"{prefix}_{name}") for name in names}


def _prefixed(prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{prefix}_{name}": value for name, value in values.items()}
