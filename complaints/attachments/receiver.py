"""Store a downloaded file and attach it to the draft, complaint or staff draft it was sent for."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from accounts.cipher import Cipher
from accounts.errors import GoneError
from accounts.person import PersonStore
from complaints.actions.citizens import AddToComplaint
from complaints.actions.context import ComplaintContext
from complaints.actions.drafting import AttachToDraft
from complaints.attachments.antivirus import Antivirus
from complaints.attachments.download_tables import AttachmentDownloadRow
from complaints.attachments.folder import FileFolder, StorageFullError, StoredFile
from complaints.attachments.sniffing import FileKind, FileRejectedError, NotFetchedError, inspected_kind
from complaints.daily_use import check_files_of_complaint
from complaints.staff_drafts.actions import AttachToReply
from complaints.store import AttachmentStore, ComplaintStore
from complaints.thread import MessageContent
from database.engine import Database, JoinedUnitOfWork, UnitOfWork
from kernel.clock import Clock
from kernel.errors import DomainError
from kernel.language import Language
from localisation.error_messages import error_message
from localisation.translations import Translations
from messaging.downloads.queue import DownloadQueue
from messaging.inbox.intake import Arrival, Intake
from messaging.outbox import writing as outbox
from messaging.outbox.message import OutboxMessage

REDRAW = "redraw"  # the data of a button that nobody presses: the open window is shown as it is now
_FIRST_REDRAW = 2**41  # far above Telegram's own updates: after what has arrived
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentReceiver:
    """`make_context` returns the context of the actions for a unit of work."""

    database: Database
    clock: Clock
    folder: FileFolder
    cipher: Cipher
    texts: Translations
    make_context: Callable[[UnitOfWork], ComplaintContext]
    antivirus: Antivirus | None = None

    @property
    def table(self) -> type[AttachmentDownloadRow]:
        return AttachmentDownloadRow

    def not_fetched(self) -> DomainError:
        return NotFetchedError()

    async def take(self, row: AttachmentDownloadRow, content: bytes) -> None:
        kind = await self._inspected(row, content)
        try:
            stored = await self.folder.keep(content, kind, self.cipher.new_record_key)
        except StorageFullError as error:
            _log.error("a file could not be kept", fetch=row.id, error=str(error.__cause__))
            raise
        try:
            async with self.database.unit_of_work() as unit:
                if not await self._notes(unit).finish(row.id):
                    raise GoneError  # the draft was deleted meanwhile
                await self._attach(JoinedUnitOfWork(unit), row, stored)
                await unit.commit()
        except DomainError:
            await self.folder.remove(stored.name)
            raise
        await self._redraw(row)

    async def _redraw(self, row: AttachmentDownloadRow) -> None:
        """The window that said "loading" tells that the file has come, in its turn among the person's own
        updates.
        """
        if row.complaint is not None:
            return
        number = _FIRST_REDRAW + secrets.randbits(40)
        payload = json.dumps({"update_id": number, "callback_query": _pressed_by_nobody(row.person)})
        intake = Intake(database=self.database, clock=self.clock, wake=lambda _: None)
        await intake.accept([Arrival(update_id=number, chat_id=row.person, payload=payload)])

    async def _inspected(self, row: AttachmentDownloadRow, content: bytes) -> FileKind:
        """Its kind. A citizen's refused files count as the others do: looking into them costs the same."""
        if row.desk_draft is None:
            async with self.database.unit_of_work() as unit:
                context = self.make_context(unit)
                await context.daily_use.check_files(row.person, context.today(), len(content))
        try:
            kind = await inspected_kind(content)
            if self.antivirus is not None:
                await self.antivirus.check(content)
        except FileRejectedError:
            async with self.database.unit_of_work() as unit:
                context = self.make_context(unit)
                await context.daily_use.add_refused(row.person, context.today(), len(content))
                await unit.commit()
            raise
        return kind

    async def _attach(self, unit: UnitOfWork, row: AttachmentDownloadRow, stored: StoredFile) -> None:
        """Attach to the complaint, to the staff draft, or to the draft or what it has become meanwhile."""
        action_context = self.make_context(unit)
        if row.desk_draft is not None:
            await AttachToReply(action_context)(row.desk_draft, stored)
            return
        if row.complaint is not None:
            await AddToComplaint(action_context)(row.person, row.complaint, MessageContent(files=(stored,)))
            return
        sent = await ComplaintStore(unit.session).of_draft(row.draft or 0)
        if sent is None:
            await AttachToDraft(action_context)(row.person, stored)
        else:
            await check_files_of_complaint(unit.session, sent.id, [stored.size])
            await action_context.daily_use.add_file(row.person, action_context.today(), stored.size)
            await AttachmentStore(unit.session).add(stored, self.clock.now(), complaint=sent.id)

    async def give_up(self, row: AttachmentDownloadRow, error: DomainError) -> None:
        """Report the failure once, unless the file's owner is gone."""
        async with self.database.unit_of_work() as unit:
            noted = await self._notes(unit).finish(row.id)
            if noted and not isinstance(error, GoneError):
                person = await PersonStore(unit.session).find(row.person)
                text = error_message(self.texts, person.reads(Language.KK), error)
                message = OutboxMessage(
                    chat_id=row.person,
                    method="sendMessage",
                    payload={"chat_id": row.person, "text": text},
                )
                await outbox.write(unit.session, [message], self.clock.now())
            await unit.commit()
        await self._redraw(row)

    def _notes(self, unit: UnitOfWork) -> DownloadQueue[AttachmentDownloadRow]:
        return DownloadQueue(AttachmentDownloadRow, unit.session, self.clock)


def _pressed_by_nobody(person: int) -> dict[str, object]:
    """A press without an id, which Telegram never sends, on a message that cannot be read."""
    return {
        "id": "",
        "from": {"id": person, "is_bot": False, "first_name": ""},
        "chat_instance": "",
        "data": REDRAW,
        "message": {"chat": {"id": person, "type": "private"}, "message_id": 0, "date": 0},
    }
