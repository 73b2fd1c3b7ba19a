"""Complaint counts for the forms (docs/complaints.md), in SQL, as known at an instant.

A complaint counts at the organisation that registered it, in the month of its registration day. Passed on in
time, it counts only at the body it was passed to; passed on late, it counts at both. Withdrawn complaints
count, voided entries do not. Late means answered, withdrawn or passed on after the last day of the term, or
still open after it. Restored rights (row 19) count in the month of the answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from complaints.facts import ComplaintSource, Origin, ServiceDelivery
from complaints.hearings.tables import HearingRow
from complaints.kinds.kind import ComplaintKind
from complaints.tables import IS_RESTORED, ComplaintRow
from kernel.clock import almaty_date

Expression = ColumnElement[bool]


class Measure(StrEnum):
    RECEIVED = "received"  # rows 16 and 17
    LATE = "late"  # row 18
    RESTORED = "restored"  # row 19


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsSpan:
    """What to count: days in Asia/Almaty (both inclusive), as known at `as_of`.

    `organisations` are codes, None means all. `as_of` is an aware instant: the hand-in's, to reproduce a
    submitted form; now, for current figures.
    """

    organisations: frozenset[str] | None
    first: date
    last: date
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    year: int
    month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """Complaints of one organisation in one month about one service (None: unknown)."""

    organisation: str
    month: Month
    delivery: ServiceDelivery
    service: str | None
    received: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    organisation: str
    month: Month
    source: ComplaintSource
    origin: Origin
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredLine:
    organisation: str
    month: Month
    restored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintFigures:
    """Everything rows 16-19 of 1-мқ (15-18 of 2-мқ) need; methods sum over arguments that are not given."""

    by_service: Sequence[ServiceLine]
    by_source: Sequence[SourceLine]
    by_answer: Sequence[RestoredLine]

    def received(
        self,
        *,
        month: Month | None = None,
        delivery: ServiceDelivery | None = None,
        services: Iterable[str | None] | None = None,
        organisation: str | None = None,
    ) -> int:
        return sum(line.received for line in self._lines(month, delivery, services, organisation))

    def late(
        self,
        *,
        month: Month | None = None,
        delivery: ServiceDelivery | None = None,
        services: Iterable[str | None] | None = None,
        organisation: str | None = None,
    ) -> int:
        return sum(line.late for line in self._lines(month, delivery, services, organisation))

    def restored(self, *, month: Month | None = None) -> int:
        return sum(line.restored for line in self.by_answer if month in {None, line.month})

    def services(self, delivery: ServiceDelivery) -> tuple[str | None, ...]:
        """Services complained about, by slug; None last."""
        found = {line.service for line in self.by_service if line.delivery is delivery}
        return tuple(sorted(found, key=lambda slug: (slug is None, slug or "")))

    def _lines(
        self,
        month: Month | None,
        delivery: ServiceDelivery | None,
        services: Iterable[str | None] | None,
        organisation: str | None,
    ) -> list[ServiceLine]:
        wanted = None if services is None else set(services)
        return [
            line
            for line in self.by_service
            if month in {None, line.month}
            and delivery in {None, line.delivery}
            and (wanted is None or line.service in wanted)
            and organisation in {None, line.organisation}
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsCell:
    """A cell of a form: what it counts, and the filters where given.

    `service` is a slug; `certain_service` False selects complaints without a known service.
    """

    measure: Measure
    delivery: ServiceDelivery | None = None
    source: ComplaintSource | None = None
    service: str | None = None
    certain_service: bool = True
    organisation: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    session: AsyncSession

    async def figures(self, span: StatisticsSpan) -> ComplaintFigures:
        return ComplaintFigures(
            by_service=await self._by_service(span),
            by_source=await self._by_source(span),
            by_answer=await self._by_answer(span),
        )

    async def ids(self, span: StatisticsSpan, cell: StatisticsCell, limit: int = 1000) -> Sequence[int]:
        """The complaints behind a cell, oldest first."""
        query = select(ComplaintRow.id).where(*measured(span, cell.measure), *_narrowed(cell))
        return (await self.session.scalars(query.order_by(ComplaintRow.id).limit(limit))).all()

    async def kinds(self, span: StatisticsSpan) -> dict[ComplaintKind, int]:
        """Counts by subject, as corrected by officials."""
        found = await self._grouped(ComplaintRow.kind, span)
        return {ComplaintKind(str(kind)): count for kind, count in found.items()}

    async def hearings(self, span: StatisticsSpan) -> int:
        """Hearings held within the span, for the annual report (Order 193 ¶5)."""
        query = (
            select(func.count())
            .select_from(HearingRow)
            .join(ComplaintRow, ComplaintRow.id == HearingRow.complaint)
            .where(
                *_of_organisations(span),
                HearingRow.held_on.between(span.first, span.last),
                HearingRow.noted_at <= span.as_of,
                _stands(HearingRow.removed_at, span.as_of),
                _stands(ComplaintRow.voided_at, span.as_of),
            )
        )
        return await self.session.scalar(query) or 0

    async def _grouped(self, column: InstrumentedAttribute[Any], span: StatisticsSpan) -> dict[Any, int]:
        query = select(column, func.count()).where(*measured(span, Measure.RECEIVED)).group_by(column)
        return {one[0]: one[1] for one in await self.session.execute(query)}

    async def _by_service(self, span: StatisticsSpan) -> list[ServiceLine]:
        row = ComplaintRow
        key = (row.organisation, *month_of(row.registered_on), row.delivery, row.service)
        counted = (func.count(), func.count().filter(is_late(span.as_of)))
        query = select(*key, *counted).where(*measured(span, Measure.RECEIVED)).group_by(*key)
        return [
            ServiceLine(
                organisation=organisation,
                month=Month(year=year, month=month),
                delivery=ServiceDelivery(delivery),
                service=service,
                received=received,
                late=late,
            )
            for organisation, year, month, delivery, service, received, late in await self.session.execute(
                query
            )
        ]

    async def _by_source(self, span: StatisticsSpan) -> list[SourceLine]:
        row = ComplaintRow
        key = (row.organisation, *month_of(row.registered_on), row.source, row.origin)
        query = select(*key, func.count()).where(*measured(span, Measure.RECEIVED)).group_by(*key)
        return [
            SourceLine(
                organisation=organisation,
                month=Month(year=year, month=month),
                source=ComplaintSource(source),
                origin=Origin(origin),
                received=received,
            )
            for organisation, year, month, source, origin, received in await self.session.execute(query)
        ]

    async def _by_answer(self, span: StatisticsSpan) -> list[RestoredLine]:
        row = ComplaintRow
        key = (row.organisation, *month_of(row.answered_on))
        query = select(*key, func.count()).where(*measured(span, Measure.RESTORED)).group_by(*key)
        return [
            RestoredLine(organisation=organisation, month=Month(year=year, month=month), restored=restored)
            for organisation, year, month, restored in await self.session.execute(query)
        ]


def measured(span: StatisticsSpan, measure: Measure) -> list[Expression]:
    row = ComplaintRow
    here = [*_of_organisations(span), row.entered_at <= span.as_of, _stands(row.voided_at, span.as_of)]
    if measure is Measure.RESTORED:
        return [
            *here,
            IS_RESTORED,
            row.answered_on.between(span.first, span.last),
            row.closed_at <= span.as_of,
        ]
    counted = [*here, row.registered_on.between(span.first, span.last), not_(_passed_in_time(span.as_of))]
    return [*counted, is_late(span.as_of)] if measure is Measure.LATE else counted


def _of_organisations(span: StatisticsSpan) -> list[Expression]:
    return [] if span.organisations is None else [ComplaintRow.organisation.in_(span.organisations)]


def _stands(ended_at: InstrumentedAttribute[datetime | None], as_of: datetime) -> Expression:
    """Not voided or removed by then."""
    return or_(ended_at.is_(None), ended_at > as_of)


def _passed_in_time(as_of: datetime) -> Expression:
    row = ComplaintRow
    return and_(row.passed_to.is_not(None), row.closed_at <= as_of, row.closed_on <= row.late_after).is_(True)


def is_late(as_of: datetime) -> Expression:
    row = ComplaintRow
    was_open = or_(row.closed_at.is_(None), row.closed_at > as_of)
    today = almaty_date(as_of)
    return or_(and_(was_open, row.late_after < today), and_(not_(was_open), row.closed_on > row.late_after))


def _narrowed(cell: StatisticsCell) -> list[Expression]:
    row = ComplaintRow
    given = {
        row.delivery: cell.delivery,
        row.source: cell.source,
        row.service: cell.service,
        row.organisation: cell.organisation,
        row.origin: cell.origin,
    }
    narrowed: list[Expression] = [column == value for column, value in given.items() if value is not None]
    return narrowed if cell.certain_service else [*narrowed, row.service.is_(None)]


def month_of(day: InstrumentedAttribute[Any]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    return extract("year", day), extract("month", day)
