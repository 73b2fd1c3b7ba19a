"""Whether the data keys at hand are those the database was written with, asked at every start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from accounts.cipher import Cipher, WrongKeyError
from accounts.keys.tables import DataKeyRow
from database.types import insert_into


class ForeignKeyError(Exception):
    """The database was written with a data key that is not at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCheck:
    """`columns` are all that hold ciphertext."""

    session: AsyncSession
    columns: Sequence[InstrumentedAttribute[Any]]

    async def has_ciphertext(self) -> bool:
        """Whether a data key was ever used: then no new one may be made in its place."""
        if await self.session.scalar(select(exists().select_from(DataKeyRow))):
            return True
        return any([await self._sample(column) is not None for column in self.columns])

    async def check(self, cipher: Cipher, now: datetime) -> None:
        """Record the newest key. Raises ForeignKeyError, and records nothing, if a key in use is missing.

        A database of an earlier version has no record yet: a value of each column is tried.
        """
        known = set(await self.session.scalars(select(DataKeyRow.check_value)))
        if not known.issubset(cipher.check_values()) or not (known or await self._opens(cipher)):
            raise ForeignKeyError
        await self._record(cipher, now)

    async def keep_newest(self, cipher: Cipher, now: datetime) -> None:
        """After a rotation: the older keys may go."""
        await self.session.execute(delete(DataKeyRow))
        await self._record(cipher, now)

    async def _record(self, cipher: Cipher, now: datetime) -> None:
        written = {"check_value": cipher.check_values()[0], "first_used_at": now}
        await self.session.execute(
            insert_into(self.session, DataKeyRow).values(written).on_conflict_do_nothing()
        )

    async def _opens(self, cipher: Cipher) -> bool:
        samples = [await self._sample(column) for column in self.columns]
        try:
            for sample in samples:
                _ = sample is None or cipher.open(sample)
        except WrongKeyError:
            return False
        return True

    async def _sample(self, column: InstrumentedAttribute[Any]) -> str | None:
        found: str | None = await self.session.scalar(select(column).where(column.is_not(None)).limit(1))
        return found
