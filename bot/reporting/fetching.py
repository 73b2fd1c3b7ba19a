"""Spreadsheets on their way from Telegram: noted in the update's transaction, fetched when none is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.reporting.tables import SheetFetchRow
from deadlines.clock import Clock
from registry_data.schema import Language
from reports.errors import SheetsWaitingError, SheetTooLargeError
from reports.sheet.safety import MOST_BYTES
from reports.store import Subject

MOST_ATTEMPTS, MOST_WAITING = 6, 5
_LEASE = timedelta(minutes=2)  # longer than a download may take
_AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file as a message names it; its size is what the client says, checked again once it is here."""

    file_id: str
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    person: int
    language: Language


@dataclass(frozen=True, slots=True)
class SheetFetches:
    session: AsyncSession
    clock: Clock

    async def note(
        self, reader: Reader, subject: Subject, file: SentFile, materials: str | None = None
    ) -> None:
        """The file is `reader`'s, who is answered in his language; with `materials` it is a correction.

        Raises SheetTooLargeError, SheetsWaitingError.
        """
        if file.size is not None and file.size > MOST_BYTES:
            raise SheetTooLargeError(most=MOST_BYTES // 1_000_000)
        waiting = select(func.count()).where(SheetFetchRow.person == reader.person)
        if (await self.session.scalar(waiting) or 0) >= MOST_WAITING:
            raise SheetsWaitingError
        now = self.clock.now()
        row = SheetFetchRow(
            person=reader.person,
            form=subject.form,
            organisation=subject.organisation,
            period=subject.period,
            language=reader.language.value,
            materials=materials,
            file_id=file.file_id,
            attempts=0,
            made_at=now,
            try_at=now,
        )
        self.session.add(row)
        await self.session.flush()

    async def is_due(self) -> bool:
        query = select(SheetFetchRow.id).where(SheetFetchRow.try_at <= self.clock.now()).limit(1)
        return await self.session.scalar(query) is not None

    async def claim(self) -> Sequence[SheetFetchRow]:
        """Files to be fetched now; nobody else takes them for two minutes. The caller commits."""
        now = self.clock.now()
        query = select(SheetFetchRow).where(SheetFetchRow.try_at <= now).order_by(SheetFetchRow.id)
        found = (await self.session.scalars(query.limit(_AT_ONCE).with_for_update(skip_locked=True))).all()
        for row in found:
            row.attempts += 1
            row.try_at = now + _LEASE
        await self.session.flush()
        return found

    async def finish(self, number: int) -> bool:
        """The note is done with; False where somebody else was quicker."""
        gone = delete(SheetFetchRow).where(SheetFetchRow.id == number).returning(SheetFetchRow.id)
        return await self.session.scalar(gone) is not None

    async def try_again(self, number: int, attempts: int) -> None:
        later = self.clock.now() + timedelta(seconds=2**attempts)
        await self.session.execute(
            update(SheetFetchRow).where(SheetFetchRow.id == number).values(try_at=later)
        )
