"""Extending a term: asked for by who has the complaint, decided by the head, told to the citizen."""

from dataclasses import dataclass

from accounts.errors import GoneError
from accounts.organisations import OrganisationQueries
from accounts.permissions import Action
from complaints.actions.desk import Desk, Worked
from complaints.case import Case, case_of
from complaints.errors import ExtensionPendingError
from complaints.facts import ExtensionReason
from complaints.lifecycle import Step
from complaints.tables import ComplaintRow, ExtensionRow
from complaints.telling import Told
from complaints.terms import Extension, Rule, check_extension, date_complaint, most_days, tell_by
from database.atomic import atomic
from deadlines.errors import ExtendedAlreadyError, TooLongError


@dataclass(frozen=True, slots=True)
class AskExtension:
    """What the head himself asks for is granted at once."""

    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int, days: int, reason: ExtensionReason) -> Case:
        """`days` are working days.

        Raises GoneError, NotAllowedError, NotHolderError, IllegalMoveError, ExtensionBodyError,
        ExtensionLateError, ExtendedAlreadyError, ExtensionPendingError, TooLongError, OutOfCalendarError.
        """
        worked = await self.desk.worked(by, complaint)
        self.desk.check(worked.row, Step.ASK_EXTENSION)
        await self._check(worked.row, days)
        asked = ExtensionRow(
            complaint=worked.row.id,
            days=days,
            reason=reason.value,
            asked_by=by,
            asked_at=self.desk.now(),
        )
        self.desk.session.add(asked)
        await self.desk.step(worked.row, Step.ASK_EXTENSION, worked.actor, days=days, reason=reason)
        if by in worked.staff.heads:
            await grant(self.desk, worked, asked)
        else:
            heads = worked.staff.heads
            await (await self.desk.teller()).officials(worked.row, Told.EXTENSION_ASKED, heads)
        return case_of(worked.row)

    async def _check(self, row: ComplaintRow, days: int) -> None:
        await check_may(self.desk, row)
        most = most_days(Rule(row.rule))
        if not 1 <= days <= most:
            raise TooLongError(most)
        if await self.desk.complaints.pending_extension(row.id) is not None:
            raise ExtensionPendingError
        date_complaint(Rule(row.rule), row.registered_at, await self.desk.calendar(), Extension(granted=days))


@dataclass(frozen=True, slots=True)
class DecideExtension:
    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int, *, approve: bool) -> Case:
        """The head's word on the extension that was asked for.

        Raises GoneError (none is asked for, too), NotAllowedError, IllegalMoveError, ExtensionBodyError,
        ExtensionLateError, ExtendedAlreadyError, OutOfCalendarError.
        """
        row = await self.desk.complaints.lock(complaint)
        actor, staff = await self.desk.right(by, Action.LEAD_COMPLAINTS, row.organisation)
        self.desk.check(row, Step.EXTEND)
        asked = await self.desk.complaints.pending_extension(row.id)
        if asked is None:
            raise GoneError
        worked = Worked(row=row, actor=actor, staff=staff)
        if approve:
            await check_may(self.desk, row)
            await grant(self.desk, worked, asked)
        else:
            _decide(self.desk, asked, by, approved=False)
            await self.desk.step(row, Step.REFUSE_EXTENSION, actor, extension=asked.id)
        if asked.asked_by != by:
            teller = await self.desk.teller()
            await teller.officials(row, Told.EXTENSION_DECIDED, staff.told(asked.asked_by))
        return case_of(row)


@dataclass(frozen=True, slots=True)
class TellExtension:
    """An official told the citizen of an extension himself: of a complaint that did not come by the bot."""

    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int) -> Case:
        """Raises GoneError (nothing is to be told, too), NotAllowedError, NotHolderError."""
        worked = await self.desk.worked(by, complaint)
        untold = await self.desk.complaints.untold_extension(worked.row.id)
        if untold is None:
            raise GoneError
        untold.told_at = self.desk.now()
        await self.desk.step(worked.row, Step.TELL_EXTENSION, worked.actor, extension=untold.id)
        return case_of(worked.row)


async def check_may(desk: Desk, row: ComplaintRow) -> None:
    """Raises ExtensionBodyError, ExtensionLateError, ExtendedAlreadyError, GoneError."""
    organisation = await OrganisationQueries(desk.session).get(row.organisation)
    if organisation is None:
        raise GoneError
    check_extension(organisation.kind, Rule(row.rule), row.due_on, desk.today())
    if row.extended_by:
        raise ExtendedAlreadyError


async def grant(desk: Desk, worked: Worked, asked: ExtensionRow) -> None:
    """Move the due date and tell the citizen at once. Raises OutOfCalendarError."""
    row, before = worked.row, worked.row.due_on
    calendar = await desk.calendar()
    extension = Extension(granted=asked.days)
    due = date_complaint(Rule(row.rule), row.registered_at, calendar, extension)
    asked.tell_by = tell_by(desk.now(), calendar)
    asked.told_at = desk.now() if row.person is not None else None
    _decide(desk, asked, worked.actor.id, approved=True)
    row.due_on, row.late_after, row.certainty = due.due_on, due.late_after, due.certainty.value
    row.extended_by = asked.days
    row.due_version += 1
    await desk.step(
        row,
        Step.EXTEND,
        worked.actor,
        days=asked.days,
        reason=asked.reason,
        due_before=before,
        due_on=row.due_on,
        tell_by=asked.tell_by,
    )
    teller = await desk.teller()
    await teller.date_moved(row)
    await teller.citizen(row, Told.EXTENDED)


def _decide(desk: Desk, asked: ExtensionRow, by: int | None, *, approved: bool) -> None:
    asked.decided_by, asked.decided_at, asked.approved = by, desk.now(), approved
