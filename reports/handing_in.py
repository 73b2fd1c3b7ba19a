"""Hand a report in: what has changed is shown first, and what is handed in is frozen with its sources."""

import hashlib
from dataclasses import dataclass
from datetime import date

from accounts.permissions import Action
from database.engine import RefusedButKeptError, atomic
from registry_data.report_forms import FormRecord
from reminders.actions import SubmitFiling
from reminders.errors import FilingClosedError
from reminders.filing import Filing, SubmittedDocument, check_day
from reminders.submission_day import check_after
from reports.actions import OpenedReport, OpenReport
from reports.context import ReportContext, form_of, period_of
from reports.errors import (
    AlreadyHandedInError,
    FiguresMovedError,
    OtherDayError,
    PeriodOpenError,
    ReportFaultyError,
)
from reports.figures import FigureChange, moved
from reports.store import ReportState, ReportSubject, ReportVersion
from reports.summing import SummedForm
from reports.whole import WholeReports


@dataclass(frozen=True, slots=True, kw_only=True)
class HandInPreview:
    """What an official sees before handing in; `seen` proves that they did.

    `changes`: since the figures were shown last. `total`: with the reports of those below; None where nobody
    hands in to the organisation. `submitted_on`: the day that the calendar has already.
    """

    opened: OpenedReport
    changes: tuple[FigureChange, ...]
    total: SummedForm | None
    submitted_on: date | None

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to see besides the form itself."""
        return not self.changes and self.total is None

    @property
    def seen(self) -> str:
        sources = self.total.sources.document() if self.total is not None else None
        text = f"{self.opened.report.figures.document()} {sources}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class HandInReport:
    """Freeze the figures with author and time, and mark the filing submitted on the given day."""

    context: ReportContext
    submit: SubmitFiling

    async def preview(self, by: int, subject: ReportSubject) -> HandInPreview:
        """Raises GoneError, NotAllowedError, FormUnknownError, ReportPeriodError, AlreadyHandedInError."""
        form = await self.context.check(by, Action.FILE, subject)
        if await self.context.reports.handed_in(subject) is not None:
            raise AlreadyHandedInError
        before = await self.context.reports.draft(subject)
        here = await OpenReport(self.context)(by, subject)
        base = before and (before.shown or before.figures)
        return HandInPreview(
            opened=here,
            changes=moved(form, base, here.report.figures) if base else (),
            total=await self._total(form, here.report),
            submitted_on=await self.submitted_on(subject),
        )

    @atomic
    async def __call__(
        self, by: int, subject: ReportSubject, day: date, *, seen: str = "", confirmed: bool = False
    ) -> ReportVersion:
        """`seen`: of the preview that the official has read. `confirmed`: see SubmitFiling.

        Raises GoneError, NotAllowedError, FormUnknownError, ReportPeriodError, AlreadyHandedInError,
        PeriodOpenError, ReportFaultyError, FiguresMovedError, OtherDayError, FilingClosedError,
        FilingDayError, PeriodNotOverError, FarDayError.
        """
        await self.context.check(by, Action.FILE, subject)
        if await self.context.reports.handed_in(subject) is not None:
            raise AlreadyHandedInError
        ends = period_of(subject).last
        if ends >= self.context.today:
            raise PeriodOpenError
        check_day(day, self.context.today)
        check_after(day, ends)
        preview = await self.preview(by, subject)
        if not preview.is_plain and seen != preview.seen:
            raise RefusedButKeptError(FiguresMovedError())  # the new figures await review
        if preview.opened.faults:
            raise ReportFaultyError(count=len(preview.opened.faults))
        await self._submit(by, subject, day, confirmed=confirmed)
        await self._freeze(by, preview, day)
        done = await self.context.reports.handed_in(subject)
        assert done is not None
        return done

    async def _freeze(self, by: int, preview: HandInPreview, day: date) -> None:
        total = preview.total
        await self.context.reports.change(
            preview.opened.report.number,
            state=ReportState.HANDED_IN.value,
            handed_in_by=by,
            handed_in_at=self.context.clock.now(),
            handed_in_on=day,
            total=None if total is None else total.filled.document(),
            sources=None if total is None else total.sources.document(),
        )

    async def _submit(self, by: int, subject: ReportSubject, day: date, *, confirmed: bool) -> None:
        """Submit the filing, if there is one; calendar and report keep one day."""
        filing = await self._filing(subject)
        if filing is None:
            await self.submit.context.check_far(by, subject.organisation, day, confirmed=confirmed)
        elif filing.is_open:
            number = f"{form_of(subject.form).index} {subject.period}"
            document = SubmittedDocument(number=number)
            await self.submit(by, filing.number, day, document, confirmed=confirmed)
        elif filing.submitted_on is None:
            raise FilingClosedError
        elif filing.submitted_on != day:
            raise OtherDayError(day=filing.submitted_on)

    async def submitted_on(self, subject: ReportSubject) -> date | None:
        """The day that the calendar has already, where the filing was marked as submitted there."""
        filing = await self._filing(subject)
        return filing.submitted_on if filing is not None else None

    async def _filing(self, subject: ReportSubject) -> Filing | None:
        record = await self.context.obligation(subject)
        return await self.submit.context.filings.find(subject.organisation, record.code, subject.period)

    async def _total(self, form: FormRecord, report: ReportVersion) -> SummedForm | None:
        if not (await self.context.scope(report.subject)).below:
            return None
        return await WholeReports(self.context).now(form, report.subject, report.filled)
