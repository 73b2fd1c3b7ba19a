"""ComplaintCounts the complaints of a quarter by body and service."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.lifecycle import ComplaintState
from complaints.service_rating_tables import ServiceRatingRow
from complaints.statistics import Measure, StatisticsSpan, is_late, measured
from complaints.tables import ComplaintRow, RatingRow
from kernel.period import Period
from oversight.open_data.counts import ComplaintCounts, Group, group_of
from oversight.satisfaction.ratings import SATISFIED

_COUNTED = (
    *("received", "late", "not_solved", "rated", "stars", "satisfied"),
    *("rated_service", "stars_service", "satisfied_service"),
)


async def count_quarter(session: AsyncSession, quarter: Period, as_of: datetime) -> Group:
    """The country, its bodies and their services; bodies and services without complaints are left out."""
    span = StatisticsSpan(organisations=None, first=quarter.first, last=quarter.last, as_of=as_of)
    counts: dict[tuple[str, str | None], ComplaintCounts] = defaultdict(ComplaintCounts)
    for organisation, service, *numbers in await session.execute(_of_registered(span)):
        names = dict(zip(_COUNTED, numbers, strict=True))
        counts[organisation, service] += ComplaintCounts(**names)
    for organisation, service, restored in await session.execute(_of_restored(span)):
        counts[organisation, service] += ComplaintCounts(restored=restored)
    services: dict[str, list[Group]] = defaultdict(list)
    for (organisation, service), found in sorted(
        counts.items(), key=lambda one: (one[0][0], one[0][1] or "")
    ):
        services[organisation].append(Group(code=service, counts=found))
    return group_of(None, (group_of(code, parts) for code, parts in services.items()))


async def first_day(session: AsyncSession) -> date | None:
    """The day of the first complaint registered; None without any."""
    return await session.scalar(select(func.min(ComplaintRow.registered_on)))


def _of_registered(span: StatisticsSpan) -> Select[*tuple[Any, ...]]:
    """The columns of _COUNTED after body and service."""
    row = ComplaintRow
    not_solved = func.count().filter(row.state == ComplaintState.NOT_SOLVED)
    return (
        select(
            row.organisation,
            row.service,
            func.count(),
            func.count().filter(is_late(span.as_of)),
            not_solved,
            *_of_ratings(RatingRow),
            *_of_ratings(ServiceRatingRow),
        )
        .outerjoin(RatingRow, RatingRow.complaint == row.id)
        .outerjoin(ServiceRatingRow, ServiceRatingRow.complaint == row.id)
        .where(*measured(span, Measure.RECEIVED))
        .group_by(row.organisation, row.service)
    )


def _of_ratings(table: type[RatingRow | ServiceRatingRow]) -> tuple[ColumnElement[int], ...]:
    """How many ratings, the sum of their stars, and how many gave four or five."""
    stars = func.coalesce(cast(func.sum(table.stars), Integer), 0)
    satisfied = func.count(table.stars).filter(table.stars.in_(SATISFIED))
    return func.count(table.stars), stars, satisfied


def _of_restored(span: StatisticsSpan) -> Select[str, str | None, int]:
    row = ComplaintRow
    counted = select(row.organisation, row.service, func.count())
    return counted.where(*measured(span, Measure.RESTORED)).group_by(row.organisation, row.service)
