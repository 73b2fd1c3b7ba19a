"""Receive an official's spreadsheet and reply with its findings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from database.engine import Database, JoinedUnitOfWork, UnitOfWork
from kernel.clock import Clock
from kernel.errors import DomainError
from kernel.language import Language
from messaging.downloads.queue import DownloadQueue
from messaging.outbox import writing as outbox
from messaging.outbox.message import OutboxMessage
from reports.actions import OpenedReport, TakeSheet
from reports.correcting import AskReportCorrection
from reports.errors import SheetNotFetchedError
from reports.factory import make_context
from reports.sheet.parsed import parsed_sheet
from reports.store import ReportSubject, ReportVersion
from reports.uploads.tables import SheetDownloadRow


class SheetReplies(Protocol):
    """Replies to the official: the fields of sendMessage without the chat."""

    def correction(self, asked: ReportVersion | OpenedReport, language: Language) -> Mapping[str, Any]: ...

    def taken(self, report: OpenedReport, language: Language) -> Mapping[str, Any]: ...

    def refused(self, error: DomainError, language: Language) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReceiver:
    database: Database
    clock: Clock
    replies: SheetReplies

    @property
    def table(self) -> type[SheetDownloadRow]:
        return SheetDownloadRow

    def not_fetched(self) -> DomainError:
        return SheetNotFetchedError()

    async def take(self, row: SheetDownloadRow, content: bytes) -> None:
        """Parse the sheet; then store it, reply and dequeue it in one transaction."""
        subject = ReportSubject(form=row.form, organisation=row.organisation, period=row.period)
        language = Language(row.language)
        sheet = await parsed_sheet(content)
        async with self.database.unit_of_work() as unit:
            if not await self._queue(unit).finish(row.id):
                return
            context = make_context(JoinedUnitOfWork(unit), self.clock)
            if row.materials is not None:
                asked = await AskReportCorrection(context)(row.person, subject, sheet, row.materials)
                await self._reply(unit, row, self.replies.correction(asked, language))
            else:
                taken = await TakeSheet(context)(row.person, subject, sheet)
                await self._reply(unit, row, self.replies.taken(taken, language))
            await unit.commit()

    async def give_up(self, row: SheetDownloadRow, error: DomainError) -> None:
        """Reply with the reason, once."""
        async with self.database.unit_of_work() as unit:
            if await self._queue(unit).finish(row.id):
                await self._reply(unit, row, self.replies.refused(error, Language(row.language)))
            await unit.commit()

    async def _reply(self, unit: UnitOfWork, row: SheetDownloadRow, reply: Mapping[str, Any]) -> None:
        payload = {"chat_id": row.person, **reply}
        message = OutboxMessage(chat_id=row.person, method="sendMessage", payload=payload)
        await outbox.write(unit.session, [message], self.clock.now())

    def _queue(self, unit: UnitOfWork) -> DownloadQueue[SheetDownloadRow]:
        return DownloadQueue(SheetDownloadRow, unit.session, self.clock)
