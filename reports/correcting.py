"""Corrections of reports on internal control (Order 78 ¶63): requested by a body, decided by the Agency."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from accounts.errors import GoneError
from accounts.permissions import Action
from database.engine import atomic
from deadlines.store import LiveCalendar
from notifications.personal_data import PersonalDataError, reject_personal_data
from registry_data.report_forms import FormRecord
from reminders.actions import FilingContext, SubmitFiling
from reminders.correcting import CORRECTABLE, occasion_of
from reminders.errors import WordsTooLongError
from reminders.filing import SubmittedDocument, check_reason
from reminders.store import FilingStore, SettingStore
from reports.actions import OpenedReport
from reports.checks import check, faults
from reports.context import ReportContext, form_of, period_of
from reports.derived import completed
from reports.errors import (
    CorrectionEarlyError,
    CorrectionPendingError,
    MaterialsMissingError,
    NotCorrectableFormError,
    NotHandedInError,
    NothingToCorrectError,
    RefusalPersonalError,
)
from reports.filled import CellRef, FilledForm, places
from reports.sheet.parsed import ParsedSheet
from reports.sheet.reader import read_form
from reports.store import ReportState, ReportSubject, ReportVersion
from reports.whole import WholeReports

LONGEST_MATERIALS = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell with a corrected value; `title` of its line if it is in one."""

    place: CellRef
    title: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class AskReportCorrection:
    """Store a corrected sheet next to the version in force, with its supporting materials."""

    context: ReportContext

    @atomic
    async def __call__(
        self, by: int, subject: ReportSubject, sheet: ParsedSheet, materials: str
    ) -> ReportVersion | OpenedReport:
        """The request; or the sheet's findings, in which case nothing is requested.

        Raises GoneError, NotAllowedError, FormUnknownError, ReportPeriodError, NotCorrectableFormError,
        NotHandedInError, CorrectionPendingError, MaterialsMissingError, WordsTooLongError,
        NothingToCorrectError.
        """
        form = await self.context.check(by, Action.FILE, subject)
        if subject.form not in CORRECTABLE:
            raise NotCorrectableFormError
        now_in_force = await self._in_force(subject)
        texts = " ".join(materials.split())
        if len(texts) > LONGEST_MATERIALS:
            raise WordsTooLongError(up_to=LONGEST_MATERIALS)
        if not texts:
            raise MaterialsMissingError
        wanted = await self.context.expected(form, subject)
        read = await asyncio.to_thread(read_form, sheet, wanted)
        if read.filled is None:
            return OpenedReport(form=form, report=now_in_force, findings=read.findings)
        filled = completed(form, read.filled)
        wrong = (*read.findings, *read.placed(faults(check(form, filled, now_in_force.figures))))
        if wrong:
            sent = now_in_force.with_filled(filled, now_in_force.figures)
            return OpenedReport(form=form, report=sent, findings=wrong)
        if not tuple(differences(form, now_in_force.filled, filled)):
            raise NothingToCorrectError
        return await self._keep(by, now_in_force, filled, texts)

    async def _in_force(self, subject: ReportSubject) -> ReportVersion:
        """The version to correct. Raises NotHandedInError, CorrectionPendingError."""
        found = await self.context.reports.handed_in(subject)
        if found is None:
            raise NotHandedInError
        if (await self.context.reports.versions(subject))[0].state is ReportState.ASKED:
            raise CorrectionPendingError
        return found

    async def _keep(self, by: int, old: ReportVersion, filled: FilledForm, materials: str) -> ReportVersion:
        newest = (await self.context.reports.versions(old.subject))[0]
        asked = replace(
            old,
            version=newest.version + 1,
            state=ReportState.ASKED,
            filled=filled,
            total=await WholeReports(self.context).corrected(
                await self.context.form(old.subject), old, filled
            ),
            corrects=old.version,
        )
        made = await self.context.reports.add(asked, by, self.context.clock.now())
        if made is None:
            raise GoneError  # a concurrent request won
        await self.context.reports.change(made.number, materials=materials)
        await self._close_filing(by, old)
        return replace(made, materials=materials)

    async def _close_filing(self, by: int, old: ReportVersion) -> None:
        """The request is made: the calendar's filing for it, if one was planned, is submitted today."""
        session, subject = self.context.unit.session, old.subject
        filings = FilingStore(session)
        record = await self.context.obligation(subject)
        filing = await filings.find(subject.organisation, record.code, subject.period)
        if filing is None:
            return
        planned = await filings.find(subject.organisation, record.code, occasion_of(filing))
        if planned is None or not planned.is_open:
            return
        clock = self.context.clock
        calendar, settings = LiveCalendar(clock), SettingStore(session)
        context = FilingContext(self.context.unit, self.context.guard, filings, settings, calendar, clock)
        document = SubmittedDocument(number=f"{form_of(subject.form).index} {subject.period}")
        await SubmitFiling(context)(by, planned.number, self.context.today, document)


