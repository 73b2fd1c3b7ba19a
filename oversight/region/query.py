"""Reads the complaints of a region's bodies, for the Agency's body there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.guard import Guard
from accounts.permissions import Action
from complaints.lifecycle import ComplaintState
from complaints.statistics import Measure, StatisticsSpan, is_late, measured
from complaints.tables import ComplaintRow
from kernel.period import Period
from oversight.region.comparison import RegionFigures, RegionLine, RegionLines, compared_quarters
from registry_data.organisations import Organisation, OrganisationKind

AGENCY_KINDS = frozenset({OrganisationKind.AGENCY, OrganisationKind.AGENCY_DEPARTMENT})


@dataclass(frozen=True, slots=True)
class SeeRegion:
    guard: Guard
    session: AsyncSession

    async def may(self, by: int, organisation: str) -> bool:
        body = await self.guard.organisations.get(organisation)
        return body is not None and await self._may(by, body)

    async def __call__(self, by: int, organisation: str, quarter: Period, as_of: datetime) -> RegionLines:
        """As known at `as_of` (aware). The Agency itself sees every body, its department those of its region.

        Raises GoneError, and NotAllowedError, also for a body that is not the Agency's.
        """
        body = await self.guard.organisations.get(organisation)
        if body is None:
            raise GoneError
        if not await self._may(by, body):
            raise NotAllowedError
        every = await self.guard.organisations.all()
        codes = frozenset(one.code for one in every if _is_overseen(one, body))
        lines = [await self._lines(codes, one, as_of) for one in compared_quarters(quarter)]
        return RegionLines(quarter=lines[0], before=lines[1], year_before=lines[2])

    async def _may(self, by: int, body: Organisation) -> bool:
        return body.kind in AGENCY_KINDS and await self.guard.may(by, Action.OVERSEE, body.code)

    async def _lines(self, codes: frozenset[str], quarter: Period, as_of: datetime) -> tuple[RegionLine, ...]:
        span = StatisticsSpan(organisations=codes, first=quarter.first, last=quarter.last, as_of=as_of)
        row = ComplaintRow
        key = (row.organisation, row.service, row.kind)
        not_solved = func.count().filter(row.state == ComplaintState.NOT_SOLVED)
        received = select(*key, func.count(), func.count().filter(is_late(as_of)), not_solved)
        found: defaultdict[tuple[str, str | None, str], RegionFigures] = defaultdict(RegionFigures)
        rows = await self.session.execute(received.where(*measured(span, Measure.RECEIVED)).group_by(*key))
        for code, service, kind, count, late, unsolved in rows:
            found[code, service, kind] += RegionFigures(received=count, late=late, not_solved=unsolved)
        restored = select(*key, func.count()).where(*measured(span, Measure.RESTORED)).group_by(*key)
        for code, service, kind, count in await self.session.execute(restored):
            found[code, service, kind] += RegionFigures(restored=count)
        return tuple(
            RegionLine(organisation=code, service=service, kind=kind, figures=figures)
            for (code, service, kind), figures in found.items()
        )


def _is_overseen(one: Organisation, body: Organisation) -> bool:
    """The Agency's own bodies are not among those it oversees."""
    if one.kind in AGENCY_KINDS:
        return False
    return body.kind is OrganisationKind.AGENCY or (one.region is not None and one.region == body.region)
