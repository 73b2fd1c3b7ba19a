"""Complaints of a span by outcome, for the annual report (Order 193 annex 2 §4 1))."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.facts import ComplaintOutcome
from complaints.joining.tables import JoinRow
from complaints.statistics import Measure, StatisticsSpan, measured
from complaints.tables import ComplaintRow


async def outcomes(session: AsyncSession, span: StatisticsSpan) -> dict[ComplaintOutcome | None, int]:
    """Counts by outcome; None for unanswered complaints.

    A joined complaint is answered in the one that goes on, so it has that one's outcome: our reading.
    """
    row, counted = ComplaintRow, measured(span, Measure.RECEIVED)
    found: Counter[str | None] = Counter()
    own = select(row.outcome, func.count()).where(*counted, row.id.not_in(select(JoinRow.complaint)))
    for outcome, count in await session.execute(own.group_by(row.outcome)):
        found[outcome] += count
    going_on = select(JoinRow.into).join(row, row.id == JoinRow.complaint).where(*counted)
    found += await _of_going_on(session, Counter(await session.scalars(going_on)))
    return {None if one is None else ComplaintOutcome(one): count for one, count in found.items()}


async def _of_going_on(session: AsyncSession, joined: Counter[int]) -> Counter[str | None]:
    """The outcomes of what complaints were joined to, by how many were; a joined one leads further."""
    found: Counter[str | None] = Counter()
    while joined:
        query = (
            select(ComplaintRow.id, ComplaintRow.outcome, JoinRow.into)
            .outerjoin(JoinRow, JoinRow.complaint == ComplaintRow.id)
            .where(ComplaintRow.id.in_(joined))
        )
        further: Counter[int] = Counter()
        for complaint, outcome, into in await session.execute(query):
            if into is None:
                found[outcome] += joined[complaint]
            else:
                further[into] += joined[complaint]
        joined = further
    return found
