"""The organisations below a coordinator's, each with its complaints counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from accounts.errors import NotAllowedError
from accounts.officials.store import ConnectionStore, MembershipStore
from accounts.permissions import RIGHTS, Action, RightScope
from complaints.actions.context import ComplaintContext
from complaints.queries.inbox import soon_until
from complaints.tables import IS_OPEN, ComplaintRow
from registry_data.store import OrganisationRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyCounts:
    """`soon` are due today or within the next two working days, `answered` in this quarter so far."""

    organisation: str
    open: int = 0
    soon: int = 0
    overdue: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class BodiesBelow:
    context: ComplaintContext

    async def may(self, by: int, organisation: str) -> bool:
        """Whether a role at the organisation shows the complaints of those below it."""
        held = await MembershipStore(self.context.session).of_person(by)
        scopes = {
            RIGHTS.get((Action.SEE_COMPLAINTS, one.role)) for one in held if one.organisation == organisation
        }
        return RightScope.BELOW in scopes

    async def counts(self, by: int, organisation: str) -> Sequence[BodyCounts]:
        """Those that are connected or have complaints, the most overdue first. Raises NotAllowedError."""
        if not await self.may(by, organisation):
            raise NotAllowedError
        below = await OrganisationRepository(self.context.session).below(organisation)
        going, answered = await self._going(below), await self._answered(below)
        connected = await ConnectionStore(self.context.session).codes()
        codes = (connected & below) | going.keys() | answered.keys()
        found = [
            BodyCounts(organisation=code, answered=answered.get(code, 0), **going.get(code, {}))
            for code in codes
        ]
        return sorted(found, key=lambda one: (-one.overdue, -one.soon, -one.open, one.organisation))

    async def _going(self, codes: frozenset[str]) -> dict[str, dict[str, int]]:
        row, today = ComplaintRow, self.context.today()
        soon = row.due_on.between(today, soon_until(await self.context.calendar(), today))
        columns = (func.count(), func.count().filter(soon), func.count().filter(row.due_on < today))
        query = select(row.organisation, *columns).where(row.organisation.in_(codes), IS_OPEN)
        rows = await self.context.session.execute(query.group_by(row.organisation))
        return {code: {"open": count, "soon": due, "overdue": late} for code, count, due, late in rows}

    async def _answered(self, codes: frozenset[str]) -> dict[str, int]:
        row, today = ComplaintRow, self.context.today()
        here = (row.organisation.in_(codes), row.answered_on.between(first_of_quarter(today), today))
        query = select(row.organisation, func.count()).where(*here).group_by(row.organisation)
        rows = await self.context.session.execute(query)
        return {code: int(count) for code, count in rows}


def first_of_quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
