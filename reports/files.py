"""Reports as files: the form to fill, the version handed in, a correction, a sum of many."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.permissions import Action
from kernel.language import Language
from localisation.formats import numeric_day
from registry_data.document_texts import load_document_texts
from registry_data.report_forms import FormRecord
from registry_data.store import CARDS, ORGANISATIONS, RegistryRepository
from reports.actions import OpenReport, ShowFigures
from reports.context import ReportContext, period_of
from reports.counting import Counting
from reports.errors import NotHandedInError
from reports.figures import FormFigures
from reports.filled import FilledForm
from reports.services import ServiceNames
from reports.sheet.subject import NO_CASES, ListedCases, SheetNames
from reports.sheet.subject import SheetContent as OnSheet
from reports.store import ReportState, ReportSubject, ReportVersion
from reports.summing import SummedForm
from reports.whole import WholeReports


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFile:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NameQueries:
    session: AsyncSession

    async def names(
        self,
        language: Language,
        filled: Iterable[FilledForm],
        codes: Iterable[str] = (),
        services: Iterable[str] = (),
    ) -> SheetNames:
        """The names of all services and organisations used in these forms, and of those given."""
        forms = tuple(filled)
        lines = [one for form in forms for several in form.lines.values() for one in several]
        bodies = {one.organisation for one in lines if one.organisation} | {one.organisation for one in forms}
        used = {one.service for one in lines if one.service}
        return await self.of(language, {*used, *services}, {*bodies, *codes})

    async def of(
        self, language: Language, services: Iterable[str], organisations: Iterable[str]
    ) -> SheetNames:
        return SheetNames(
            language=language,
            services=_named(await RegistryRepository(self.session, CARDS).bodies(set(services)), language),
            organisations=_named(
                await RegistryRepository(self.session, ORGANISATIONS).bodies(set(organisations)), language
            ),
        )


@dataclass(frozen=True, slots=True)
class ReportFiles:
    context: ReportContext
    session: AsyncSession

    async def sheet(self, by: int | None, subject: ReportSubject, language: Language) -> FormFile:
        """The form: fillable while a draft, frozen once handed in.

        Raises GoneError, NotAllowedError, FormUnknownError, ReportPeriodError.
        """
        here = await OpenReport(self.context)(by, subject)
        if here.report.state is ReportState.DRAFT:
            await ShowFigures(self.context)(here.report)
        return await self._written(here.form, here.report, language)

    async def correction(self, by: int, subject: ReportSubject, language: Language) -> FormFile:
        """The version in force, open for correction. Raises NotHandedInError and the errors of `sheet`."""
        form = await self.context.check(by, Action.FILE, subject)
        report = await self.context.reports.handed_in(subject)
        if report is None:
            raise NotHandedInError
        return await self._written(form, report, language, is_final=False)

    async def version(self, by: int, number: int, language: Language) -> FormFile:
        """One version, for the Agency's inspector. Raises GoneError, NotAllowedError."""
        report = await self.context.reports.get(number)
        form = None if report is None else await self._seen(by, report)
        if report is None or form is None:
            raise NotHandedInError
        return await self._written(form, report, language, is_final=True)

    async def sum(self, by: int | None, subject: ReportSubject) -> SummedForm:
        """The organisation's own part plus the reports handed in to it; missing ones are named.

        Once handed in, the sum is frozen. Raises GoneError, NotAllowedError, FormUnknownError,
        ReportPeriodError.
        """
        form = await self.context.check(by, Action.SEE_FILINGS, subject)
        report = await self.context.reports.handed_in(subject)
        if report is not None and report.sources is not None:
            return await WholeReports(self.context).frozen(report)
        draft = report or await self.context.reports.draft(subject)
        blank = FilledForm(form=subject.form, organisation=subject.organisation, period=subject.period)
        found = await WholeReports(self.context).now(form, subject, blank if draft is None else draft.filled)
        if report is None:
            return replace(found, missing=(subject.organisation, *found.missing))
        return replace(found, counted=(subject.organisation, *found.counted))

    async def sum_sheet(self, by: int | None, subject: ReportSubject, language: Language) -> FormFile:
        """The sum as a sheet that states whether it is complete, with its own part and its sources apart.

        Raises as `sum`.
        """
        found = await self.sum(by, subject)
        content = await self._summed(found, language)
        return FormFile(name=_name(subject, "sum"), content=await _write(content))

    async def _summed(
        self,
        found: SummedForm,
        language: Language,
        report: ReportVersion | None = None,
        cases: ListedCases = NO_CASES,
    ) -> OnSheet:
        """`report`: the version handed in, if the sum was."""
        sources = found.sources
        codes = [one.organisation for one in sources.present] + [*sources.missing, *found.missing]
        parts = [found.filled] if found.own is None else [found.filled, found.own]
        services = [one.service for one in cases.shown if one.service]
        names = await NameQueries(self.session).names(
            language, parts, [*codes, *(one.provider for one in cases.shown)], services
        )
        texts = load_document_texts("sheet", language)
        if found.is_whole:
            mark = texts("complete", count=len(found.counted))
        else:
            missing = ", ".join(names.organisation(code) for code in found.missing)
            mark = texts("incomplete", missing=len(found.missing), names=missing)
        return OnSheet(
            form=await self.context.form(_subject(found.filled)),
            filled=found.filled,
            figures=report.figures if report is not None else FormFigures(),
            names=names,
            made_at=self.context.clock.now(),
            marks=(mark,) if report is None else (_mark(report, language), mark),
            cases=cases,
            is_final=True,
            own=found.own,
            sources=sources,
        )

    async def _seen(self, by: int, report: ReportVersion) -> FormRecord:
        organisation = report.subject.organisation
        if not await self.context.guard.may(by, Action.CORRECT_REPORTS, organisation):
            await self.context.guard.check(by, Action.SEE_FILINGS, organisation)
        return await self.context.check(None, Action.SEE_FILINGS, report.subject)

    async def _written(
        self, form: FormRecord, report: ReportVersion, language: Language, *, is_final: bool | None = None
    ) -> FormFile:
        subject = report.subject
        cases = await self._cases(form, report)
        is_final = report.state is not ReportState.DRAFT if is_final is None else is_final
        if is_final and report.sources is not None:
            found = await WholeReports(self.context).frozen(report)
            content = await self._summed(found, language, report, cases)
            return FormFile(name=_name(subject, f"v{report.version}"), content=await _write(content))
        names = await NameQueries(self.session).names(
            language, (report.filled,), {one.provider for one in cases.shown},
            {one.service for one in cases.shown if one.service},
        )  # fmt: skip
        on_sheet = OnSheet(
            form=form,
            filled=report.filled,
            figures=report.figures,
            names=names,
            made_at=self.context.clock.now(),
            cases=cases,
            marks=(_mark(report, language),),
            offered=() if is_final else await self._offered(subject, language),
            is_final=is_final,
        )
        return FormFile(name=_name(subject, f"v{report.version}"), content=await _write(on_sheet))

    async def _offered(self, subject: ReportSubject, language: Language) -> tuple[str, ...]:
        every = {one.code: one for one in await self.context.guard.organisations.all()}
        own = (await self.context.scope(subject)).own
        body = every[subject.organisation]
        return await ServiceNames(self.session).offered(body, own, every, language)

    async def _cases(self, form: FormRecord, report: ReportVersion) -> ListedCases:
        """The complaints as of the hand-in, or as of now for a draft."""
        if not any(row.is_computed for row in form.rows):
            return NO_CASES
        scope = await self.context.scope(report.subject)
        as_of = report.handed_in_at or self.context.clock.now()
        return await Counting(self.session).cases(form, scope.own, period_of(report.subject), as_of)


async def _write(subject: OnSheet) -> bytes:
    from reports.sheet.writer import write_form  # noqa: PLC0415  openpyxl: the bot starts without it

    return await asyncio.to_thread(write_form, subject)


def _mark(report: ReportVersion, language: Language) -> str:
    texts = load_document_texts("sheet", language)
    if report.handed_in_on is None:
        return texts("draft_mark")
    return texts("handed_in_mark", on=numeric_day(report.handed_in_on), version=report.version)


def _subject(filled: FilledForm) -> ReportSubject:
    return ReportSubject(form=filled.form, organisation=filled.organisation, period=filled.period)


def _name(subject: ReportSubject, mark: str) -> str:
    return f"{subject.form}_{subject.organisation}_{subject.period}_{mark}.xlsx"


def _named(bodies: dict[str, dict[str, dict[str, str]]], language: Language) -> dict[str, str]:
    return {key: body["names"].get(language.value) or body["names"]["ru"] for key, body in bodies.items()}