@dataclass(frozen=True, slots=True)
class DecideCorrection:
    """The Agency accepts the corrected version, which then is the one in force, or refuses it with a reason.
    The old one is preserved.
    """

    context: ReportContext

    @atomic
    async def __call__(self, by: int, number: int, *, accept: bool, reason: str = "") -> ReportVersion:
        """Raises GoneError, NotAllowedError, CorrectionEarlyError; WordsTooLongError or RefusalPersonalError
        for a refusal whose reason is missing, too long, or names a person's data.
        """
        report = await self.context.reports.get(number, lock=True)
        if report is None or report.state is not ReportState.ASKED:
            raise GoneError
        await self.context.guard.check(by, Action.CORRECT_REPORTS, report.subject.organisation)
        if accept and self.context.today <= year_ends(report.subject):
            raise CorrectionEarlyError(after=year_ends(report.subject))
        now = self.context.clock.now()
        state = ReportState.HANDED_IN if accept else ReportState.REFUSED
        values: dict[str, object] = (
            {"handed_in_by": by, "handed_in_at": now, "handed_in_on": self.context.today}
            if accept
            else {"refusal": _reason(reason)}
        )
        await self.context.reports.change(number, state=state.value, decided_by=by, decided_at=now, **values)
        found = await self.context.reports.get(number)
        assert found is not None
        return found


def _reason(text: str) -> str:
    """The reason, which the body's officials read."""
    reason = check_reason(text)
    try:
        reject_personal_data({"reason": reason})
    except PersonalDataError as error:
        raise RefusalPersonalError from error
    return reason


def differences(form: FormRecord, old: FilledForm, new: FilledForm) -> Iterator[Difference]:
    """Every cell that the correction changes, in the form's order; lines are matched by title."""
    for place in places(form, new):
        was, becomes = _there(old, new, place), new.values.get(place, "")
        if was != becomes:
            yield Difference(place=place, title=_title(new, place), was=was, becomes=becomes)
    for place in places(form, old):
        if place.line and _line(old, place) not in {one.key for one in new.lines_of(place.row)}:
            gone = old.values.get(place, "")
            yield Difference(place=place, title=_title(old, place), was=gone, becomes="")


def year_ends(subject: ReportSubject) -> date:
    """The last day of the report's year; the fourth quarter's results exist after it."""
    return date(period_of(subject).year, 12, 31)


def _there(old: FilledForm, new: FilledForm, place: CellRef) -> str:
    if not place.line:
        return old.values.get(place, "")
    key = _line(new, place)
    for number, one in enumerate(old.lines_of(place.row), start=1):
        if one.key == key:
            return old.values.get(CellRef(row=place.row, line=number, column=place.column), "")
    return ""


def _line(filled: FilledForm, place: CellRef) -> tuple[str, str]:
    return filled.lines_of(place.row)[place.line - 1].key


def _title(filled: FilledForm, place: CellRef) -> str:
    if not place.line:
        return ""
    one = filled.lines_of(place.row)[place.line - 1]
    return one.title or one.service or ""
