"""Spreadsheets on their way from Telegram, each for one report."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.downloads.notes import Notes, SentFile
from bot.reporting.tables import SheetFetchRow
from deadlines.clock import Clock
from registry_data.schema import Language
from reports.errors import SheetsWaitingError, SheetTooLargeError
from reports.sheet.safety import MOST_BYTES
from reports.store import Subject

MOST_WAITING = 5


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
        row = SheetFetchRow(
            person=reader.person,
            form=subject.form,
            organisation=subject.organisation,
            period=subject.period,
            language=reader.language.value,
            materials=materials,
            file_id=file.file_id,
        )
        await Notes(SheetFetchRow, self.session, self.clock).add(row)
