"""An official writes a reply or an entry as an encrypted draft, message by message, and sends it once."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from accounts.errors import GoneError
from accounts.permissions import Action
from complaints.actions.answering import AnswerComplaint, needs_approval
from complaints.actions.completing import ReturnComplaint
from complaints.actions.context import ComplaintContext
from complaints.actions.entering import EnterComplaint
from complaints.actions.materials import ShowMaterials
from complaints.actions.passing import PassOnComplaint
from complaints.actions.working import AskCitizen
from complaints.approvals.actions import ask_approval
from complaints.approvals.store import ApprovalStore
from complaints.attachments.folder import StoredFile
from complaints.case import ComplaintCase
from complaints.decision_errors import AnswerWaitsError
from complaints.draft import MOST_FILES
from complaints.errors import TooManyFilesError
from complaints.hearings.actions import KeepProtocol, TellPreliminary
from complaints.requests.rules import RequestEnd
from complaints.staff_drafts.drafts import (
    DECIDED,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredScans:
    """`id` is the entry draft's id, `count` how many files it has."""

    id: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReply:
    """`waits`: the answer goes only when the head has approved it."""

    case: ComplaintCase
    waits: bool = False


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

        Raises GoneError, NotAllowedError, NotAssigneeError, AnswerWaitsError.
        """

        def begun(draft: ReplyDraft | None) -> ReplyDraft:
            if draft is None:
                return ReplyDraft(purpose=purpose)
            if draft.purpose is purpose:
                return draft
            if purpose in DECIDED and draft.purpose in DECIDED:
                return replace(draft, purpose=purpose, outgoing="", sent_on=None)
            return ReplyDraft(purpose=purpose, parts=draft.parts)

        return await self._keep(by, complaint, begun)

    @atomic
    async def change(
        self, by: int, complaint: int, change: Callable[[ReplyDraft], ReplyDraft]
    ) -> StoredReply:
        """Raises GoneError (also where there is no draft), NotAllowedError, NotAssigneeError,
        AnswerWaitsError, what `change` raises.
        """

        def changed(draft: ReplyDraft | None) -> ReplyDraft:
            if draft is None:
                raise GoneError
            return change(draft)

        return await self._keep(by, complaint, changed)

    @atomic
    async def drop(self, by: int, complaint: int) -> None:
        """Raises AnswerWaitsError."""
        await self._check_free(by, complaint)
        row = await self._drafts.find(by, about_complaint(complaint))
        if row is not None:
            await self._drafts.drop(row, self.context.now())

    async def _keep(
        self, by: int, complaint: int, change: Callable[[ReplyDraft | None], ReplyDraft]
    ) -> StoredReply:
        await self.context.worked(by, complaint)
        await self._check_free(by, complaint)
        subject = about_complaint(complaint)
        row = await self._drafts.find(by, subject)
        draft = change(None if row is None else reply_from(self._drafts.body(row)))
        stored = await self._drafts.keep(by, subject, draft, self.context.now())
        return await self._read(stored)

    async def _check_free(self, by: int, complaint: int) -> None:
        """What waits for the head stays as it was sent."""
        waiting = await ApprovalStore(self.context.session).waiting(complaint)
        if waiting is not None and waiting.asked_by == by:
            raise AnswerWaitsError

    async def _read(self, row: StaffDraftRow) -> StoredReply:
        files = await self._drafts.files(row.id)
        return StoredReply(id=row.id, draft=reply_from(self._drafts.body(row)), files=files)

    @property
    def _drafts(self) -> StaffDraftStore:
        return StaffDraftStore(self.context.session, self.context.cipher)


@dataclass(frozen=True, slots=True)
class SendReply:
    """Submit the draft as its purpose says and delete it: a repeated call raises GoneError.

    An answer that needs approval waits instead, and the draft with it.
    """

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> SentReply:
        """Raises GoneError (also if sent already) and what the action of its purpose raises."""
        drafts = StaffDraftStore(self.context.session, self.context.cipher)
        row = await drafts.find(by, about_complaint(complaint))
        if row is None:
            raise GoneError
        draft = reply_from(drafts.body(row))
        files = tuple(file.id for file in await drafts.files(row.id))
        if draft.purpose is ReplyPurpose.ANSWER:
            worked = await self.context.worked(by, complaint)
            if await needs_approval(self.context, worked):
                case = await ask_approval(self.context, worked, draft.reply(files))
                return SentReply(case=case, waits=True)
        case = await self._send(by, complaint, draft, files)
        await drafts.drop(row, self.context.now())
        return SentReply(case=case)

    async def _send(
        self, by: int, complaint: int, draft: ReplyDraft, files: tuple[int, ...]
    ) -> ComplaintCase:
        content = draft.content(files)
        match draft.purpose:
            case ReplyPurpose.ASK:
                case = await AskCitizen(self.context)(by, complaint, content)
            case ReplyPurpose.PASS_ON:
                case = (await PassOnComplaint(self.context)(by, complaint, draft.to or "", content)).case
            case ReplyPurpose.PRELIMINARY:
                outcome = draft.reply(files).outcome
                case = await TellPreliminary(self.context)(by, complaint, outcome, content, draft.mark)
            case ReplyPurpose.PROTOCOL:
                case = await KeepProtocol(self.context)(by, complaint, content)
            case ReplyPurpose.ANSWER:
                case = await AnswerComplaint(self.context)(by, complaint, draft.reply(files))
            case ReplyPurpose.GIVE_BACK:
                case = await ReturnComplaint(self.context)(by, complaint, content)
            case ReplyPurpose.MATERIALS:
                case = await ShowMaterials(self.context)(by, complaint, RequestEnd.SENT, content)
        return case


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

    async def scans(self, by: int, organisation: str) -> StoredScans | None:
        """The entry's draft with its scans; None where nothing is entered yet. Raises NotAllowedError."""
        await self.context.right(by, Action.REGISTER_COMPLAINTS, organisation)
        row = await self._drafts.find(by, about_entry(organisation))
        return None if row is None else StoredScans(id=row.id, count=len(await self._drafts.files(row.id)))

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
        scans = [file.id for file in await self._drafts.files(row.id)]
        await AttachmentStore(self.context.session).move_from_staff(scans, case.id)
        await self._drafts.drop(row, self.context.now())
        return case

    @property
    def _drafts(self) -> StaffDraftStore:
        return StaffDraftStore(self.context.session, self.context.cipher)
