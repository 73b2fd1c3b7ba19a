"""Opening a form, filling it, handing it in. Each action asks anew whether the person may."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from accounts.permissions import Action
from database.atomic import atomic
from database.unit_of_work import RefusedButKeptError
from registry_data.report_forms import Fill, FormRecord
from reminders.actions import Submit
from reminders.filing import Document, check_day
from reports.checks import Finding, check, faults
from reports.columns import column_of
from reports.derived import completed, is_derived
from reports.desk import ReportDesk, period_of
from reports.errors import (
    AlreadyHandedInError,
    CellUnknownError,
    CellValueError,
    FiguresMovedError,
    PeriodOpenError,
    ReportFaultyError,
)
from reports.figures import Figures, prefilled
from reports.filled import NOTHING, Filled, Place, is_number, tidy
from reports.store import Report, State, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A report with what is still wrong with it; `form` has its rows."""

    form: FormRecord
    report: Report
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        return faults(self.findings)


@dataclass(frozen=True, slots=True)
class OpenReport:
    """The draft with its computed cells as they are now; made where there is none."""

    desk: ReportDesk

    @atomic
    async def __call__(self, by: int | None, subject: Subject) -> Opened:
        """What is handed in is shown as it was. Raises GoneError, NotAllowedError, FormUnknownError,
        ReportPeriodError.
        """
        return await brought_up_to_date(self.desk, by, subject)


async def brought_up_to_date(desk: ReportDesk, by: int | None, subject: Subject) -> Opened:
    """The report with its draft written anew where the complaints have changed; the caller commits."""
    form = await desk.check(by, Action.FILE, subject)
    report = await desk.current(subject)
    if report is not None and report.state is State.HANDED_IN:
        return Opened(form=form, report=report, findings=check(form, report.filled, report.figures))
    figures, now = await desk.figures(form, subject), desk.clock.now()
    if report is None:
        made = await desk.reports.add(first_draft(form, subject, figures), by, now)
        report = made or await desk.reports.draft(subject)
        assert report is not None
    elif report.figures.cells != figures.cells:
        report = report.with_filled(refreshed(form, report.filled, figures), figures)
        await desk.reports.keep(report, by, now)
    return opened(form, report)


@dataclass(frozen=True, slots=True)
class TakeSheet:
    """A spreadsheet that came back: what was typed is kept whatever is wrong with it."""

    desk: ReportDesk

    @atomic
    async def __call__(self, by: int | None, subject: Subject, content: bytes) -> Opened:
        """A file that is no sheet of this form changes nothing: its findings have no place.

        Raises GoneError, NotAllowedError, FormUnknownError, ReportPeriodError, AlreadyHandedInError.
        """
        from reports.sheet.reader import Wanted, read_form  # noqa: PLC0415  openpyxl: the bot starts without it

        here = await brought_up_to_date(self.desk, by, subject)
        if here.report.state is State.HANDED_IN:
            raise AlreadyHandedInError
        wanted = Wanted(form=here.form, organisation=subject.organisation, period=subject.period)
        read = await asyncio.to_thread(read_form, content, wanted)
        if read.filled is None:
            return Opened(form=here.form, report=here.report, findings=read.findings)
        report = here.report.with_filled(completed(here.form, read.filled), here.report.figures)
        await self.desk.reports.keep(report, by, self.desk.clock.now())
        found = check(here.form, report.filled, report.figures)
        taken = {one.place for one in read.findings if one.place is not None}
        mine = tuple(one for one in found if one.place not in taken)
        findings = (*read.findings, *read.placed(mine))
        return Opened(form=here.form, report=report, findings=findings)


@dataclass(frozen=True, slots=True)
class FillCells:
    """Cells typed in the chat, and reasons for computed rows."""

    desk: ReportDesk

    @atomic
    async def __call__(self, by: int, subject: Subject, cells: Mapping[Place, str]) -> Opened:
        """Raises GoneError, NotAllowedError, FormUnknownError, ReportPeriodError, AlreadyHandedInError,
        CellUnknownError, CellValueError.
        """
        here = await brought_up_to_date(self.desk, by, subject)
        if here.report.state is State.HANDED_IN:
            raise AlreadyHandedInError
        values = {place: _value(here, place, text) for place, text in cells.items()}
        stale = {place: text for place, text in here.report.filled.values.items() if place not in values}
        bare = {place: text for place, text in stale.items() if not _follows(here, place, values)}
        filled = completed(here.form, replace(here.report.filled, values={**bare, **values}))
        report = here.report.with_filled(filled, here.report.figures)
        await self.desk.reports.keep(report, by, self.desk.clock.now())
        return opened(here.form, report)


