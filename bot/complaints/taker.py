"""A file that came: into the folder, and to the draft, the complaint or the reply that it was sent for."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from accounts.errors import GoneError
from accounts.store import PersonStore
from bot.complaints.tables import FetchRow
from bot.downloads.notes import Notes
from bot.refusals import refusal
from bot.translations import Translations
from complaints.actions.citizens import AddToComplaint
from complaints.actions.desk import Desk
from complaints.actions.drafting import AttachToDraft
from complaints.attachments.folder import FileFolder, StorageFullError, StoredFile
from complaints.attachments.sniffing import NotFetchedError
from complaints.desk_drafts.actions import AttachToReply
from complaints.store import AttachmentStore, ComplaintStore
from complaints.talk import Words
from database.engine import Database
from database.unit_of_work import JoinedUnitOfWork, UnitOfWork
from deadlines.clock import Clock
from deadlines.errors import DomainError
from messaging.outbox import writing as outbox
from messaging.outbox.writing import Letter
from registry_data.schema import Language

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTaker:
    """`desk_of` gives what the actions work with, in a unit of work."""

    database: Database
    clock: Clock
    folder: FileFolder
    texts: Translations
    desk_of: Callable[[UnitOfWork], Desk]

    @property
    def table(self) -> type[FetchRow]:
        return FetchRow

    def not_fetched(self) -> DomainError:
        return NotFetchedError()

    async def take(self, row: FetchRow, content: bytes) -> None:
        try:
            stored = await self.folder.keep(content)
        except StorageFullError as error:
            _log.error("a file could not be kept", fetch=row.id, error=str(error.__cause__))
            raise
        try:
            async with self.database.unit_of_work() as unit:
                if not await self._notes(unit).finish(row.id):
                    raise GoneError  # the draft was thrown away meanwhile
                await self._attach(JoinedUnitOfWork(unit), row, stored)
                await unit.commit()
        except DomainError:
            await self.folder.remove(stored.name)
            raise

    async def _attach(self, unit: UnitOfWork, row: FetchRow, stored: StoredFile) -> None:
        """To the complaint; to what an official types; to the draft, or to what it has become meanwhile."""
        desk = self.desk_of(unit)
        if row.desk_draft is not None:
            await AttachToReply(desk)(row.desk_draft, stored)
            return
        if row.complaint is not None:
            await AddToComplaint(desk)(row.person, row.complaint, Words(files=(stored,)))
            return
        sent = await ComplaintStore(unit.session).of_draft(row.draft or 0)
        if sent is None:
            await AttachToDraft(desk)(row.person, stored)
        else:
            await AttachmentStore(unit.session).add(stored, self.clock.now(), complaint=sent.id)

    async def give_up(self, row: FetchRow, error: DomainError) -> None:
        """Say why, once; nobody is told of a file for what is gone."""
        async with self.database.unit_of_work() as unit:
            noted = await self._notes(unit).finish(row.id)
            if noted and not isinstance(error, GoneError):
                person = await PersonStore(unit.session).find(row.person)
                text = refusal(self.texts, person.reads(Language.KK), error)
                letter = Letter(
                    chat_id=row.person,
                    method="sendMessage",
                    payload={"chat_id": row.person, "text": text},
                )
                await outbox.write(unit.session, [letter], self.clock.now())
            await unit.commit()

    def _notes(self, unit: UnitOfWork) -> Notes[FetchRow]:
        return Notes(FetchRow, unit.session, self.clock)
