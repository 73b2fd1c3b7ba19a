"""Answer a complaint, and close it."""

from dataclasses import dataclass

from complaints.actions.citizens import add_message
from complaints.actions.context import ComplaintContext
from complaints.case import ComplaintCase, case_of
from complaints.errors import AnswerEmptyError
from complaints.facts import ComplaintOutcome
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.thread import MessageContent, MessageKind
from database.engine import atomic


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintReply:
    """`restored`: whether the citizen's rights were restored; if so, `how` says how."""

    outcome: ComplaintOutcome
    content: MessageContent
    restored: bool = False
    how: str = ""

    def check(self) -> None:
        """Raises AnswerEmptyError, and what MessageContent.check raises."""
        self.content.check()
        if self.restored and not self.how.strip():
            raise AnswerEmptyError
        if self.how.strip():
            MessageContent(text=self.how).check()


@dataclass(frozen=True, slots=True)
class AnswerComplaint:
    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, reply: ComplaintReply) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError and what
        ComplaintReply.check raises.
        """
        worked = await self.context.worked(by, complaint)
        row = worked.row
        self.context.check(row, LifecycleStep.ANSWER)
        reply.check()
        message = await add_message(self.context, row, MessageKind.ANSWER, by, reply.content)
        if reply.restored:
            await add_message(self.context, row, MessageKind.RESTORED, by, MessageContent(text=reply.how))
        row.outcome, row.restored = reply.outcome.value, reply.restored
        row.answered_on = self.context.today()
        await self.context.step(
            row,
            LifecycleStep.ANSWER,
            worked.actor,
            outcome=reply.outcome,
            restored=int(reply.restored),
            message=message,
        )
        await (await self.context.notifier()).citizen(row, NotificationTopic.ANSWERED, message)
        return case_of(row)


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
