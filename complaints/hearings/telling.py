"""A preliminary decision that did not reach the citizen through the bot, and is told in another way."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from complaints.actions.context import AssignedWork, ComplaintContext
from complaints.audit_log import BY_SYSTEM, AuditLog
from complaints.case import ComplaintCase, case_of
from complaints.decision_errors import HearingHeldError, PaperDayError
from complaints.hearings.hearing import HearingForm, decision_from, objections_by
from complaints.hearings.store import HearingStore, hearing_of
from complaints.hearings.tables import HearingRow
from complaints.lifecycle import LifecycleStep
from complaints.store import ComplaintStore
from database.engine import atomic
from deadlines.calendar import WorkCalendar
from kernel.clock import almaty_date


@dataclass(frozen=True, slots=True)
class NotePreliminaryTold:
    """Record the day on which the citizen got the preliminary decision outside the bot."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, told_on: date) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError, HearingHeldError
        (it was told), PaperDayError (before it was written, or after today), OutsideCalendarError.
        """
        worked, hearing = await standing(self.context, by, complaint, LifecycleStep.TELL_ELSEWHERE)
        if not hearing_of(hearing).is_untold:
            raise HearingHeldError
        first = almaty_date(hearing.noted_at)
        if not first <= told_on <= self.context.today():
            raise PaperDayError(first=first)
        let_run(hearing, told_on, await self.context.calendar())
        await self.context.step(
            worked.row,
            LifecycleStep.TELL_ELSEWHERE,
            worked.actor,
            told_on=told_on,
            object_by=hearing.object_by,
            act_from=hearing.act_from,
        )
        return case_of(worked.row)


def let_run(hearing: HearingRow, told_on: date, calendar: WorkCalendar) -> None:
    """The days of a hearing whose preliminary decision the citizen got on that day.

    Raises OutsideCalendarError.
    """
    hearing.told_on = told_on
    hearing.object_by = hearing.held_on = objections_by(told_on, calendar)
    hearing.act_from = decision_from(told_on, calendar)


async def preliminary_undelivered(session: AsyncSession, complaint: int, now: datetime) -> None:
    """Stop the hearing's days: the citizen has not got the preliminary decision. Commits nothing."""
    row = await ComplaintStore(session).lock(complaint)
    hearing = await HearingStore(session).find(complaint)
    if hearing is None or hearing.form != HearingForm.WRITTEN or hearing.told_on is None:
        return
    hearing.told_on = hearing.object_by = hearing.act_from = hearing.held_on = None
    await AuditLog(session).add(row, LifecycleStep.NOT_TOLD, BY_SYSTEM, now, {"hearing": hearing.id})


async def standing(
    context: ComplaintContext, by: int, complaint: int, step: LifecycleStep
) -> tuple[AssignedWork, HearingRow]:
    """The complaint that `by` works on, and its hearing.

    Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError.
    """
    worked = await context.worked(by, complaint)
    context.check(worked.row, step)
    return worked, await HearingStore(context.session).get(worked.row.id)
