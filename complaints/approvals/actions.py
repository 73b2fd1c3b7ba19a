"""An answer waits for the head, who approves it or returns it with a note; the term keeps running."""

from dataclasses import dataclass

from accounts.errors import GoneError
from accounts.permissions import Action
from complaints.actions.answering import AnswerComplaint, ComplaintReply, check_reply
from complaints.actions.context import AssignedWork, ComplaintContext
from complaints.approvals.store import NOTE, ApprovalStore
from complaints.approvals.tables import ApprovalRow
from complaints.case import ComplaintCase, case_of
from complaints.decision_errors import AnswerWaitsError
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.staff_drafts.drafts import about_complaint, reply_from
from complaints.staff_drafts.store import StaffDraftStore
from complaints.tables import ComplaintRow
from complaints.thread import MessageContent
from database.engine import atomic


@dataclass(frozen=True, slots=True)
class RequireApproval:
    """Whether the organisation's answers wait for its head; the head decides."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, organisation: str, *, required: bool) -> None:
        """Raises NotAllowedError."""
        await self.context.right(by, Action.LEAD_COMPLAINTS, organisation)
        store = ApprovalStore(self.context.session)
        await store.set(organisation, required=required, by=by, at=self.context.now())
        await self.context.session.flush()


async def ask_approval(
    context: ComplaintContext, worked: AssignedWork, reply: ComplaintReply
) -> ComplaintCase:
    """Let the reply wait; its text stays the official's draft. The caller commits.

    Raises AnswerWaitsError and what check_reply raises.
    """
    row = worked.row
    await check_reply(context, row, reply)
    if await ApprovalStore(context.session).waiting(row.id) is not None:
        raise AnswerWaitsError
    asked = ApprovalRow(complaint=row.id, asked_by=worked.actor.id or 0, asked_at=context.now())
    context.session.add(asked)
    await context.step(row, LifecycleStep.ASK_APPROVAL, worked.actor, outcome=reply.outcome)
    await (await context.notifier()).officials(row, NotificationTopic.APPROVAL_ASKED, worked.staff.heads)
    return case_of(row)


@dataclass(frozen=True, slots=True)
class ApproveAnswer:
    """The head approves: the answer goes at once, as that of the official who wrote it."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> ComplaintCase:
        """Raises GoneError (also if nothing waits, or the draft is gone), NotAllowedError and what
        AnswerComplaint raises.
        """
        worked, asked = await _waiting(self.context, by, complaint, LifecycleStep.APPROVE)
        drafts = StaffDraftStore(self.context.session, self.context.cipher)
        draft = await drafts.find(asked.asked_by, about_complaint(complaint))
        if draft is None:
            raise GoneError
        files = tuple(file.id for file in await drafts.files(draft.id))
        reply = reply_from(drafts.body(draft)).reply(files)
        _decide(self.context, asked, by, approved=True)
        await self.context.step(worked.row, LifecycleStep.APPROVE, worked.actor, approval=asked.id)
        case = await AnswerComplaint(self.context)(by, complaint, reply, author=asked.asked_by)
        await drafts.drop(draft, self.context.now())
        await _tell(self.context, worked, asked, NotificationTopic.ANSWER_APPROVED)
        return case


@dataclass(frozen=True, slots=True)
class ReturnAnswer:
    """The head returns the answer with a note; the official changes it and asks again."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, note: str) -> ComplaintCase:
        """Raises GoneError (also if nothing waits), NotAllowedError, IllegalTransitionError, and what
        MessageContent.check raises.
        """
        MessageContent(text=note).check()
        worked, asked = await _waiting(self.context, by, complaint, LifecycleStep.RETURN_ANSWER)
        _decide(self.context, asked, by, approved=False)
        asked.note_cipher = await self._closed(worked.row, note.strip())
        await self.context.step(worked.row, LifecycleStep.RETURN_ANSWER, worked.actor, approval=asked.id)
        await _tell(self.context, worked, asked, NotificationTopic.ANSWER_RETURNED)
        return case_of(worked.row)

    async def _closed(self, row: ComplaintRow, note: str) -> str | None:
        key = (await self.context.keys.of([row.id])).get(row.id)
        return key.close(note, NOTE) if key is not None else None


async def _waiting(
    context: ComplaintContext, by: int, complaint: int, step: LifecycleStep
) -> tuple[AssignedWork, ApprovalRow]:
    row = await context.complaints.lock(complaint)
    actor, staff = await context.right(by, Action.LEAD_COMPLAINTS, row.organisation)
    context.check(row, step)
    asked = await ApprovalStore(context.session).waiting(row.id)
    if asked is None:
        raise GoneError
    return AssignedWork(row=row, actor=actor, staff=staff), asked


def _decide(context: ComplaintContext, asked: ApprovalRow, by: int, *, approved: bool) -> None:
    asked.decided_by, asked.decided_at, asked.approved = by, context.now(), approved


async def _tell(
    context: ComplaintContext, worked: AssignedWork, asked: ApprovalRow, topic: NotificationTopic
) -> None:
    recipients = worked.staff.recipients(asked.asked_by) - {worked.actor.id}
    await (await context.notifier()).officials(worked.row, topic, recipients)
