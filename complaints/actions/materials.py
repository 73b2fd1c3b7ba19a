"""A citizen sees the file of the case within three working days of asking (Art. 75 of the Code)."""

from dataclasses import dataclass

from accounts.errors import GoneError
from complaints.actions.citizens import add_message
from complaints.actions.context import ComplaintContext, citizen
from complaints.case import ComplaintCase, case_of
from complaints.errors import RequestPendingError
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.requests.rules import AT_HAND, RequestEnd, RequestKind, show_by
from complaints.requests.store import RequestStore, end
from complaints.requests.tables import RequestRow
from complaints.thread import MessageContent, MessageKind
from database.engine import atomic


@dataclass(frozen=True, slots=True)
class RequestMaterials:
    """Ask to see the materials, during the consideration or after it."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> RequestRow:
        """Raises GoneError, NotAllowedError, IllegalTransitionError, RequestPendingError,
        OutsideCalendarError.
        """
        row = await self.context.own(by, complaint)
        self.context.check(row, LifecycleStep.ASK_MATERIALS)
        requests = RequestStore(self.context.session)
        if await requests.row(row.id, RequestKind.MATERIALS) is not None:
            raise RequestPendingError
        now = self.context.now()
        asked = RequestRow(
            complaint=row.id,
            kind=RequestKind.MATERIALS.value,
            asked_at=now,
            due_on=show_by(now, await self.context.calendar()),
        )
        await requests.add(asked)
        await self.context.step(
            row, LifecycleStep.ASK_MATERIALS, citizen(by), request=asked.id, show_by=asked.due_on
        )
        staff = await self.context.staff(row.organisation)
        notifier = await self.context.notifier()
        await notifier.officials(row, NotificationTopic.MATERIALS_ASKED, staff.recipients(row.assignee))
        return asked


@dataclass(frozen=True, slots=True)
class ShowMaterials:
    """Record how the citizen saw the materials; `content` goes through the bot, with its files."""

    context: ComplaintContext

    @atomic
    async def __call__(
        self, by: int, complaint: int, how: RequestEnd, content: MessageContent | None = None
    ) -> ComplaintCase:
        """Raises GoneError (also if nothing was asked, or `how` is no such way), NotAllowedError,
        NotAssigneeError and what MessageContent.check raises.
        """
        worked = await self.context.worked(by, complaint)
        row = worked.row
        asked = await RequestStore(self.context.session).row(row.id, RequestKind.MATERIALS)
        if asked is None or how not in (AT_HAND if content is None else (RequestEnd.SENT,)):
            raise GoneError
        message = (
            await add_message(self.context, row, MessageKind.MATERIALS, by, content)
            if content is not None
            else None
        )
        end(asked, how, self.context.now())
        await self.context.step(
            row, LifecycleStep.SHOW_MATERIALS, worked.actor, request=asked.id, how=how, message=message
        )
        await (await self.context.notifier()).citizen(row, NotificationTopic.MATERIALS_SHOWN, message)
        return case_of(row)
