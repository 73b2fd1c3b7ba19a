"""Which quarters are reported: implements a port of `complaints`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.period import Frequency, Period
from registry_data.store import OrganisationRepository
from reminders.tables import SUBMITTED, FilingRow

_FORMS = ("form.1-mq", "form.2-mq")  # the forms that count complaints, those of districts among them


@dataclass(frozen=True, slots=True)
class ReportedQuarters:
    async def __call__(self, session: AsyncSession, organisation: str, days: Iterable[date]) -> bool:
        """Whether the organisation, or one above it, has handed in the form of such a quarter."""
        codes = {organisation, *await OrganisationRepository(session).above(organisation)}
        quarters = {_quarter_of(day).code for day in days}
        query = select(FilingRow.id).where(
            FilingRow.organisation.in_(codes),
            FilingRow.occasion.in_(quarters),
            FilingRow.state == SUBMITTED,
            or_(*(FilingRow.obligation.startswith(form) for form in _FORMS)),
        )
        return await session.scalar(query.limit(1)) is not None


def _quarter_of(day: date) -> Period:
    return Period(every=Frequency.QUARTER, year=day.year, number=(day.month - 1) // 3 + 1)
