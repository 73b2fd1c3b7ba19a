"""Complaint counts split by everything the forms distinguish, and the cases behind them (see
`statistics`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.facts import ComplaintSource, Origin, ServiceDelivery
from complaints.statistics import Measure, Month, StatisticsSpan, is_late, measured, month_of
from complaints.tables import ComplaintRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCountLine:
    """Complaints of one month that share every attribute the forms ask for.

    `received` and `late` count by registration day, `restored` by the day of the answer.
    """

    organisation: str
    month: Month
    delivery: ServiceDelivery
    source: ComplaintSource
    service: str | None
    origin: Origin
    received: int = 0
    late: int = 0
    restored: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCase:
    """A complaint behind the figures, without personal data or its text."""

    number: str
    registered_on: date
    answered_on: date | None
    is_restored: bool
    is_received: bool  # registered within the span
    is_late: bool
    organisation: str
    delivery: ServiceDelivery
    source: ComplaintSource
    service: str | None
    origin: Origin


_KEY = (
    ComplaintRow.organisation,
    ComplaintRow.delivery,
    ComplaintRow.source,
    ComplaintRow.service,
    ComplaintRow.origin,
)


@dataclass(frozen=True, slots=True)
class ComplaintCountQueries:
    session: AsyncSession

    async def lines(self, span: StatisticsSpan) -> list[ComplaintCountLine]:
        """Two statements, so that each scans its rows once."""
        return [*await self._received(span), *await self._restored(span)]

    async def cases(self, span: StatisticsSpan, limit: int) -> Sequence[CountedCase]:
        """The complaints behind any of the figures, ordered by number."""
        received, restored = _both(span)
        late = received & is_late(span.as_of)
        query = (
            select(ComplaintRow.number, ComplaintRow.registered_on, ComplaintRow.answered_on, *_KEY)
            .add_columns(restored, received, late)
            .where(or_(received, restored))
            .order_by(ComplaintRow.number)
            .limit(limit)
        )
        return [
            CountedCase(
                number=_written(number),
                registered_on=registered_on,
                answered_on=answered_on,
                is_restored=bool(is_restored),
                is_received=bool(is_received),
                is_late=bool(late_now),
                organisation=organisation,
                delivery=ServiceDelivery(delivery),
                source=ComplaintSource(source),
                service=service,
                origin=Origin(origin),
            )
            for (
                number, registered_on, answered_on, organisation, delivery, source, service, origin,
                is_restored, is_received, late_now,
            ) in await self.session.execute(query)
        ]  # fmt: skip

    async def number_of_cases(self, span: StatisticsSpan) -> int:
        received, restored = _both(span)
        query = select(func.count()).select_from(ComplaintRow).where(or_(received, restored))
        return await self.session.scalar(query) or 0

    async def _received(self, span: StatisticsSpan) -> list[ComplaintCountLine]:
        key = (*_KEY, *month_of(ComplaintRow.registered_on))
        counts = (func.count(), func.count().filter(is_late(span.as_of)))
        query = select(*key, *counts).where(*measured(span, Measure.RECEIVED)).group_by(*key)
        return [
            _line(tuple(row[:7]), received=row[7], late=row[8]) for row in await self.session.execute(query)
        ]

    async def _restored(self, span: StatisticsSpan) -> list[ComplaintCountLine]:
        key = (*_KEY, *month_of(ComplaintRow.answered_on))
        query = select(*key, func.count()).where(*measured(span, Measure.RESTORED)).group_by(*key)
        return [_line(tuple(row[:7]), restored=row[7]) for row in await self.session.execute(query)]


def _written(stored: int) -> str:
    """The stored number as people read it; it was never typed, so its check digit is not verified."""
    digits = f"{stored:011}"
    return f"{digits[:2]}-{digits[2:-1]}-{digits[-1]}"


def _both(span: StatisticsSpan) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return and_(*measured(span, Measure.RECEIVED)), and_(*measured(span, Measure.RESTORED))


def _line(key: tuple[Any, ...], **counts: int) -> ComplaintCountLine:
    organisation, delivery, source, service, origin, year, month = key
    return ComplaintCountLine(
        organisation=organisation,
        month=Month(year=int(year), month=int(month)),
        delivery=ServiceDelivery(delivery),
        source=ComplaintSource(source),
        service=service,
        origin=Origin(origin),
        **counts,
    )
