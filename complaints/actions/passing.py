"""Pass a complaint on to the competent body: its term starts with its own registration."""

from dataclasses import dataclass

from accounts.errors import GoneError
from complaints.actions.citizens import add_message
from complaints.actions.context import AssignedWork, ComplaintContext
from complaints.actions.registration import copied, follow, register
from complaints.audit_log import BY_SYSTEM
from complaints.case import ComplaintCase, case_of
from complaints.errors import PassedToItselfError
from complaints.facts import CameBy
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.queries.routes import RouteQueries
from complaints.routing import Routing
from complaints.terms import rule_of
from complaints.thread import MessageContent, MessageKind
from database.engine import atomic
from registry_data.organisations import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedComplaint:
    """`following` is the complaint at the new body, or None where that body is not connected and the official
    has to forward the complaint by other means.
    """

    case: ComplaintCase
    following: ComplaintCase | None


@dataclass(frozen=True, slots=True)
class PassOnComplaint:
    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, to: str, content: MessageContent) -> PassedComplaint:
        """`words` explain the reason to the citizen.

        Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError, PassedToItselfError, and
        what MessageContent.check raises.
        """
        worked = await self.context.worked(by, complaint)
        self.context.check(worked.row, LifecycleStep.PASS_ON)
        if to == worked.row.organisation:
            raise PassedToItselfError
        routing = await RouteQueries.stored(self.context.session).routing()
        body = routing.get(to)
        if body is None:
            raise GoneError
        message = await add_message(self.context, worked.row, MessageKind.PASSED_ON, by, content)
        return await self._pass(worked, body, routing, message)

    async def _pass(
        self, worked: AssignedWork, body: Organisation, routing: Routing, message: int
    ) -> PassedComplaint:
        row = worked.row
        row.passed_to = body.code
        following = None
        if body.code in routing.connected:
            new = copied(
                row,
                await self.context.keys.content(row),
                body.code,
                rule_of(body.kind),
                self.context.now(),
            )
            following = await register(self.context, follow(row, new, CameBy.PASSED), BY_SYSTEM)
        to = following.id if following is not None else None
        await self.context.step(
            row,
            LifecycleStep.PASS_ON,
            worked.actor,
            body=body.code,
            to=to,
            message=message,
            due_on=row.due_on,
        )
        former = worked.staff.recipients(row.assignee) - {worked.actor.id}
        notifier = await self.context.notifier()
        await notifier.officials(row, NotificationTopic.PASSED_ON, former)
        topic = NotificationTopic.PASSED_OUT if following is None else NotificationTopic.PASSED_ON
        await notifier.citizen(row, topic, message)
        return PassedComplaint(case=case_of(row), following=None if following is None else case_of(following))
