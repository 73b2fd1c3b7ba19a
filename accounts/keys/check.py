"""Whether the data keys at hand are those the database was written with, asked at every start."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import structlog
from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from accounts.cipher import Cipher, WrongKeyError
from accounts.keys.earlier import EarlierCipher
from accounts.keys.tables import DataKeyRow
from database.engine import Database
from database.types import insert_into
from kernel.clock import Clock

AGAIN_AFTER_S: Final = 20.0
_log = structlog.get_logger(__name__)


class ForeignKeyError(Exception):
    """The database was written with a data key that is not at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCheck:
    """`columns` are all that held ciphertext in earlier versions; `rewrite` binds it to its place."""

    session: AsyncSession
    columns: Sequence[InstrumentedAttribute[Any]]
    rewrite: Callable[[AsyncSession, Cipher], Awaitable[None]]

    async def has_ciphertext(self) -> bool:
        """Whether a data key was ever used: then no new one may be made in its place."""
        if await self.session.scalar(select(exists().select_from(DataKeyRow))):
            return True
        return bool(await self._samples())

    async def check(self, cipher: Cipher, now: datetime) -> None:
        """Record the newest key; what an earlier version wrote is written anew, once.

        Raises ForeignKeyError, and the caller rolls back, if a key in use is missing.
        """
        known = set(await self.session.scalars(select(DataKeyRow.check_value)))
        if known.issubset(EarlierCipher.check_values(cipher)):
            await self._bring_up(cipher)
        elif not known.issubset(cipher.check_values()):
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

    async def _bring_up(self, cipher: Cipher) -> None:
        """No value here is bound to a place yet: one that is was brought from elsewhere."""
        if await self._samples():
            try:
                await self.rewrite(self.session, cipher)
            except WrongKeyError as error:
                raise ForeignKeyError from error
        await self.session.execute(delete(DataKeyRow))

    async def _samples(self) -> list[str]:
        """A value of each column that holds any."""
        found = [
            await self.session.scalar(select(column).where(column.is_not(None)).limit(1))
            for column in self.columns
        ]
        return [one for one in found if one is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyInUse:
    """A running process keeps its key among those that wrote here, also where a rotation says that it may go:
    who rotates before every process was restarted would lose what is written meanwhile.
    """

    database: Database
    clock: Clock
    cipher: Cipher

    async def run(self) -> None:
        mine = self.cipher.check_values()[0]
        async with self.database.unit_of_work() as unit:
            known = set(await unit.session.scalars(select(DataKeyRow.check_value)))
            if mine not in known:
                written = {"check_value": mine, "first_used_at": self.clock.now()}
                row = insert_into(unit.session, DataKeyRow).values(written).on_conflict_do_nothing()
                await unit.session.execute(row)
                await unit.commit()
            if known and mine not in known:
                _log.error("this process writes with a key that was rotated away: restart it, rotate again")
