"""A quarter's complaints, counted for the forms and listed as their evidence."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from complaints.counted import ComplaintCountLine, ComplaintCountQueries, CountedCase
from complaints.facts import Origin
from complaints.statistics import StatisticsSpan
from kernel.clock import almaty_date
from kernel.period import Period
from oversight.control.counts import ControlCount, counts_of, is_in
from oversight.control.store import ControlStore
from registry_data.report_forms import CountedMeasure, Counts, FormRecord
from reports.figures import ComplaintCount
from reports.sheet.subject import ListedCase, ListedCases, ListedEvent

MOST_CASES = 5_000  # on the second sheet


@dataclass(frozen=True, slots=True)
class Counting:
    session: AsyncSession

    async def counted(self, codes: Collection[str], period: Period, as_of: datetime) -> list[ComplaintCount]:
        """Complaints of the organisations `codes` in the quarter, counted as of the aware instant `as_of`."""
        lines = await ComplaintCountQueries(self.session).lines(_span(codes, period, as_of))
        first = period.first.month
        return [one for line in lines for one in counted_of(line, first)]

    async def cases(
        self, form: FormRecord, codes: Collection[str], period: Period, as_of: datetime
    ) -> ListedCases:
        """The complaints and the control events behind the computed cells, with the rows that count each."""
        queries, span = ComplaintCountQueries(self.session), _span(codes, period, as_of)
        lines = await queries.cases(span, MOST_CASES)
        total = len(lines) if len(lines) < MOST_CASES else await queries.number_of_cases(span)
        events = await self.events(form, codes, period, as_of)
        shown = tuple(_case(form, line, period) for line in lines)
        return ListedCases(shown=shown, total=total, events=events)

    async def control(
        self, form: FormRecord, codes: Collection[str], period: Period, as_of: datetime
    ) -> list[ControlCount]:
        """What the organisations' control events come to; nothing where the rows are filled by hand."""
        if not _records(form):
            return []
        events = await ControlStore(self.session).known(codes, as_of)
        return list(counts_of(events, period, almaty_date(as_of)))

    async def events(
        self, form: FormRecord, codes: Collection[str], period: Period, as_of: datetime
    ) -> tuple[ListedEvent, ...]:
        """The events behind the cells, by month."""
        if not _records(form):
            return ()
        known = {one.event.number: one for one in await ControlStore(self.session).known(codes, as_of)}
        counts = list(counts_of(known.values(), period, almaty_date(as_of)))
        return tuple(
            ListedEvent(
                number=number,
                month=month,
                object=known[number].event.object,
                rows=tuple(row.number for row in form.rows if any(is_in(one, row) for one in found)),
            )
            for month, number in sorted({(one.month, one.event) for one in counts})
            if (found := [one for one in counts if (one.month, one.event) == (month, number)])
        )


def _records(form: FormRecord) -> bool:
    return any(row.is_computed and row.events is not None for row in form.rows)


def counted_of(line: ComplaintCountLine, first_month: int) -> list[ComplaintCount]:
    """`first_month` is the quarter's first month, 1 to 12."""
    numbers = {
        CountedMeasure.RECEIVED: line.received,
        CountedMeasure.LATE: line.late,
        CountedMeasure.RESTORED: line.restored,
    }
    return [
        ComplaintCount(
            what=what,
            month=line.month.month - first_month + 1,
            delivery=line.delivery.value,
            source=line.source.value,
            service=line.service,
            provider=line.organisation,
            by_bot=line.origin is Origin.CITIZEN,
            number=number,
        )
        for what, number in numbers.items()
        if number
    ]


def _case(form: FormRecord, line: CountedCase, period: Period) -> ListedCase:
    day = line.registered_on if line.is_received or line.answered_on is None else line.answered_on
    return ListedCase(
        number=line.number,
        month=day.month - period.first.month + 1,
        registered_on=line.registered_on,
        service=line.service,
        provider=line.organisation,
        delivery=line.delivery.value,
        source=line.source.value,
        origin=line.origin.value,
        late=line.is_late,
        rows=tuple(row.number for row in form.rows if row.counts is not None and _counts(row.counts, line)),
    )


def _counts(counts: Counts, line: CountedCase) -> bool:
    held = {
        CountedMeasure.RECEIVED: line.is_received,
        CountedMeasure.LATE: line.is_late,
        CountedMeasure.RESTORED: line.is_restored,
    }
    return (
        held[counts.what]
        and counts.delivery in {None, line.delivery.value}
        and counts.source in {None, line.source.value}
    )


def _span(codes: Collection[str], period: Period, as_of: datetime) -> StatisticsSpan:
    return StatisticsSpan(organisations=frozenset(codes), first=period.first, last=period.last, as_of=as_of)
