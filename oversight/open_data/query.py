"""ComplaintCounts the complaints of a quarter by body and service."""

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import Integer, Select, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.lifecycle import ComplaintState
from complaints.statistics import Measure, StatisticsSpan, is_late, measured
from complaints.tables import ComplaintRow, RatingRow
from kernel.period import Period
from oversight.open_data.counts import ComplaintCounts, Group, group_of


async def count_quarter(session: AsyncSession, quarter: Period, as_of: datetime) -> Group:
    """The country, its bodies and their services; bodies and services without complaints are left out."""
    span = StatisticsSpan(organisations=None, first=quarter.first, last=quarter.last, as_of=as_of)
    counts: dict[tuple[str, str | None], ComplaintCounts] = defaultdict(ComplaintCounts)
    for organisation, service, received, late, not_solved, rated, stars in await session.execute(
        _of_registered(span)
    ):
        counts[organisation, service] += ComplaintCounts(
            received=received, late=late, not_solved=not_solved, rated=rated, stars=stars
        )
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


def _of_registered(span: StatisticsSpan) -> Select[str, str | None, int, int, int, int, int]:
    row = ComplaintRow
    not_solved = func.count().filter(row.state == ComplaintState.NOT_SOLVED)
    stars = func.coalesce(cast(func.sum(RatingRow.stars), Integer), 0)
    return (
        select(
            row.organisation,
            row.service,
            func.count(),
            func.count().filter(is_late(span.as_of)),
            not_solved,
            func.count(RatingRow.stars),
            stars,
        )
        .outerjoin(RatingRow, RatingRow.complaint == row.id)
        .where(*measured(span, Measure.RECEIVED))
        .group_by(row.organisation, row.service)
    )


def _of_restored(span: StatisticsSpan) -> Select[str, str | None, int]:
    row = ComplaintRow
    counted = select(row.organisation, row.service, func.count())
    return counted.where(*measured(span, Measure.RESTORED)).group_by(row.organisation, row.service)
