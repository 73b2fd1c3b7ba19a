"""Typing a reply or an entry, a message at a time, and sending it once."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.errors import GoneError
from accounts.permissions import Action
from complaints.actions.answering import Answer
from complaints.actions.desk import Desk
from complaints.actions.entering import EnterComplaint
from complaints.actions.passing import PassOn
from complaints.actions.working import AskCitizen
from complaints.attachments.folder import StoredFile
from complaints.case import Case
from complaints.desk_drafts.drafts import (
    EntryDraft,
    Purpose,
    ReplyDraft,
    about_complaint,
    about_entry,
    entry_from,
    reply_from,
)
from complaints.desk_drafts.store import DeskDraftStore
from complaints.desk_drafts.tables import DeskDraftRow
from complaints.draft import MOST_FILES
from complaints.errors import TooManyFilesError
from complaints.store import AttachmentStore
from complaints.tables import AttachmentRow
from database.atomic import atomic


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReply:
    """`id` is the draft's number; `files` are its attachments, oldest first."""

    id: int
    draft: ReplyDraft
    files: tuple[AttachmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Replies:
    """Drafts of replies; only of whoever has the complaint, or leads over it."""

    desk: Desk

    async def find(self, by: int, complaint: int) -> KeptReply | None:
        row = await self._drafts.find(by, about_complaint(complaint))
        return None if row is None else await self._read(row)

    @atomic
    async def begin(self, by: int, complaint: int, purpose: Purpose) -> KeptReply:
        """The draft with this purpose; one with another purpose keeps its words and files.

        Raises GoneError, NotAllowedError, NotHolderError.
        """

        def begun(draft: ReplyDraft | None) -> ReplyDraft:
            if draft is None:
                return ReplyDraft(purpose=purpose)
            if draft.purpose is purpose:
                return draft
            return ReplyDraft(purpose=purpose, parts=draft.parts)

        return await self._keep(by, complaint, begun)

    @atomic
    async def change(self, by: int, complaint: int, change: Callable[[ReplyDraft], ReplyDraft]) -> KeptReply:
        """Raises GoneError (no draft, too), NotAllowedError, NotHolderError, what `change` raises."""

        def changed(draft: ReplyDraft | None) -> ReplyDraft:
            if draft is None:
                raise GoneError
            return change(draft)

        return await self._keep(by, complaint, changed)

    @atomic
    async def drop(self, by: int, complaint: int) -> None:
        row = await self._drafts.find(by, about_complaint(complaint))
        if row is not None:
            await self._drafts.drop(row, self.desk.now())

    async def _keep(
        self, by: int, complaint: int, change: Callable[[ReplyDraft | None], ReplyDraft]
    ) -> KeptReply:
        await self.desk.worked(by, complaint)
        subject = about_complaint(complaint)
        row = await self._drafts.find(by, subject)
        draft = change(None if row is None else reply_from(self._drafts.body(row)))
        kept = await self._drafts.keep(by, subject, draft, self.desk.now())
        return await self._read(kept)

    async def _read(self, row: DeskDraftRow) -> KeptReply:
        files = await self._drafts.files(row.id)
        return KeptReply(id=row.id, draft=reply_from(self._drafts.body(row)), files=files)

    @property
    def _drafts(self) -> DeskDraftStore:
        return DeskDraftStore(self.desk.session, self.desk.cipher)


@dataclass(frozen=True, slots=True)
class SendReply:
    """Sends what was typed, as its purpose says. The draft ends with it: a second press finds none."""

    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int) -> Case:
        """Raises GoneError (sent already, too), and what AskCitizen, PassOn and Answer raise."""
        drafts = DeskDraftStore(self.desk.session, self.desk.cipher)
        row = await drafts.find(by, about_complaint(complaint))
        if row is None:
            raise GoneError
        draft = reply_from(drafts.body(row))
        files = tuple(file.id for file in await drafts.files(row.id))
        case = await self._send(by, complaint, draft, files)
        await drafts.drop(row, self.desk.now())
        return case

    async def _send(self, by: int, complaint: int, draft: ReplyDraft, files: tuple[int, ...]) -> Case:
        match draft.purpose:
            case Purpose.ASK:
                return await AskCitizen(self.desk)(by, complaint, draft.words(files))
            case Purpose.PASS_ON:
                passed = await PassOn(self.desk)(by, complaint, draft.to or "", draft.words(files))
                return passed.case
            case Purpose.ANSWER:
                return await Answer(self.desk)(by, complaint, draft.reply(files))


@dataclass(frozen=True, slots=True)
class AttachToReply:
    desk: Desk

    @atomic
    async def __call__(self, draft: int, file: StoredFile) -> None:
        """Raises GoneError, TooManyFilesError; the file's bytes are kept by whoever called."""
        if await self.desk.session.get(DeskDraftRow, draft) is None:
            raise GoneError
        files = AttachmentStore(self.desk.session)
        if len(await files.of_desk_draft(draft)) >= MOST_FILES:
            raise TooManyFilesError(most=MOST_FILES)
        await files.add(file, self.desk.now(), desk_draft=draft)


@dataclass(frozen=True, slots=True)
class Entries:
    """What an official has told so far of a complaint that came elsewhere."""

    desk: Desk

    async def find(self, by: int, organisation: str) -> EntryDraft:
        """Raises NotAllowedError."""
        await self.desk.right(by, Action.REGISTER_COMPLAINTS, organisation)
        row = await self._drafts.find(by, about_entry(organisation))
        return EntryDraft() if row is None else entry_from(self._drafts.body(row))

    @atomic
    async def change(
        self, by: int, organisation: str, change: Callable[[EntryDraft], EntryDraft]
    ) -> EntryDraft:
        """Raises NotAllowedError, what `change` raises."""
        draft = change(await self.find(by, organisation))
        await self._drafts.keep(by, about_entry(organisation), draft, self.desk.now())
        return draft

    @atomic
    async def drop(self, by: int, organisation: str) -> None:
        row = await self._drafts.find(by, about_entry(organisation))
        if row is not None:
            await self._drafts.drop(row, self.desk.now())

    @atomic
    async def send(self, by: int, organisation: str) -> Case:
        """Register it; the draft ends. Raises GoneError (sent already, too), what EnterComplaint raises."""
        row = await self._drafts.find(by, about_entry(organisation))
        if row is None:
            raise GoneError
        entry = entry_from(self._drafts.body(row)).entry(organisation)
        case = await EnterComplaint(self.desk)(by, entry)
        await self._drafts.drop(row, self.desk.now())
        return case

    @property
    def _drafts(self) -> DeskDraftStore:
        return DeskDraftStore(self.desk.session, self.desk.cipher)
