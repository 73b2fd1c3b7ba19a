"""What citizens do with their own complaints."""

from dataclasses import dataclass

from complaints.actions.context import ComplaintContext, citizen
from complaints.actions.registration import copied, follow, register
from complaints.audit_log import digest
from complaints.case import ComplaintCase, case_of
from complaints.daily_use import check_files_of_complaint
from complaints.errors import AtAgencyAlreadyError
from complaints.facts import CameBy
from complaints.lifecycle import ComplaintState, LifecycleStep, check_offer
from complaints.notifier import NotificationTopic
from complaints.queries.routes import RouteQueries
from complaints.routing import NotConnected, Routed
from complaints.tables import ComplaintRow
from complaints.terms import Rule
from complaints.thread import MessageContent, MessageKind, MessageThread
from database.engine import atomic


@dataclass(frozen=True, slots=True)
class AddToComplaint:
    """Add a message or file to an open complaint; it answers the official's question where one is pending."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, content: MessageContent) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, IllegalTransitionError, TooManyAdditionsError,
        TooManyFilesError, FilesHeavyError, FilesOfTheDayError, and what MessageContent.check raises.
        """
        row = await self.context.own(by, complaint)
        step = (
            LifecycleStep.GIVE
            if ComplaintState(row.state) is ComplaintState.INFORMATION_ASKED
            else LifecycleStep.ADD
        )
        self.context.check(row, step)
        await self._check_limits(row, content)
        message = await add_message(self.context, row, MessageKind.ADDITION, by, content)
        await self.context.step(row, step, citizen(by), message=message, text=_digest(row, content))
        staff = await self.context.staff(row.organisation)
        recipients = staff.recipients(row.assignee)
        await (await self.context.notifier()).officials(row, NotificationTopic.ADDED, recipients, message)
        return case_of(row)

    async def _check_limits(self, row: ComplaintRow, content: MessageContent) -> None:
        """What a complaint may hold, and a person send in a day."""
        assert row.person is not None
        sizes = [file.size for file in content.files]
        await check_files_of_complaint(self.context.session, row.id, sizes)
        today, use = self.context.today(), self.context.daily_use
        await use.add_addition(row.person, today)
        if sizes:
            await use.add_file(row.person, today, sum(sizes))


@dataclass(frozen=True, slots=True)
class WithdrawComplaint:
    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, IllegalTransitionError."""
        row = await self.context.own(by, complaint)
        await self.context.step(row, LifecycleStep.WITHDRAW, citizen(by))
        staff = await self.context.staff(row.organisation)
        await (await self.context.notifier()).officials(
            row, NotificationTopic.WITHDRAWN, staff.recipients(row.assignee)
        )
        return case_of(row)


@dataclass(frozen=True, slots=True)
class MarkSolved:
    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, IllegalTransitionError."""
        row = await self.context.own(by, complaint)
        await self.context.step(row, LifecycleStep.SOLVE, citizen(by))
        return case_of(row)


@dataclass(frozen=True, slots=True)
class MarkNotSolved:
    """Notify the body that answered. ComplaintCase.rule decides what comes next: the Agency or the court."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, content: MessageContent | None = None) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, IllegalTransitionError, ReopenWindowClosedError."""
        row = await self.context.own(by, complaint)
        await not_solved(self.context, row, by, content)
        return case_of(row)


@dataclass(frozen=True, slots=True)
class EscalateToAgency:
    """Take the complaint to the Agency's body, as a new complaint with its own term of 15 working days.

    The first body still owes its answer. A repeated call returns the same complaint.
    """

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> ComplaintCase | NotConnected:
        """Return the new complaint; change nothing where no body of the Agency is connected.

        Raises GoneError, NotAllowedError, IllegalTransitionError, AtAgencyAlreadyError.
        """
        row = await self.context.own(by, complaint)
        if row.rule == Rule.AUTHORITY:
            raise AtAgencyAlreadyError
        self.context.check(row, LifecycleStep.GO_TO_AGENCY)
        known = await self.context.complaints.followed_by(row.id, CameBy.AGENCY)
        if known is not None:
            return case_of(known)
        route = await RouteQueries.stored(self.context.session).to_agency(row)
        if isinstance(route, NotConnected):
            return route
        return await self._go(row, route, by)

    async def _go(self, row: ComplaintRow, route: Routed, by: int) -> ComplaintCase:
        content = await self.context.keys.content(row)
        new = copied(row, content, route.organisation.code, route.rule, self.context.now())
        new = follow(row, new, CameBy.AGENCY)
        following = await register(self.context, new, citizen(by))
        await self.context.step(
            row, LifecycleStep.GO_TO_AGENCY, citizen(by), to=following.id, body=new.organisation
        )
        return case_of(following)


async def not_solved(
    context: ComplaintContext, row: ComplaintRow, by: int, content: MessageContent | None
) -> None:
    """Raises IllegalTransitionError, ReopenWindowClosedError and what MessageContent.check raises."""
    context.check(row, LifecycleStep.NOT_SOLVE)
    assert row.answered_on is not None
    check_offer(row.answered_on, context.today())
    message = (
        await add_message(context, row, MessageKind.NOT_SOLVED, by, content) if content is not None else None
    )
    await context.step(row, LifecycleStep.NOT_SOLVE, citizen(by), message=message)
    staff = await context.staff(row.organisation)
    await (await context.notifier()).officials(
        row, NotificationTopic.NOT_SOLVED, staff.recipients(row.assignee), message
    )


async def add_message(
    context: ComplaintContext, row: ComplaintRow, message_kind: MessageKind, by: int, content: MessageContent
) -> int:
    """Store the message and return its id. Raises what MessageContent.check raises."""
    content.check()
    return (
        await MessageThread(context.session, context.cipher).say(
            row, message_kind, by, content, context.now()
        )
    ).id


def _digest(row: ComplaintRow, content: MessageContent) -> str | None:
    return digest(row.seal, content.text) if row.seal and content.text else None
