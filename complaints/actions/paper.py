"""Correct what is on paper about a complaint entered by an official, and void a wrong entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.errors import NotAllowedError
from accounts.permissions import Action
from complaints.actions.context import ComplaintContext
from complaints.actions.entering import received_at
from complaints.actions.registration import date_row
from complaints.audit_log import Actor, digest
from complaints.case import ComplaintCase, case_of, is_on_paper
from complaints.decision_errors import NotOnPaperError, PaperDayError, PeriodReportedError
from complaints.facts import ComplaintSource
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.paper import VoidReason, read_register_number
from complaints.tables import ComplaintRow
from complaints.terms import Extension
from database.engine import atomic


class ReportedPeriods(Protocol):
    """Port: which quarters of an organisation are reported, so that their figures are final."""

    async def __call__(self, session: AsyncSession, organisation: str, days: Iterable[date]) -> bool:
        """Whether the report of the quarter of one of the days is handed in."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCorrection:
    """What to correct; None changes nothing. Days are in Asia/Almaty."""

    source: ComplaintSource | None = None
    received_on: date | None = None
    incoming_number: str | None = None
    answered_on: date | None = None
    outgoing_number: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectPaper:
    """Correct source, days and numbers until the quarter's report is handed in; the audit log keeps both."""

    context: ComplaintContext
    reported: ReportedPeriods

    @atomic
    async def __call__(self, by: int, complaint: int, correction: PaperCorrection) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, IllegalTransitionError, NotOnPaperError, PeriodReportedError,
        ReceivedDayError, PaperDayError, PaperNumberError, OutsideCalendarError.
        """
        row = await self.context.complaints.lock(complaint)
        actor, _ = await self.context.right(by, Action.REGISTER_COMPLAINTS, row.organisation)
        self.context.check(row, LifecycleStep.CORRECT)
        if not is_on_paper(row):
            raise NotOnPaperError
        days = {row.registered_on, row.answered_on, correction.received_on, correction.answered_on}
        if await self.reported(self.context.session, row.organisation, {one for one in days if one}):
            raise PeriodReportedError
        await self._correct(row, correction)
        await self._log(row, actor, correction)
        return case_of(row)

    async def _correct(self, row: ComplaintRow, correction: PaperCorrection) -> None:
        if correction.received_on is not None:
            at = received_at(self.context, correction.received_on)
            await date_row(self.context, row, at, Extension(granted=row.extended_by))
            row.due_version += 1
            await (await self.context.notifier()).date_moved(row)
        if correction.source is not None:
            row.source = correction.source.value
        if correction.incoming_number is not None:
            row.incoming_number = read_register_number(correction.incoming_number)
        if row.answered_on is not None:
            self._correct_answer(row, correction)

    def _correct_answer(self, row: ComplaintRow, correction: PaperCorrection) -> None:
        if correction.outgoing_number is not None:
            row.outgoing_number = read_register_number(correction.outgoing_number)
        answered_on = correction.answered_on or row.answered_on
        assert answered_on is not None
        if not row.registered_on <= answered_on <= self.context.today():
            raise PaperDayError(first=row.registered_on)
        row.answered_on = row.closed_on = answered_on

    async def _log(self, row: ComplaintRow, actor: Actor, correction: PaperCorrection) -> None:
        """Days and codes as they are now; numbers as digests."""
        numbers = {"incoming": correction.incoming_number, "outgoing": correction.outgoing_number}
        await self.context.step(
            row,
            LifecycleStep.CORRECT,
            actor,
            source=correction.source,
            received_on=correction.received_on,
            due_on=row.due_on if correction.received_on is not None else None,
            answered_on=correction.answered_on,
            **{name: digest(row.seal, one) for name, one in numbers.items() if one and row.seal},
        )


@dataclass(frozen=True, slots=True)
class VoidComplaint:
    """Take a wrong entry out of all counts and lists; nothing of it is deleted."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, reason: VoidReason) -> ComplaintCase:
        """By the official who entered it, or the head.

        Raises GoneError, NotAllowedError, IllegalTransitionError, NotOnPaperError.
        """
        row = await self.context.complaints.lock(complaint)
        actor, staff = await self.context.right(by, Action.REGISTER_COMPLAINTS, row.organisation)
        if row.entered_by != by and not await self.context.allowed(by, Action.LEAD_COMPLAINTS, staff):
            raise NotAllowedError
        self.context.check(row, LifecycleStep.VOID)
        if not is_on_paper(row):
            raise NotOnPaperError
        row.voided_at, row.void_reason = self.context.now(), reason.value
        await self.context.step(row, LifecycleStep.VOID, actor, reason=reason)
        holders = staff.recipients(row.assignee) - {by}
        await (await self.context.notifier()).officials(row, NotificationTopic.VOIDED, holders)
        return case_of(row)
