"""Encrypt all stored values again with the newest key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, inspect, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from accounts.cipher import Cipher
from accounts.profile.tables import ProfileValueRow
from database.engine import UnitOfWork

ENCRYPTED: tuple[InstrumentedAttribute[Any], ...] = (ProfileValueRow.ciphertext,)


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateKeys:
    """All or nothing: one value that no key decrypts stops it. `columns` are encrypted by `cipher`.

    Holds `at_once` values in memory at a time.
    """

    unit_of_work: Callable[[], UnitOfWork]
    cipher: Cipher
    columns: Sequence[InstrumentedAttribute[Any]] = ENCRYPTED
    at_once: int = 1_000

    async def __call__(self) -> int:
        """The number of values re-encrypted. Raises WrongKeyError."""
        async with self.unit_of_work() as unit:
            count = 0
            for column in self.columns:
                count += await self._renew(unit.session, column)
            await unit.commit()
        return count

    async def _renew(self, session: AsyncSession, column: InstrumentedAttribute[Any]) -> int:
        table: Table = inspect(column.class_).local_table
        keys = list(table.primary_key)
        names = [f"key_{key.name}" for key in keys]
        here = [key == bindparam(name) for key, name in zip(keys, names, strict=True)]
        write = update(table).where(*here).values({column.key: bindparam("renewed")})
        first = (
            select(*keys, column)
            .where(column.is_not(None))
            .order_by(*keys)
            .limit(self.at_once)
            .with_for_update()
        )
        query, count = first, 0
        while rows := (await session.execute(query)).all():
            renewed = [
                {**dict(zip(names, key, strict=True)), "renewed": self.cipher.renew(closed)}
                for *key, closed in rows
            ]
            await session.execute(write, renewed)
            count += len(rows)
            query = first.where(tuple_(*keys) > tuple(rows[-1][:-1]))
        return count
