"""Reopen a filing that was closed by mistake: its report becomes a draft with it."""

from dataclasses import dataclass, replace

from database.engine import atomic
from reminders.actions import ReopenFiling
from reminders.filing import Filing
from reports.context import ReportContext, own_obligations
from reports.errors import ReopenCorrectedError
from reports.store import ReportState, ReportSubject, ReportVersion


@dataclass(frozen=True, slots=True)
class ReopenReport:
    """The calendar and the report keep one state: the version handed in stays, a draft goes on from it."""

    context: ReportContext
    reopen: ReopenFiling

    @atomic
    async def __call__(self, by: int, number: int) -> Filing:
        """Raises GoneError, NotAllowedError, FilingClosedError, ReopenCorrectedError."""
        filing = await self.reopen(by, number)
        subject = _subject(filing)
        report = await self.context.reports.handed_in(subject) if subject is not None else None
        if report is None:
            return filing
        newest = (await self.context.reports.versions(report.subject))[0]
        if report.corrects is not None or newest.state is ReportState.ASKED:
            raise ReopenCorrectedError
        await self.context.reports.change(report.number, state=ReportState.REOPENED.value)
        await self.context.reports.add(_draft(report, newest.version + 1), by, self.context.clock.now())
        return filing


def _draft(report: ReportVersion, version: int) -> ReportVersion:
    return replace(
        report, version=version, state=ReportState.DRAFT, shown=report.figures, total=None, sources=None
    )


def _subject(filing: Filing) -> ReportSubject | None:
    """The report of the filing's form; None if it has none."""
    form = next((one.form for one in own_obligations() if one.code == filing.obligation), None)
    if form is None:
        return None
    return ReportSubject(form=form, organisation=filing.organisation, period=filing.occasion)
