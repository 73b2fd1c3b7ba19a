"""Queue of spreadsheets to download from Telegram, each for one report."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock
from kernel.language import Language
from messaging.downloads.queue import DownloadQueue, SentFile
from reports.errors import SheetsWaitingError, SheetTooLargeError
from reports.sheet.parsed import MOST_BYTES
from reports.store import ReportSubject
from reports.uploads.tables import SheetDownloadRow

MOST_WAITING = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSender:
    person: int
    language: Language


@dataclass(frozen=True, slots=True)
class SheetDownloads:
    session: AsyncSession
    clock: Clock

    async def note(
        self, reader: SheetSender, subject: ReportSubject, file: SentFile, materials: str | None = None
    ) -> None:
        """Queue the file of `reader`, whose language the reply uses; with `materials` it is a correction.

        Raises SheetTooLargeError, SheetsWaitingError.
        """
        if file.size is not None and file.size > MOST_BYTES:
            raise SheetTooLargeError(most=MOST_BYTES // 1_000_000)
        waiting = select(func.count()).where(SheetDownloadRow.person == reader.person)
        if (await self.session.scalar(waiting) or 0) >= MOST_WAITING:
            raise SheetsWaitingError
        row = SheetDownloadRow(
            person=reader.person,
            form=subject.form,
            organisation=subject.organisation,
            period=subject.period,
            language=reader.language.value,
            materials=materials,
            file_id=file.file_id,
        )
        await DownloadQueue(SheetDownloadRow, self.session, self.clock).add(row)
