"""Build notes and reports from the database, as files."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.errors import GoneError
from accounts.permissions import Action
from kernel.language import Language
from localisation.formats import numeric_day
from oversight.control.store import ControlStore
from registry_data.acts import Act
from registry_data.document_texts import load_document_texts
from registry_data.organisations import Organisation
from registry_data.outlines import load_outline
from registry_data.store import ACTS, RegistryRepository
from reminders.correcting import CORRECTABLE
from reports.actions import OpenedReport, OpenReport
from reports.context import ReportContext, period_of
from reports.documents.annual import annual
from reports.documents.control import note_lines
from reports.documents.model import DocumentPoint, DocumentTable, ReportDocument
from reports.documents.note import NoteHead, note
from reports.documents.outline import document_of
from reports.documents.years import YearQueries
from reports.errors import FormUnknownError, ReportPeriodError
from reports.files import FormFile, NameQueries
from reports.filled import FilledForm
from reports.store import ReportState, ReportSubject
from reports.whole import WholeReports

EARLIEST_YEAR = 2016
BLANK_COMMENTS = 5


@dataclass(frozen=True, slots=True)
class DocumentFiles:
    """Documents; access is open to everyone who may see the organisation's filings."""

    context: ReportContext
    session: AsyncSession

    async def note(self, by: int | None, subject: ReportSubject, language: Language) -> FormFile:
        """The analytic note to 1-мқ or 2-мқ. Raises GoneError, NotAllowedError, FormUnknownError,
        ReportPeriodError.
        """
        if subject.form not in CORRECTABLE:
            raise FormUnknownError
        here = await OpenReport(self.context)(by, subject)
        filled, scope = await self._of_note(here, language)
        own, quarter = (await self.context.scope(subject)).own, period_of(subject)
        as_of = here.report.handed_in_at or self.context.clock.now()
        events = note_lines(await ControlStore(self.session).known(own, as_of), quarter, language)
        names = await NameQueries(self.session).names(language, (filled,))
        acts, head = await self._acts(), NoteHead(on=self.context.today, scope=scope, events=events)
        name = f"note_{subject.form}_{subject.organisation}_{subject.period}.docx"
        return await as_docx(lambda: note(here.form, filled, names, acts, head), name)

    async def _of_note(self, here: OpenedReport, language: Language) -> tuple[FilledForm, str]:
        """The figures that the note goes with: those of the form as handed in, or as it would be today."""
        wholes, report = WholeReports(self.context), here.report
        if not (await self.context.scope(report.subject)).below:
            return report.filled, ""
        frozen = report.state is ReportState.HANDED_IN
        found = (
            await wholes.frozen(report)
            if frozen
            else await wholes.now(here.form, report.subject, report.filled)
        )
        texts = load_document_texts("paper", language)
        if found.is_whole:
            return found.filled, texts("scope_all", count=len(found.sources.present))
        counts = {"count": len(found.sources.present), "missing": len(found.missing)}
        return found.filled, texts("scope_some", **counts)

    async def annual(
        self, by: int | None, organisation: str, year: int, language: Language, *, with_below: bool = False
    ) -> FormFile:
        """The annual report as DOCX, of the organisation's own part or together with those below that report
        themselves. Raises GoneError, NotAllowedError, ReportPeriodError.
        """
        make = await self._annual(by, organisation, year, language, with_below=with_below)
        return await as_docx(make, f"annual_{organisation}_{year}.docx")

    async def annual_page(
        self, by: int | None, organisation: str, year: int, language: Language, *, with_below: bool = False
    ) -> FormFile:
        """The annual report as an HTML page for the web resource. Raises as `annual`."""
        make = await self._annual(by, organisation, year, language, with_below=with_below)

        def page() -> bytes:
            from reports.documents.files import document_html  # noqa: PLC0415  see _docx

            return document_html(make()).encode()

        return FormFile(name=f"annual_{organisation}_{year}.html", content=await asyncio.to_thread(page))

    async def discussion(self, by: int | None, organisation: str, language: Language) -> FormFile:
        """The summary of a public discussion, with a table for the comments. Raises as `annual`."""
        await self._may(by, organisation)
        texts = load_document_texts("paper", language)
        names = await NameQueries(self.session).of(language, (), (organisation,))
        head = tuple(texts(f"head_{key}") for key in ("number", "comment", "decision", "grounds"))
        rows = tuple((str(number), "", "", "") for number in range(1, BLANK_COMMENTS + 1))
        counts = texts("discussion_counts", blank=texts("blank"))
        known = {
            "comments": DocumentPoint(
                title="", table=DocumentTable(head=head, rows=rows), lines=(counts,), own=False
            )
        }
        lines = (
            (texts("organisation"), names.organisation(organisation)),
            (texts("made_at"), numeric_day(self.context.today)),
        )
        acts = await self._acts()
        return await as_docx(
            lambda: document_of(load_outline("discussion"), known, lines, language, acts),
            f"discussion_{organisation}.docx",
        )

    async def _annual(
        self, by: int | None, organisation: str, year: int, language: Language, *, with_below: bool
    ) -> Callable[[], ReportDocument]:
        body = await self._may(by, organisation)
        if not EARLIEST_YEAR <= year <= self.context.today.year:
            raise ReportPeriodError
        found = await YearQueries(self.context, self.session).of(body, year, language, with_below=with_below)
        services = [slug for slug in found.complaints.services if slug]
        names = await NameQueries(self.session).of(language, services, (organisation,))
        acts = await self._acts()
        return lambda: annual(found, names, acts)

    async def _may(self, by: int | None, organisation: str) -> Organisation:
        found = await self.context.guard.organisations.get(organisation)
        if found is None:
            raise GoneError
        if by is not None:
            await self.context.guard.check(by, Action.SEE_FILINGS, organisation)
        return found

    async def _acts(self) -> dict[str, Act]:
        return {act.key: act for act in await RegistryRepository(self.session, ACTS).all()}


async def as_docx(make: Callable[[], ReportDocument], name: str) -> FormFile:
    """Render in a thread; the libraries are imported on first use."""

    def made() -> bytes:
        from reports.documents.files import document_docx  # noqa: PLC0415

        return document_docx(make())

    return FormFile(name=name, content=await asyncio.to_thread(made))
