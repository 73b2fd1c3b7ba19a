"""Overdue complaints of the whole country, for operators."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.tables import IS_OPEN, ComplaintRow
from complaints.terms import Rule, rule_of
from registry_data.organisations import OrganisationKind
from registry_data.tables import OrganisationRow

_AUTHORITIES = [kind.value for kind in OrganisationKind if rule_of(kind) is Rule.AUTHORITY]


async def overdue(session: AsyncSession, today: date) -> Mapping[Rule, int]:
    """Open complaints due before `today` (in Asia/Almaty), by whether they are assigned.

    Reads two index ranges and no row: a complaint's rule is in no index, and its organisation implies it.
    """
    row = ComplaintRow
    late = select(func.count()).where(IS_OPEN, row.due_on < today)
    kind = OrganisationRow.body["kind"].as_string()
    authorities = (await session.scalars(select(OrganisationRow.key).where(kind.in_(_AUTHORITIES)))).all()
    all_of_them = await session.scalar(late) or 0
    of_authorities = await session.scalar(late.where(row.organisation.in_(authorities))) or 0
    return {Rule.PROVIDER: all_of_them - of_authorities, Rule.AUTHORITY: of_authorities}
