"""The notes of one table: added with an update, claimed by whoever fetches, gone once the file is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock
from messaging.downloads.tables import DownloadRow

MOST_ATTEMPTS = 8
_LEASE = timedelta(minutes=2)  # longer than a download may take
_AT_ONCE = 8

DownloadRowT = TypeVar("DownloadRowT", bound=DownloadRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file as a message names it; its size is what the client says, checked again once it is here."""

    file_id: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class DownloadQueue(Generic[DownloadRowT]):
    table: type[DownloadRowT]
    session: AsyncSession
    clock: Clock

    async def add(self, row: DownloadRowT) -> None:
        row.attempts, row.made_at, row.try_at = 0, self.clock.now(), self.clock.now()
        self.session.add(row)
        await self.session.flush()

    async def is_due(self) -> bool:
        query = select(self.table.id).where(self.table.try_at <= self.clock.now()).limit(1)
        return await self.session.scalar(query) is not None

    async def claim(self) -> Sequence[DownloadRowT]:
        """Files to be fetched now; nobody else takes them for two minutes. The caller commits."""
        now = self.clock.now()
        query = select(self.table).where(self.table.try_at <= now).order_by(self.table.id).limit(_AT_ONCE)
        found = (await self.session.scalars(query.with_for_update(skip_locked=True))).all()
        for row in found:
            row.attempts += 1
            row.try_at = now + _LEASE
        await self.session.flush()
        return found

    async def finish(self, number: int) -> bool:
        """The note is done with; False where it was taken back, or somebody else was quicker."""
        gone = delete(self.table).where(self.table.id == number).returning(self.table.id)
        return await self.session.scalar(gone) is not None

    async def try_again(self, row: DownloadRowT) -> None:
        """Twice as late with every attempt."""
        later = self.clock.now() + timedelta(seconds=2**row.attempts)
        await self.session.execute(update(self.table).where(self.table.id == row.id).values(try_at=later))
