"""The download queue of one table: rows are added with an update, claimed, and deleted when received."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock
from messaging.downloads.tables import DownloadRow

MAX_ATTEMPTS = 8
MAX_READINGS = 3  # a file that ends its reader three times is not read again
_LEASE = timedelta(minutes=2)  # longer than any download
_BATCH = 8

DownloadRowT = TypeVar("DownloadRowT", bound=DownloadRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file in a message; `size` is the client's claim, checked again after the download."""

    file_id: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class DownloadQueue(Generic[DownloadRowT]):
    table: type[DownloadRowT]
    session: AsyncSession
    clock: Clock

    async def add(self, row: DownloadRowT) -> None:
        row.attempts, row.readings, row.made_at, row.try_at = 0, 0, self.clock.now(), self.clock.now()
        self.session.add(row)
        await self.session.flush()

    async def is_due(self) -> bool:
        query = select(self.table.id).where(self.table.try_at <= self.clock.now()).limit(1)
        return await self.session.scalar(query) is not None

    async def claim(self) -> Sequence[DownloadRowT]:
        """The files to download now, leased to this process for two minutes. The caller commits."""
        now = self.clock.now()
        query = select(self.table).where(self.table.try_at <= now).order_by(self.table.id).limit(_BATCH)
        found = (await self.session.scalars(query.with_for_update(skip_locked=True))).all()
        for row in found:
            row.attempts += 1
            row.try_at = now + _LEASE
        await self.session.flush()
        return found

    async def finish(self, number: int) -> bool:
        """Delete the row; False if it was withdrawn or another process finished it first."""
        gone = delete(self.table).where(self.table.id == number).returning(self.table.id)
        return await self.session.scalar(gone) is not None

    async def begin_reading(self, number: int) -> int:
        """Count one more reading, before it begins; returns their number, 0 for a row that is gone."""
        table = self.table
        counted = update(table).where(table.id == number).values(readings=table.readings + 1)
        return await self.session.scalar(counted.returning(table.readings)) or 0

    async def try_again(self, row: DownloadRowT) -> None:
        """Retry with exponential backoff; a reading that ended in words is not counted."""
        later = self.clock.now() + timedelta(seconds=2**row.attempts)
        await self.session.execute(
            update(self.table).where(self.table.id == row.id).values(try_at=later, readings=row.readings)
        )
