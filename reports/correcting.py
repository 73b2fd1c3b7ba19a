"""Corrections of reports on internal control (Order 78 ¶63): asked for with materials, made by the Agency."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from accounts.errors import GoneError
from accounts.permissions import Action
from database.atomic import atomic
from registry_data.report_forms import FormRecord
from reminders.correcting import CORRECTABLE
from reports.actions import Opened
from reports.checks import check, faults
from reports.derived import completed
from reports.desk import ReportDesk, period_of
from reports.errors import (
    CorrectionEarlyError,
    MaterialsMissingError,
    NotCorrectableFormError,
    NotHandedInError,
    NothingToCorrectError,
)
from reports.filled import Filled, Place, places
from reports.store import Report, State, Subject

LONGEST_MATERIALS = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell whose corrected value is another; the line's title where it stands in one."""

    place: Place
    title: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class AskCorrection:
    """The corrected sheet beside the version in force, with what confirms it."""

    desk: ReportDesk

    @atomic
    async def __call__(self, by: int, subject: Subject, content: bytes, materials: str) -> Report | Opened:
        """The request; or what is wrong with the sheet, and then nothing is asked for.

        Raises GoneError, NotAllowedError, FormUnknownError, ReportPeriodError, NotCorrectableFormError,
        NotHandedInError, MaterialsMissingError, NothingToCorrectError.
        """
        from reports.sheet.reader import Wanted, read_form  # noqa: PLC0415  openpyxl: the bot starts without it

        form = await self.desk.check(by, Action.FILE, subject)
        if subject.form not in CORRECTABLE:
            raise NotCorrectableFormError
        now_in_force = await self.desk.reports.handed_in(subject)
        if now_in_force is None:
            raise NotHandedInError
        words = " ".join(materials.split())[:LONGEST_MATERIALS]
        if not words:
            raise MaterialsMissingError
        wanted = Wanted(form=form, organisation=subject.organisation, period=subject.period)
        read = await asyncio.to_thread(read_form, content, wanted)
        if read.filled is None:
            return Opened(form=form, report=now_in_force, findings=read.findings)
        filled = completed(form, read.filled)
        wrong = (*read.findings, *read.placed(faults(check(form, filled, now_in_force.figures))))
        if wrong:
            sent = now_in_force.with_filled(filled, now_in_force.figures)
            return Opened(form=form, report=sent, findings=wrong)
        if not tuple(differences(form, now_in_force.filled, filled)):
            raise NothingToCorrectError
        return await self._keep(by, now_in_force, filled, words)

    async def _keep(self, by: int, old: Report, filled: Filled, materials: str) -> Report:
        newest = (await self.desk.reports.versions(old.subject))[0]
        asked = replace(
            old, version=newest.version + 1, state=State.ASKED, filled=filled, corrects=old.version
        )
        made = await self.desk.reports.add(asked, by, self.desk.clock.now())
        if made is None:
            raise GoneError  # somebody asked at the same moment
        await self.desk.reports.change(made.number, materials=materials)
        return replace(made, materials=materials)


@dataclass(frozen=True, slots=True)
class DecideCorrection:
    """The Agency makes the corrected version the one in force, or refuses; the old one stays beside it."""

    desk: ReportDesk

    @atomic
    async def __call__(self, by: int, number: int, *, accept: bool) -> Report:
        """Raises GoneError, NotAllowedError, CorrectionEarlyError."""
        report = await self.desk.reports.get(number, lock=True)
        if report is None or report.state is not State.ASKED:
            raise GoneError
        await self.desk.guard.check(by, Action.CORRECT_REPORTS, report.subject.organisation)
        if accept and self.desk.today <= year_ends(report.subject):
            raise CorrectionEarlyError(after=year_ends(report.subject))
        now = self.desk.clock.now()
        state = State.HANDED_IN if accept else State.REFUSED
        values = {"handed_in_by": by, "handed_in_at": now, "handed_in_on": self.desk.today} if accept else {}
        await self.desk.reports.change(number, state=state.value, decided_by=by, decided_at=now, **values)
        found = await self.desk.reports.get(number)
        assert found is not None
        return found


def differences(form: FormRecord, old: Filled, new: Filled) -> Iterator[Difference]:
    """Every cell that the correction changes, in the form's order; lines are known by their titles."""
    for place in places(form, new):
        was, becomes = _there(old, new, place), new.values.get(place, "")
        if was != becomes:
            yield Difference(place=place, title=_title(new, place), was=was, becomes=becomes)
    for place in places(form, old):
        if place.line and _line(old, place) not in {one.key for one in new.lines_of(place.row)}:
            gone = old.values.get(place, "")
            yield Difference(place=place, title=_title(old, place), was=gone, becomes="")


def year_ends(subject: Subject) -> date:
    """The last day of the report's year: the fourth quarter's results are there after it."""
    return date(period_of(subject).year, 12, 31)


def _there(old: Filled, new: Filled, place: Place) -> str:
    if not place.line:
        return old.values.get(place, "")
    key = _line(new, place)
    for number, one in enumerate(old.lines_of(place.row), start=1):
        if one.key == key:
            return old.values.get(Place(row=place.row, line=number, column=place.column), "")
    return ""


def _line(filled: Filled, place: Place) -> tuple[str, str]:
    return filled.lines_of(place.row)[place.line - 1].key


def _title(filled: Filled, place: Place) -> str:
    if not place.line:
        return ""
    one = filled.lines_of(place.row)[place.line - 1]
    return one.title or one.service or ""
