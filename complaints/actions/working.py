"""What the assignee of a complaint does before answering."""

from dataclasses import dataclass

from accounts.errors import GoneError
from accounts.permissions import Action
from complaints.actions.citizens import add_message
from complaints.actions.context import ComplaintContext
from complaints.case import ComplaintCase, case_of
from complaints.facts import ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.thread import MessageContent, MessageKind
from database.engine import atomic
from registry_data.store import CARDS, RegistryRepository


@dataclass(frozen=True, slots=True)
class AskCitizen:
    """Ask the citizen for more; the term keeps running."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, content: MessageContent) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError and what
        MessageContent.check raises.
        """
        worked = await self.context.worked(by, complaint)
        self.context.check(worked.row, LifecycleStep.ASK)
        message = await add_message(self.context, worked.row, MessageKind.QUESTION, by, content)
        await self.context.step(worked.row, LifecycleStep.ASK, worked.actor, message=message)
        await (await self.context.notifier()).citizen(worked.row, NotificationTopic.ASKED, message)
        return case_of(worked.row)


@dataclass(frozen=True, slots=True)
class CorrectComplaint:
    """Correct how the forms count the complaint; arguments that are not given change nothing."""

    context: ComplaintContext

    @atomic
    async def __call__(  # one keyword for each correctable fact
        self,
        by: int,
        complaint: int,
        *,
        kind: ComplaintKind | None = None,
        service: str | None = None,
        delivery: ServiceDelivery | None = None,
    ) -> ComplaintCase:
        """Raises GoneError (also for an unknown service), NotAllowedError, IllegalTransitionError."""
        row = await self.context.complaints.lock(complaint)
        actor, _ = await self.context.right(by, Action.WORK_ON_COMPLAINTS, row.organisation)
        self.context.check(row, LifecycleStep.CORRECT)
        if service is not None and await RegistryRepository(self.context.session, CARDS).get(service) is None:
            raise GoneError
        row.kind = kind.value if kind is not None else row.kind
        row.service = service or row.service
        row.delivery = delivery.value if delivery is not None else row.delivery
        await self.context.step(
            row, LifecycleStep.CORRECT, actor, kind=kind, service=service, delivery=delivery
        )
        return case_of(row)
