"""An incomplete complaint: told what it lacks, completed, or returned (Art. 64 ¶6-7 of the Code)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.errors import GoneError
from complaints.actions.citizens import add_message
from complaints.actions.context import ComplaintContext
from complaints.case import ComplaintCase, case_of
from complaints.errors import RequestPendingError
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.requests.rules import (
    RequestEnd,
    RequestKind,
    Requisite,
    check_completion,
    check_return,
    return_by,
)
from complaints.requests.store import RequestStore, end
from complaints.requests.tables import RequestRow
from complaints.thread import MessageContent, MessageKind
from database.engine import atomic


@dataclass(frozen=True, slots=True)
class AskToComplete:
    """Tell the citizen what the complaint lacks, and until when to add it; the term keeps running."""

    context: ComplaintContext

    @atomic
    async def __call__(
        self, by: int, complaint: int, missing: Sequence[Requisite], complete_by: date
    ) -> ComplaintCase:
        """`complete_by` is inclusive.

        Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError, RequestPendingError,
        NothingMissingError, CompletionLateError, OutsideCalendarError.
        """
        worked = await self.context.worked(by, complaint)
        row, calendar = worked.row, await self.context.calendar()
        self.context.check(row, LifecycleStep.ASK_TO_COMPLETE)
        requests = RequestStore(self.context.session)
        if await requests.row(row.id, RequestKind.COMPLETION) is not None:
            raise RequestPendingError
        check_completion(missing, complete_by, self.context.today(), row.due_on, calendar)
        asked = RequestRow(
            complaint=row.id,
            kind=RequestKind.COMPLETION.value,
            asked_at=self.context.now(),
            missing=" ".join(one.value for one in Requisite if one in missing),
            complete_by=complete_by,
            due_on=return_by(complete_by, calendar),
        )
        await requests.add(asked)
        await self.context.step(
            row,
            LifecycleStep.ASK_TO_COMPLETE,
            worked.actor,
            request=asked.id,
            missing=(asked.missing or "").replace(" ", "."),
            complete_by=complete_by,
            return_by=asked.due_on,
        )
        await (await self.context.notifier()).citizen(row, NotificationTopic.COMPLETION_ASKED)
        return case_of(row)


@dataclass(frozen=True, slots=True)
class ConfirmComplete:
    """The official has what was missing: the complaint is considered."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> ComplaintCase:
        """Raises GoneError (also if nothing was asked), NotAllowedError, NotAssigneeError,
        IllegalTransitionError.
        """
        worked = await self.context.worked(by, complaint)
        self.context.check(worked.row, LifecycleStep.COMPLETE)
        asked = await _asked(self.context, worked.row.id)
        end(asked, RequestEnd.COMPLETED, self.context.now())
        await self.context.step(worked.row, LifecycleStep.COMPLETE, worked.actor, request=asked.id)
        return case_of(worked.row)


@dataclass(frozen=True, slots=True)
class ReturnComplaint:
    """Return, with reasons, what was not completed in the term set for it; a new one may be lodged (¶8)."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, content: MessageContent) -> ComplaintCase:
        """Raises GoneError (also if nothing was asked), NotAllowedError, NotAssigneeError,
        IllegalTransitionError, ReturnEarlyError, ReturnLateError and what MessageContent.check raises.
        """
        worked = await self.context.worked(by, complaint)
        row = worked.row
        self.context.check(row, LifecycleStep.RETURN)
        asked = await _asked(self.context, row.id)
        assert asked.complete_by is not None
        check_return(asked.complete_by, asked.due_on, self.context.today())
        message = await add_message(self.context, row, MessageKind.RETURNED, by, content)
        end(asked, RequestEnd.RETURNED, self.context.now())
        await self.context.step(row, LifecycleStep.RETURN, worked.actor, request=asked.id, message=message)
        await (await self.context.notifier()).citizen(row, NotificationTopic.RETURNED, message)
        return case_of(row)


async def _asked(context: ComplaintContext, complaint: int) -> RequestRow:
    """Raises GoneError."""
    found = await RequestStore(context.session).row(complaint, RequestKind.COMPLETION)
    if found is None:
        raise GoneError
    return found
