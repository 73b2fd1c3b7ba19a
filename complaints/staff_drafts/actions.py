"""Write a reply or an entry, message by message, and submit it once."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.errors import GoneError
from accounts.permissions import Action
from complaints.actions.answering import AnswerComplaint
from complaints.actions.completing import ReturnComplaint
from complaints.actions.context import ComplaintContext
from complaints.actions.entering import EnterComplaint
from complaints.actions.materials import ShowMaterials
from complaints.actions.passing import PassOnComplaint
from complaints.actions.working import AskCitizen
from complaints.attachments.folder import StoredFile
from complaints.case import ComplaintCase
from complaints.draft import MOST_FILES
from complaints.errors import TooManyFilesError
from complaints.requests.rules import RequestEnd
from complaints.staff_drafts.drafts import (
    EntryDraft,
    ReplyDraft,
    ReplyPurpose,
    about_complaint,
    about_entry,
    entry_from,
    reply_from,
)
from complaints.staff_drafts.store import StaffDraftStore
from complaints.staff_drafts.tables import StaffDraftRow
from complaints.store import AttachmentStore
from complaints.tables import AttachmentRow
from database.engine import atomic


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReply:
    """`id` is the draft's id; `files` are its attachments, oldest first."""

    id: int
    draft: ReplyDraft
    files: tuple[AttachmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyDrafts:
    """Drafts of replies, for the assignee and those who lead the complaint."""

    context: ComplaintContext

    async def find(self, by: int, complaint: int) -> StoredReply | None:
        row = await self._drafts.find(by, about_complaint(complaint))
        return None if row is None else await self._read(row)

    @atomic
    async def begin(self, by: int, complaint: int, purpose: ReplyPurpose) -> StoredReply:
        """Start or reopen the draft for this purpose; text and files of another purpose carry over.

        Raises GoneError, NotAllowedError, NotAssigneeError.
        """

        def begun(draft: ReplyDraft | None) -> ReplyDraft:
            if draft is None:
                return ReplyDraft(purpose=purpose)
            if draft.purpose is purpose:
                return draft
            return ReplyDraft(purpose=purpose, parts=draft.parts)

        return await self._keep(by, complaint, begun)

    @atomic
    async def change(
        self, by: int, complaint: int, change: Callable[[ReplyDraft], ReplyDraft]
    ) -> StoredReply:
        """Raises GoneError (also where there is no draft), NotAllowedError, NotAssigneeError, what `change`
        raises.
        """

        def changed(draft: ReplyDraft | None) -> ReplyDraft:
            if draft is None:
                raise GoneError
            return change(draft)

        return await self._keep(by, complaint, changed)

    @atomic
    async def drop(self, by: int, complaint: int) -> None:
        row = await self._drafts.find(by, about_complaint(complaint))
        if row is not None:
            await self._drafts.drop(row, self.context.now())

    async def _keep(
        self, by: int, complaint: int, change: Callable[[ReplyDraft | None], ReplyDraft]
    ) -> StoredReply:
        await self.context.worked(by, complaint)
        subject = about_complaint(complaint)
        row = await self._drafts.find(by, subject)
        draft = change(None if row is None else reply_from(self._drafts.body(row)))
        stored = await self._drafts.keep(by, subject, draft, self.context.now())
        return await self._read(stored)

    async def _read(self, row: StaffDraftRow) -> StoredReply:
        files = await self._drafts.files(row.id)
        return StoredReply(id=row.id, draft=reply_from(self._drafts.body(row)), files=files)

    @property
    def _drafts(self) -> StaffDraftStore:
        return StaffDraftStore(self.context.session, self.context.cipher)


@dataclass(frozen=True, slots=True)
class SendReply:
    """Submit the draft as its purpose says and delete it: a repeated call raises GoneError."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> ComplaintCase:
        """Raises GoneError (also if sent already) and what the action of its purpose raises."""
        drafts = StaffDraftStore(self.context.session, self.context.cipher)
        row = await drafts.find(by, about_complaint(complaint))
        if row is None:
            raise GoneError
        draft = reply_from(drafts.body(row))
        files = tuple(file.id for file in await drafts.files(row.id))
        case = await self._send(by, complaint, draft, files)
        await drafts.drop(row, self.context.now())
        return case

    async def _send(
        self, by: int, complaint: int, draft: ReplyDraft, files: tuple[int, ...]
    ) -> ComplaintCase:
        match draft.purpose:
            case ReplyPurpose.ASK:
                return await AskCitizen(self.context)(by, complaint, draft.content(files))
            case ReplyPurpose.PASS_ON:
                passed = await PassOnComplaint(self.context)(
                    by, complaint, draft.to or "", draft.content(files)
                )
                return passed.case
            case ReplyPurpose.ANSWER:
                return await AnswerComplaint(self.context)(by, complaint, draft.reply(files))
            case ReplyPurpose.GIVE_BACK:
                return await ReturnComplaint(self.context)(by, complaint, draft.content(files))
            case ReplyPurpose.MATERIALS:
                content = draft.content(files)
                return await ShowMaterials(self.context)(by, complaint, RequestEnd.SENT, content)


@dataclass(frozen=True, slots=True)
class AttachToReply:
    context: ComplaintContext

    @atomic
    async def __call__(self, draft: int, file: StoredFile) -> None:
        """Raises GoneError, TooManyFilesError; the caller stores the file's bytes."""
        if await self.context.session.get(StaffDraftRow, draft) is None:
            raise GoneError
        files = AttachmentStore(self.context.session)
        if len(await files.of_staff_draft(draft)) >= MOST_FILES:
            raise TooManyFilesError(most=MOST_FILES)
        await files.add(file, self.context.now(), desk_draft=draft)


@dataclass(frozen=True, slots=True)
class EntryDrafts:
    """An official's draft of a complaint that arrived outside the bot."""

    context: ComplaintContext

    async def find(self, by: int, organisation: str) -> EntryDraft:
        """Raises NotAllowedError."""
        await self.context.right(by, Action.REGISTER_COMPLAINTS, organisation)
        row = await self._drafts.find(by, about_entry(organisation))
        return EntryDraft() if row is None else entry_from(self._drafts.body(row))

    @atomic
    async def change(
        self, by: int, organisation: str, change: Callable[[EntryDraft], EntryDraft]
    ) -> EntryDraft:
        """Raises NotAllowedError, what `change` raises."""
        draft = change(await self.find(by, organisation))
        await self._drafts.keep(by, about_entry(organisation), draft, self.context.now())
        return draft

    @atomic
    async def drop(self, by: int, organisation: str) -> None:
        row = await self._drafts.find(by, about_entry(organisation))
        if row is not None:
            await self._drafts.drop(row, self.context.now())

    @atomic
    async def send(self, by: int, organisation: str) -> ComplaintCase:
        """Register it and delete the draft. Raises GoneError (also if submitted before), what EnterComplaint
        raises.
        """
        row = await self._drafts.find(by, about_entry(organisation))
        if row is None:
            raise GoneError
        entry = entry_from(self._drafts.body(row)).entry(organisation)
        case = await EnterComplaint(self.context)(by, entry)
        await self._drafts.drop(row, self.context.now())
        return case

    @property
    def _drafts(self) -> StaffDraftStore:
        return StaffDraftStore(self.context.session, self.context.cipher)
