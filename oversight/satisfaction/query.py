"""Counts the ratings of the complaints that a span counts."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.service_rating_tables import ServiceRatingRow
from complaints.statistics import Measure, StatisticsSpan, measured
from complaints.tables import ComplaintRow, RatingRow
from oversight.satisfaction.ratings import RatingLine, RatingSubject

_TABLES: Mapping[RatingSubject, type[RatingRow | ServiceRatingRow]] = {
    RatingSubject.HANDLING: RatingRow,
    RatingSubject.SERVICE: ServiceRatingRow,
}


async def rating_lines(session: AsyncSession, span: StatisticsSpan) -> list[RatingLine]:
    """Of the complaints received in the span, as they were rated by its end instant."""
    found: list[RatingLine] = []
    for subject, table in _TABLES.items():
        query = (
            select(ComplaintRow.organisation, ComplaintRow.service, table.stars, func.count())
            .join(table, table.complaint == ComplaintRow.id)
            .where(*measured(span, Measure.RECEIVED), table.at <= span.as_of)
            .group_by(ComplaintRow.organisation, ComplaintRow.service, table.stars)
        )
        found += [
            RatingLine(subject=subject, organisation=organisation, service=service, stars=stars, count=count)
            for organisation, service, stars, count in await session.execute(query)
        ]
    return found
