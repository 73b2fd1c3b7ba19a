"""Build notes and reports from the database, as files."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.errors import GoneError
from accounts.permissions import Action
from complaints.counted import ComplaintCountLine, ComplaintCountQueries
from complaints.statistics import Statistics, StatisticsSpan
from kernel.language import Language
from localisation.formats import numeric_day
from registry_data.acts import Act
from registry_data.document_texts import load_document_texts
from registry_data.organisations import Organisation
from registry_data.outlines import load_outline
from registry_data.report_forms import FormRecord, load_form
from registry_data.routing import ServicePlace, provider_of
from registry_data.schema import ServiceCard
from registry_data.store import ACTS, CARDS, RegistryRepository
from reminders.correcting import CORRECTABLE
from reports.actions import OpenReport
from reports.context import ReportContext, owed
from reports.documents.annual import Year, YearOfComplaints, annual
from reports.documents.model import DocumentPoint, DocumentTable, ReportDocument
from reports.documents.note import note
from reports.documents.outline import document_of
from reports.errors import FormUnknownError, ReportPeriodError
from reports.files import FormFile, NameQueries
from reports.filled import FilledForm
from reports.scope import scope_of
from reports.store import ReportSubject

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
        names = await NameQueries(self.session).names(language, (here.report.filled,))
        acts, today, filled = await self._acts(), self.context.today, here.report.filled
        name = f"note_{subject.form}_{subject.organisation}_{subject.period}.docx"
        return await _docx(lambda: note(here.form, filled, names, acts, today), name)

    async def annual(self, by: int | None, organisation: str, year: int, language: Language) -> FormFile:
        """The annual report as DOCX. Raises GoneError, NotAllowedError, ReportPeriodError."""
        make = await self._annual(by, organisation, year, language)
        return await _docx(make, f"annual_{organisation}_{year}.docx")

    async def annual_page(self, by: int | None, organisation: str, year: int, language: Language) -> FormFile:
        """The annual report as an HTML page for the web resource. Raises as `annual`."""
        make = await self._annual(by, organisation, year, language)

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
        known = {"comments": DocumentPoint(title="", table=DocumentTable(head=head, rows=rows), own=False)}
        lines = (
            (texts("organisation"), names.organisation(organisation)),
            (texts("made_at"), numeric_day(self.context.today)),
        )
        acts = await self._acts()
        return await _docx(
            lambda: document_of(load_outline("discussion"), known, lines, language, acts),
            f"discussion_{organisation}.docx",
        )

    async def _annual(
        self, by: int | None, organisation: str, year: int, language: Language
    ) -> Callable[[], ReportDocument]:
        body = await self._may(by, organisation)
        if not EARLIEST_YEAR <= year <= self.context.today.year:
            raise ReportPeriodError
        found = await self._year(body, year)
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

    async def _year(self, body: Organisation, year: int) -> Year:
        form = next((load_form(code) for code in owed(body) if code in CORRECTABLE), None)
        every = {one.code: one for one in await self.context.guard.organisations.all()}
        scope = scope_of(form.code if form else "", body.code, every, ())
        span = StatisticsSpan(
            organisations=scope.own,
            first=date(year, 1, 1),
            last=date(year, 12, 31),
            as_of=self.context.clock.now(),
        )
        return Year(
            year=year,
            organisation=body.code,
            form=form,
            quarters=await self._quarters(form, body.code, year),
            complaints=await self._complaints(span),
            cards=await self._cards(body, tuple(every.values())),
            on=self.context.today,
        )

    async def _quarters(
        self, form: FormRecord | None, code: str, year: int
    ) -> dict[int, tuple[FilledForm, date]]:
        """The organisation's own forms handed in, by quarter number."""
        found: dict[int, tuple[FilledForm, date]] = {}
        for quarter in range(1, 5):
            if form is None:
                break
            subject = ReportSubject(form=form.code, organisation=code, period=f"{year}Q{quarter}")
            report = await self.context.reports.handed_in(subject)
            if report is not None and report.handed_in_on is not None:
                found[quarter] = (report.filled, report.handed_in_on)
        return found

    async def _cards(self, body: Organisation, every: tuple[Organisation, ...]) -> tuple[ServiceCard, ...]:
        """The cards of the services the organisation itself provides."""
        place = ServicePlace(region=body.region, district=body.district)
        cards = await RegistryRepository(self.session, CARDS).all()
        return tuple(card for card in cards if provider_of(card, place, every) == body)

    async def _complaints(self, span: StatisticsSpan) -> YearOfComplaints:
        lines = await ComplaintCountQueries(self.session).lines(span)
        statistics = Statistics(self.session)
        outcomes = await statistics.outcomes(span)
        hearings = await statistics.hearings(span)
        return year_of(
            lines,
            {one.value if one else "no_outcome": count for one, count in outcomes.items()},
            hearings,
        )


def year_of(lines: list[ComplaintCountLine], outcomes: dict[str, int], hearings: int) -> YearOfComplaints:
    """A year's complaint counts in the shape of the annual report."""
    months = [[0, 0] for _ in range(12)]
    services: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    sources: Counter[str] = Counter()
    for line in lines:
        months[line.month.month - 1][0] += line.received
        months[line.month.month - 1][1] += line.late
        if line.received:
            of_service = services[line.service or "no-service"]
            of_service[0] += line.received
            of_service[1] += line.late
            sources[line.source.value] += line.received
    return YearOfComplaints(
        months=tuple((received, late) for received, late in months),
        services={slug: (received, late) for slug, (received, late) in services.items()},
        sources=dict(sources.most_common()),
        outcomes=outcomes,
        restored=sum(line.restored for line in lines),
        hearings=hearings,
    )


async def _docx(make: Callable[[], ReportDocument], name: str) -> FormFile:
    """Render in a thread; the libraries are imported on first use."""

    def made() -> bytes:
        from reports.documents.files import document_docx  # noqa: PLC0415

        return document_docx(make())

    return FormFile(name=name, content=await asyncio.to_thread(made))
