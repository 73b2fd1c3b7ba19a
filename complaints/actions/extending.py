"""Extend a term: the assignee asks, the head decides, the citizen is notified."""

from dataclasses import dataclass

from accounts.errors import GoneError
from accounts.permissions import Action
from complaints.actions.context import AssignedWork, ComplaintContext
from complaints.case import ComplaintCase, case_of
from complaints.errors import ExtensionPendingError
from complaints.facts import ExtensionReason
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.tables import ComplaintRow, ExtensionRow
from complaints.terms import Extension, Rule, check_extension, date_complaint, most_days, tell_by
from database.engine import atomic
from deadlines.errors import ExtendedAlreadyError, ExtensionTooLongError
from registry_data.store import OrganisationRepository


@dataclass(frozen=True, slots=True)
class AskExtension:
    """Ask the head for an extension; a head's own request is granted at once."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, days: int, reason: ExtensionReason) -> ComplaintCase:
        """`days` are working days.

        Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError, ExtensionBodyError,
        ExtensionLateError, ExtendedAlreadyError, ExtensionPendingError, ExtensionTooLongError,
        OutsideCalendarError.
        """
        worked = await self.context.worked(by, complaint)
        self.context.check(worked.row, LifecycleStep.ASK_EXTENSION)
        await self._check(worked.row, days)
        asked = ExtensionRow(
            complaint=worked.row.id,
            days=days,
            reason=reason.value,
            asked_by=by,
            asked_at=self.context.now(),
        )
        self.context.session.add(asked)
        await self.context.step(
            worked.row, LifecycleStep.ASK_EXTENSION, worked.actor, days=days, reason=reason
        )
        if by in worked.staff.heads:
            await grant(self.context, worked, asked)
        else:
            heads = worked.staff.heads
            await (await self.context.notifier()).officials(
                worked.row, NotificationTopic.EXTENSION_ASKED, heads
            )
        return case_of(worked.row)

    async def _check(self, row: ComplaintRow, days: int) -> None:
        await check_may(self.context, row)
        most = most_days(Rule(row.rule))
        if not 1 <= days <= most:
            raise ExtensionTooLongError(most)
        if await self.context.complaints.pending_extension(row.id) is not None:
            raise ExtensionPendingError
        date_complaint(
            Rule(row.rule), row.registered_at, await self.context.calendar(), Extension(granted=days)
        )


@dataclass(frozen=True, slots=True)
class DecideExtension:
    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, *, approve: bool) -> ComplaintCase:
        """The head's decision on a requested extension.

        Raises GoneError (also if none was requested), NotAllowedError, IllegalTransitionError,
        ExtensionBodyError, ExtensionLateError, ExtendedAlreadyError, OutsideCalendarError.
        """
        row = await self.context.complaints.lock(complaint)
        actor, staff = await self.context.right(by, Action.LEAD_COMPLAINTS, row.organisation)
        self.context.check(row, LifecycleStep.EXTEND)
        asked = await self.context.complaints.pending_extension(row.id)
        if asked is None:
            raise GoneError
        worked = AssignedWork(row=row, actor=actor, staff=staff)
        if approve:
            await check_may(self.context, row)
            await grant(self.context, worked, asked)
        else:
            _decide(self.context, asked, by, approved=False)
            await self.context.step(row, LifecycleStep.REFUSE_EXTENSION, actor, extension=asked.id)
        if asked.asked_by != by:
            notifier = await self.context.notifier()
            await notifier.officials(
                row, NotificationTopic.EXTENSION_DECIDED, staff.recipients(asked.asked_by)
            )
        return case_of(row)


@dataclass(frozen=True, slots=True)
class ConfirmExtensionNotice:
    """Record that an official notified the citizen of an extension outside the bot."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> ComplaintCase:
        """Raises GoneError (also if no notice is due), NotAllowedError, NotAssigneeError."""
        worked = await self.context.worked(by, complaint)
        pending = await self.context.complaints.unnotified_extension(worked.row.id)
        if pending is None:
            raise GoneError
        pending.told_at = self.context.now()
        await self.context.step(worked.row, LifecycleStep.TELL_EXTENSION, worked.actor, extension=pending.id)
        return case_of(worked.row)


async def check_may(context: ComplaintContext, row: ComplaintRow) -> None:
    """Raises ExtensionBodyError, ExtensionLateError, ExtendedAlreadyError, GoneError."""
    organisation = await OrganisationRepository(context.session).get(row.organisation)
    if organisation is None:
        raise GoneError
    check_extension(organisation.kind, Rule(row.rule), row.due_on, context.today())
    if row.extended_by:
        raise ExtendedAlreadyError


async def grant(context: ComplaintContext, worked: AssignedWork, asked: ExtensionRow) -> None:
    """Move the due date and notify the citizen at once. Raises OutsideCalendarError."""
    row, before = worked.row, worked.row.due_on
    calendar = await context.calendar()
    extension = Extension(granted=asked.days)
    due = date_complaint(Rule(row.rule), row.registered_at, calendar, extension)
    asked.tell_by = tell_by(context.now(), calendar)
    asked.told_at = context.now() if row.person is not None else None
    _decide(context, asked, worked.actor.id, approved=True)
    row.due_on, row.late_after, row.certainty = due.due_on, due.late_after, due.certainty.value
    row.extended_by = asked.days
    row.due_version += 1
    await context.step(
        row,
        LifecycleStep.EXTEND,
        worked.actor,
        days=asked.days,
        reason=asked.reason,
        due_before=before,
        due_on=row.due_on,
        tell_by=asked.tell_by,
    )
    notifier = await context.notifier()
    await notifier.date_moved(row)
    await notifier.citizen(row, NotificationTopic.EXTENDED)


def _decide(context: ComplaintContext, asked: ExtensionRow, by: int | None, *, approved: bool) -> None:
    asked.decided_by, asked.decided_at, asked.approved = by, context.now(), approved
