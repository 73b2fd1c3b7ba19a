"""Assign a complaint: an official takes it, or the head gives it to one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from accounts.errors import NotAllowedError
from accounts.officials.membership import NotAMemberError
from accounts.permissions import Action
from complaints.actions.context import ComplaintContext
from complaints.audit_log import AuditLog
from complaints.case import ComplaintCase, case_of
from complaints.errors import AlreadyAssignedError
from complaints.lifecycle import ComplaintState, LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.tables import ComplaintRow
from database.engine import atomic
from kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class TakeComplaint:
    """Idempotent for the same official."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, IllegalTransitionError, AlreadyAssignedError.

        Only heads reassign.
        """
        row = await self.context.complaints.lock(complaint)
        actor, staff = await self.context.right(by, Action.WORK_ON_COMPLAINTS, row.organisation)
        self.context.check(row, LifecycleStep.TAKE)
        has = staff.holder(row.assignee)
        if has == by:
            return case_of(row)
        if has is not None and not await self.context.allowed(by, Action.LEAD_COMPLAINTS, staff):
            raise AlreadyAssignedError
        was = ComplaintState(row.state)
        row.assignee = by
        await self.context.step(row, LifecycleStep.TAKE, actor)
        await notify_former(self.context, row, {has} - {by, None})
        await notify_taken(self.context, row, was)
        return case_of(row)


@dataclass(frozen=True, slots=True)
class AssignComplaint:
    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, to: int) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, IllegalTransitionError, NotAMemberError."""
        row = await self.context.complaints.lock(complaint)
        actor, staff = await self.context.right(by, Action.LEAD_COMPLAINTS, row.organisation)
        self.context.check(row, LifecycleStep.ASSIGN)
        if to not in staff.workers:
            raise NotAMemberError
        was, former = ComplaintState(row.state), staff.holder(row.assignee)
        row.assignee = to
        given = await AuditLog(self.context.session).alias(row, to, self.context.now())
        await self.context.step(row, LifecycleStep.ASSIGN, actor, to=given)
        if to != by:
            await (await self.context.notifier()).officials(
                row, NotificationTopic.ASSIGNED, staff.recipients(to)
            )
        await notify_former(self.context, row, {former} - {by, to, staff.holder(to), None})
        await notify_taken(self.context, row, was)
        return case_of(row)


async def notify_former(context: ComplaintContext, row: ComplaintRow, former: set[int | None]) -> None:
    """Who had the complaint learns that a colleague has it now."""
    recipients = [one for one in former if one is not None]
    await (await context.notifier()).officials(row, NotificationTopic.TAKEN_AWAY, recipients)


MOST_AT_ONCE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedAssignment:
    """A complaint that was left as it was, and why."""

    case: ComplaintCase
    error: DomainError


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignments:
    done: Sequence[ComplaintCase]
    refused: Sequence[RefusedAssignment]


@dataclass(frozen=True, slots=True)
class AssignSeveral:
    """Assign an organisation's complaints to one official: each as a whole or not at all, with the reason."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, organisation: str, complaints: Collection[int], to: int) -> Assignments:
        """At most MOST_AT_ONCE, the oldest first.

        Raises NotAllowedError (also for a complaint of another organisation), NotAMemberError, GoneError.
        """
        context, assign = self.context, AssignComplaint(self.context)
        _, staff = await context.right(by, Action.LEAD_COMPLAINTS, organisation)
        if to not in staff.workers:
            raise NotAMemberError
        done: list[ComplaintCase] = []
        refused: list[RefusedAssignment] = []
        for complaint in sorted(set(complaints))[:MOST_AT_ONCE]:
            row = await context.complaints.get(complaint)
            if row.organisation != organisation:
                raise NotAllowedError
            case = case_of(row)
            try:
                done.append(await assign(by, complaint, to))
            except DomainError as error:
                refused.append(RefusedAssignment(case=case, error=error))
        return Assignments(done=done, refused=refused)


async def notify_taken(context: ComplaintContext, row: ComplaintRow, was: ComplaintState) -> None:
    """Notify the citizen once, at the first assignment."""
    if was is ComplaintState.REGISTERED:
        await (await context.notifier()).citizen(row, NotificationTopic.TAKEN)
