"""Open and fill a form. Every action checks the person's rights again."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from accounts.permissions import Action
from database.engine import atomic
from registry_data.report_forms import FormRecord
from reports.checks import Finding, Severity, check, faults
from reports.context import ReportContext
from reports.derived import by_hand, completed, with_rest_nothing
from reports.errors import (
    AlreadyHandedInError,
    CellUnknownError,
    CellValueError,
)
from reports.figures import FormFigures, brought_forward, moved, prefilled
from reports.filled import NOTHING, CellRef, FilledForm, is_number, tidy
from reports.sheet.parsed import ParsedSheet
from reports.sheet.reader import read_form
from reports.store import ReportState, ReportSubject, ReportVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReport:
    """A report and its findings; `form` has its rows."""

    form: FormRecord
    report: ReportVersion
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        return faults(self.findings)


@dataclass(frozen=True, slots=True)
class OpenReport:
    """Open the draft with its computed cells up to date; create it if there is none."""

    context: ReportContext

    @atomic
    async def __call__(self, by: int | None, subject: ReportSubject) -> OpenedReport:
        """A report already handed in is returned unchanged. Raises GoneError, NotAllowedError,
        FormUnknownError, ReportPeriodError.
        """
        return await brought_up_to_date(self.context, by, subject)


async def brought_up_to_date(context: ReportContext, by: int | None, subject: ReportSubject) -> OpenedReport:
    """The report, its draft updated if the complaints have changed; the caller commits."""
    form = await context.check(by, Action.FILE, subject)
    report = await context.current(subject)
    if report is not None and report.state is ReportState.HANDED_IN:
        return OpenedReport(form=form, report=report, findings=check(form, report.filled, report.figures))
    figures, now = await context.figures(form, subject), context.clock.now()
    if report is None:
        made = await context.reports.add(first_draft(form, subject, figures), by, now)
        report = made or await context.reports.draft(subject)
        assert report is not None
    elif report.figures.cells != figures.cells:
        report = report.with_filled(refreshed(form, report.filled, figures), figures)
        await context.reports.keep(report, by, now)
    return opened(form, report)


@dataclass(frozen=True, slots=True)
class TakeSheet:
    """Store what was typed in a returned spreadsheet, valid or not."""

    context: ReportContext

    @atomic
    async def __call__(self, by: int | None, subject: ReportSubject, sheet: ParsedSheet) -> OpenedReport:
        """A file that is not a sheet of this form changes nothing; its findings have no place.

        Raises GoneError, NotAllowedError, FormUnknownError, ReportPeriodError, AlreadyHandedInError.
        """
        here = await brought_up_to_date(self.context, by, subject)
        if here.report.state is ReportState.HANDED_IN:
            raise AlreadyHandedInError
        wanted = await self.context.expected(here.form, subject)
        read = await asyncio.to_thread(read_form, sheet, wanted)  # thousands of lines take a second
        if read.filled is None:
            return OpenedReport(form=here.form, report=here.report, findings=read.findings)
        figures, shown = here.report.figures, here.report.shown or here.report.figures
        filled = brought_forward(here.form, completed(here.form, read.filled), shown, figures)
        report = here.report.with_filled(completed(here.form, filled), figures)
        await self.context.reports.keep(report, by, self.context.clock.now())
        await ShowFigures(self.context)(report)
        found = await asyncio.to_thread(check, here.form, report.filled, figures)
        taken = {one.place for one in read.findings if one.place is not None}
        mine = tuple(one for one in found if one.place not in taken)
        findings = (*read.findings, *read.placed(mine), *_changes(here.form, shown, figures))
        return OpenedReport(form=here.form, report=report, findings=findings)


@dataclass(frozen=True, slots=True)
class ShowFigures:
    """Remember which figures the official has seen: those on the sheet, or told in the answer to it."""

    context: ReportContext

    @atomic
    async def __call__(self, report: ReportVersion) -> None:
        await self.context.reports.change(report.number, shown=report.figures.document())


@dataclass(frozen=True, slots=True)
class FillCells:
    """Fill cells from the chat, and give reasons for computed rows."""

    context: ReportContext

    @atomic
    async def __call__(self, by: int, subject: ReportSubject, cells: Mapping[CellRef, str]) -> OpenedReport:
        """Raises GoneError, NotAllowedError, FormUnknownError, ReportPeriodError, AlreadyHandedInError,
        CellUnknownError, CellValueError.
        """
        here = await brought_up_to_date(self.context, by, subject)
        if here.report.state is ReportState.HANDED_IN:
            raise AlreadyHandedInError
        values = {place: _value(here, place, text) for place, text in cells.items()}
        stale = {place: text for place, text in here.report.filled.values.items() if place not in values}
        bare = {place: text for place, text in stale.items() if not _follows(here, place, values)}
        filled = completed(here.form, replace(here.report.filled, values={**bare, **values}))
        report = here.report.with_filled(filled, here.report.figures)
        await self.context.reports.keep(report, by, self.context.clock.now())
        return opened(here.form, report)


@dataclass(frozen=True, slots=True)
class FillRest:
    """Put the dash into every empty cell that is filled by hand."""

    context: ReportContext

    @atomic
    async def __call__(self, by: int, subject: ReportSubject) -> int:
        """How many cells were filled. Raises GoneError, NotAllowedError, FormUnknownError, ReportPeriodError,
        AlreadyHandedInError.
        """
        here = await brought_up_to_date(self.context, by, subject)
        if here.report.state is ReportState.HANDED_IN:
            raise AlreadyHandedInError
        filled = with_rest_nothing(here.form, here.report.filled)
        report = here.report.with_filled(completed(here.form, filled), here.report.figures)
        await self.context.reports.keep(report, by, self.context.clock.now())
        return len(filled.values) - len(here.report.filled.values)


def _changes(form: FormRecord, shown: FormFigures, figures: FormFigures) -> Iterator[Finding]:
    """The rows whose complaints have changed since the sheet was made."""
    for one in moved(form, shown, figures):
        data: dict[str, str | int] = {"was": one.was, "now": one.now}
        place = CellRef(row=one.row, column=one.month)
        yield Finding(code="figures_moved", severity=Severity.NOTE, place=place, data=data)


def first_draft(form: FormRecord, subject: ReportSubject, figures: FormFigures) -> ReportVersion:
    empty = FilledForm(form=subject.form, organisation=subject.organisation, period=subject.period)
    return ReportVersion(
        number=0,
        subject=subject,
        version=1,
        state=ReportState.DRAFT,
        filled=completed(form, prefilled(form, empty, figures)),
        figures=figures,
        shown=figures,
    )


def refreshed(form: FormRecord, filled: FilledForm, figures: FormFigures) -> FilledForm:
    return completed(form, prefilled(form, filled, figures))


def opened(form: FormRecord, report: ReportVersion) -> OpenedReport:
    return OpenedReport(form=form, report=report, findings=check(form, report.filled, report.figures))


def _value(here: OpenedReport, place: CellRef, text: str) -> str:
    is_there = 0 <= place.line <= len(here.report.filled.lines_of(place.row))
    if not is_there or not by_hand(here.form, place):
        raise CellUnknownError
    value = tidy(text)
    if value != NOTHING and not is_number(value):
        raise CellValueError
    return value


def _follows(here: OpenedReport, place: CellRef, changed: Mapping[CellRef, str]) -> bool:
    """Whether a derived cell must be recomputed: it is in the row of a changed cell, or above it."""
    row = here.form.row(place.row)
    if row is None or by_hand(here.form, place) or row.is_computed:
        return False
    rows = {one.row for one in changed}
    return place.row in rows or any(child.number in rows for child in here.form.children(place.row))
