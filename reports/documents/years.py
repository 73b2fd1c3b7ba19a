"""The figures of an annual report, all of one scope."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.counted import ComplaintCountLine, ComplaintCountQueries
from complaints.outcomes import outcomes as outcomes_of
from complaints.statistics import Statistics, StatisticsSpan
from complaints.tables import ComplaintRow
from kernel.language import Language
from oversight.satisfaction.query import rating_lines
from oversight.satisfaction.ratings import by_key, total
from registry_data.document_texts import load_document_texts
from registry_data.organisations import Organisation
from registry_data.report_forms import FormRecord, load_form
from reminders.chain import EventFact, EventKind
from reminders.correcting import CORRECTABLE
from reminders.event_store import EventStore
from reports.context import ReportContext, owed, own_obligations
from reports.documents.annual import HeldDiscussion, Year, YearOfComplaints, YearOfRatings
from reports.filled import FilledForm
from reports.scope import scope_of
from reports.store import ReportSubject

COMPARED = 2  # years before


@dataclass(frozen=True, slots=True)
class YearQueries:
    context: ReportContext
    session: AsyncSession

    async def of(self, body: Organisation, year: int, language: Language, *, with_below: bool) -> Year:
        """Forms, complaints, ratings and discussions of the same organisations."""
        form = next((load_form(code) for code in owed(body) if code in CORRECTABLE), None)
        every = {one.code: one for one in await self.context.guard.organisations.all()}
        code = form.code if form else ""
        scope = scope_of(code, body.code, every, own_obligations())
        codes = scope_of(code, body.code, every, ()).own if with_below else scope.own
        since = await self._since(codes)
        years = [
            one for one in range(year - COMPARED, year) if since is not None and since <= date(one, 1, 31)
        ]
        return Year(
            year=year,
            organisation=body.code,
            form=form,
            quarters=await self._quarters(form, body.code, year, with_below=with_below),
            complaints=await self._complaints(codes, year),
            before={one: await self._complaints(codes, one) for one in years},
            discussions=await self._discussions(codes, year),
            scope=_scope(len(scope.below), language, with_below=with_below),
            on=self.context.today,
        )

    async def _quarters(
        self, form: FormRecord | None, code: str, year: int, *, with_below: bool
    ) -> dict[int, tuple[FilledForm, date]]:
        """The forms handed in, by quarter number; together with those below only where nobody was missing."""
        found: dict[int, tuple[FilledForm, date]] = {}
        for quarter in range(1, 5):
            if form is None:
                break
            subject = ReportSubject(form=form.code, organisation=code, period=f"{year}Q{quarter}")
            report = await self.context.reports.handed_in(subject)
            if report is None or report.handed_in_on is None:
                continue
            if not with_below:
                found[quarter] = (report.filled, report.handed_in_on)
            elif report.sources is not None and not report.sources.missing:
                found[quarter] = (report.whole, report.handed_in_on)
        return found

    async def _since(self, codes: frozenset[str]) -> date | None:
        """The first day of the journal."""
        query = select(func.min(ComplaintRow.registered_on)).where(ComplaintRow.organisation.in_(codes))
        found: date | None = await self.session.scalar(query)
        return found

    async def _complaints(self, codes: frozenset[str], year: int) -> YearOfComplaints:
        first, last = date(year, 1, 1), date(year, 12, 31)
        span = StatisticsSpan(organisations=codes, first=first, last=last, as_of=self.context.clock.now())
        statistics = Statistics(self.session)
        outcomes = await outcomes_of(self.session, span)
        return year_of(
            await ComplaintCountQueries(self.session).lines(span),
            {one.value if one else "no_outcome": count for one, count in outcomes.items()},
            await statistics.hearings(span),
            await self._ratings(codes, span),
        )

    async def _ratings(self, codes: frozenset[str], span: StatisticsSpan) -> YearOfRatings:
        """Bodies are told apart where there are several."""
        lines = await rating_lines(self.session, span)
        bodies = by_key((line.organisation, line) for line in lines) if len(codes) > 1 else {}
        return YearOfRatings(
            every=total(lines),
            services=by_key((line.service, line) for line in lines if line.service is not None),
            bodies=bodies,
        )

    async def _discussions(self, codes: frozenset[str], year: int) -> tuple[HeldDiscussion, ...]:
        events = await EventStore(self.session).of_organisations(codes, EventKind.DISCUSSION)
        held = [
            HeldDiscussion(
                subject=one.object,
                placed_on=one.facts[EventFact.STARTS_ON],
                ended_on=one.facts.get(EventFact.ENDED_ON),
            )
            for one in events
        ]
        return tuple(
            sorted((one for one in held if one.placed_on.year == year), key=lambda one: one.placed_on)
        )


def _scope(below: int, language: Language, *, with_below: bool) -> str:
    """Nothing to say where nobody below reports himself."""
    if not below:
        return ""
    return load_document_texts("paper", language)("scope_with" if with_below else "scope_own", count=below)


def year_of(
    lines: list[ComplaintCountLine], outcomes: dict[str, int], hearings: int, ratings: YearOfRatings
) -> YearOfComplaints:
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
        ratings=ratings,
    )
