"""An official answers a complaint, and the case is closed."""

from dataclasses import dataclass, replace

from accounts.permissions import Action
from complaints.actions.citizens import add_message
from complaints.actions.context import AssignedWork, ComplaintContext
from complaints.approvals.store import ApprovalStore
from complaints.case import ComplaintCase, case_of, is_on_paper
from complaints.decision_errors import ApprovalNeededError
from complaints.errors import AnswerEmptyError, AnswerReasonsError
from complaints.facts import ComplaintOutcome
from complaints.hearings.hearing import UNFAVOURABLE, check_heard, last_day_to_tell
from complaints.hearings.store import HearingStore
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.paper import PaperMark, check_mark
from complaints.tables import ComplaintRow
from complaints.thread import MessageContent, MessageKind
from database.engine import atomic


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintReply:
    """`restored`: whether the citizen's rights were restored; if so, `how` says how.

    `mark` is the answer's number and day, of a complaint on paper. Partly granted and rejected have their
    reasons in words, not in a file alone (Administrative Procedure Code Art. 80 ¶1 4), Art. 100).
    """

    outcome: ComplaintOutcome
    content: MessageContent
    restored: bool = False
    how: str = ""
    mark: PaperMark | None = None

    def check(self) -> None:
        """Raises AnswerEmptyError, AnswerReasonsError, and what MessageContent.check raises."""
        self.content.check()
        if self.outcome in UNFAVOURABLE and not self.content.text.strip():
            raise AnswerReasonsError
        if self.restored and not self.how.strip():
            raise AnswerEmptyError
        if self.how.strip():
            MessageContent(text=self.how).check()


@dataclass(frozen=True, slots=True)
class AnswerComplaint:
    context: ComplaintContext

    @atomic
    async def __call__(
        self, by: int, complaint: int, reply: ComplaintReply, *, author: int | None = None
    ) -> ComplaintCase:
        """`author` wrote it, where the head only approved it.

        Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError, ApprovalNeededError and
        what `check_reply` raises.
        """
        worked = await self.context.worked(by, complaint)
        row = worked.row
        reply = await check_reply(self.context, row, reply)
        if await needs_approval(self.context, worked):
            raise ApprovalNeededError
        message = await add_message(self.context, row, MessageKind.ANSWER, author or by, reply.content)
        if reply.restored:
            restored = MessageContent(text=reply.how)
            await add_message(self.context, row, MessageKind.RESTORED, author or by, restored)
        row.outcome, row.restored = reply.outcome.value, reply.restored
        await self._answered(worked, reply, message)
        await (await self.context.notifier()).citizen(row, NotificationTopic.ANSWERED, message)
        return case_of(row)

    async def _answered(self, worked: AssignedWork, reply: ComplaintReply, message: int) -> None:
        """An answer on paper was given on the day of the paper, however late it is noted."""
        row = worked.row
        row.answered_on = reply.mark.on if reply.mark is not None else self.context.today()
        row.outgoing_number = reply.mark.number if reply.mark is not None else None
        await self.context.step(
            row,
            LifecycleStep.ANSWER,
            worked.actor,
            outcome=reply.outcome,
            restored=int(reply.restored),
            answered_on=row.answered_on if reply.mark is not None else None,
            message=message,
        )
        row.closed_on = row.answered_on


async def check_reply(context: ComplaintContext, row: ComplaintRow, reply: ComplaintReply) -> ComplaintReply:
    """The reply, if it may be the answer now.

    Raises IllegalTransitionError, what ComplaintReply.check, check_mark and check_heard raise.
    """
    context.check(row, LifecycleStep.ANSWER)
    reply.check()
    today = context.today()
    mark = check_mark(reply.mark, row.registered_on, today) if is_on_paper(row) else None
    hearing = await HearingStore(context.session).hearing(row.id)
    last = last_day_to_tell(row.due_on, await context.calendar())
    check_heard(reply.outcome, hearing, today if mark is None else mark.on, last)
    return replace(reply, mark=mark)


async def needs_approval(context: ComplaintContext, worked: AssignedWork) -> bool:
    """Whether the answer has to wait for the head; on paper the head's signature is the approval."""
    row, by = worked.row, worked.actor.id or 0
    if is_on_paper(row) or not await ApprovalStore(context.session).is_required(row.organisation):
        return False
    return not await context.allowed(by, Action.LEAD_COMPLAINTS, worked.staff)


@dataclass(frozen=True, slots=True)
class CloseComplaint:
    """Take the complaint off the work list; the citizen may still say "not solved"."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError."""
        worked = await self.context.worked(by, complaint)
        await self.context.step(worked.row, LifecycleStep.CLOSE, worked.actor)
        return case_of(worked.row)