@dataclass(frozen=True, slots=True)
class HandIn:
    """Freezes the figures with who and when, and marks the filing submitted on the day given."""

    desk: ReportDesk
    submit: Submit

    @atomic
    async def __call__(self, by: int, subject: Subject, day: date) -> Report:
        """Raises GoneError, NotAllowedError, FormUnknownError, ReportPeriodError, AlreadyHandedInError,
        PeriodOpenError, ReportFaultyError, FiguresMovedError, FilingDayError.
        """
        form = await self.desk.check(by, Action.FILE, subject)
        if await self.desk.reports.handed_in(subject) is not None:
            raise AlreadyHandedInError
        if period_of(subject).last >= self.desk.today:
            raise PeriodOpenError
        check_day(day, self.desk.today)
        before = await self.desk.reports.draft(subject)
        here = await brought_up_to_date(self.desk, by, subject)
        if before is not None and before.figures.cells != here.report.figures.cells:
            raise RefusedButKeptError(FiguresMovedError())  # the next attempt hands in what is seen now
        if here.faults:
            raise ReportFaultyError(count=len(here.faults))
        now = self.desk.clock.now()
        await self.desk.reports.change(
            here.report.number,
            state=State.HANDED_IN.value,
            handed_in_by=by,
            handed_in_at=now,
            handed_in_on=day,
        )
        await self._submit(by, subject, form, day)
        done = await self.desk.reports.handed_in(subject)
        assert done is not None
        return done

    async def _submit(self, by: int, subject: Subject, form: FormRecord, day: date) -> None:
        """The filing, where there is one and nobody has closed it already."""
        record = await self.desk.obligation(subject)
        filing = await self.submit.desk.filings.find(subject.organisation, record.code, subject.period)
        if filing is not None and filing.is_open:
            number = f"{form.index} {subject.period}"
            await self.submit(by, filing.number, day, Document(number=number))


def first_draft(form: FormRecord, subject: Subject, figures: Figures) -> Report:
    empty = Filled(form=subject.form, organisation=subject.organisation, period=subject.period)
    return Report(
        number=0,
        subject=subject,
        version=1,
        state=State.DRAFT,
        filled=completed(form, prefilled(form, empty, figures)),
        figures=figures,
    )


def refreshed(form: FormRecord, filled: Filled, figures: Figures) -> Filled:
    return completed(form, prefilled(form, filled, figures))


def opened(form: FormRecord, report: Report) -> Opened:
    return Opened(form=form, report=report, findings=check(form, report.filled, report.figures))


def by_hand(form: FormRecord, place: Place) -> bool:
    """Whether the cell is one that a hand fills."""
    row = form.row(place.row)
    column = column_of(form, place.row, place.column) if row is not None else None
    if row is None or column is None or row.fill is Fill.COMPLAINTS:
        return False
    return not is_derived(row, place.line, column)


def _value(here: Opened, place: Place, text: str) -> str:
    is_there = 0 <= place.line <= len(here.report.filled.lines_of(place.row))
    if not is_there or not by_hand(here.form, place):
        raise CellUnknownError
    value = tidy(text)
    if value != NOTHING and not is_number(value):
        raise CellValueError
    return value


def _follows(here: Opened, place: Place, changed: Mapping[Place, str]) -> bool:
    """Whether a derived cell is to be worked out anew: it stands in the row of a changed one, or above it."""
    row = here.form.row(place.row)
    if row is None or by_hand(here.form, place) or row.fill is Fill.COMPLAINTS:
        return False
    rows = {one.row for one in changed}
    return place.row in rows or any(child.number in rows for child in here.form.children(place.row))
