"""Everything encrypted, encrypted anew with the newest key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from accounts.cipher import Cipher
from accounts.kept.tables import KeptValueRow
from database.unit_of_work import UnitOfWork

ENCRYPTED: tuple[InstrumentedAttribute[Any], ...] = (KeptValueRow.ciphertext,)


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateKeys:
    """All of it or, where one value opens with no key, nothing. `columns` hold what `cipher` closed."""

    unit_of_work: Callable[[], UnitOfWork]
    cipher: Cipher
    columns: Sequence[InstrumentedAttribute[Any]] = ENCRYPTED

    async def __call__(self) -> int:
        """How many values were encrypted anew. Raises WrongKeyError."""
        async with self.unit_of_work() as unit:
            count = 0
            for column in self.columns:
                count += await self._renew(unit.session, column)
            await unit.commit()
        return count

    async def _renew(self, session: AsyncSession, column: InstrumentedAttribute[Any]) -> int:
        table: Table = inspect(column.class_).local_table
        keys = list(table.primary_key)
        rows = (
            await session.execute(select(*keys, column).where(column.is_not(None)).with_for_update())
        ).all()
        for *key, closed in rows:
            here = [part == value for part, value in zip(keys, key, strict=True)]
            await session.execute(update(table).where(*here).values({column.key: self.cipher.renew(closed)}))
        return len(rows)
