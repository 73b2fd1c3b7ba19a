"""Publishes the figures of complaints: rounded while a quarter runs, exact once it is settled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from kernel.clock import Clock, almaty_date
from kernel.period import Frequency, Period, period_of
from messaging.periodic import PeriodicJob
from oversight.open_data.disclosure import publish, round_down
from oversight.open_data.query import count_quarter, first_day
from oversight.open_data.store import OpenFiguresStore, QuarterFigures

SETTLED_AFTER = timedelta(days=45)  # the longest term is 25 working days, "not solved" is taken for 30 days
REFRESHED_EVERY = timedelta(hours=1)
LOOKED_EVERY_S = 60.0


def quarters(first: date, today: date) -> Iterator[Period]:
    """The quarters from the one of `first` to the one of `today`."""
    quarter = period_of(Frequency.QUARTER, first)
    while quarter.first <= today:
        yield quarter
        quarter = quarter.next()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFiguresRelease:
    """Any number of processes may run it: what is final is written once."""

    database: Database
    clock: Clock

    def as_job(self) -> PeriodicJob:
        return PeriodicJob(name="open figures", every_s=LOOKED_EVERY_S, run=self.run)

    async def run(self) -> int:
        """Count what is neither final nor fresh; returns how many quarters were written."""
        now = self.clock.now()
        async with self.database.unit_of_work() as unit:
            due = await _due(unit.session, now)
            for quarter in due:
                await OpenFiguresStore(unit.session).put(await _figures(unit.session, quarter, now))
            await unit.commit()
        return len(due)


async def _due(session: AsyncSession, now: datetime) -> list[Period]:
    first = await first_day(session)
    if first is None:
        return []
    kept = {one.quarter: one for one in await OpenFiguresStore(session).all()}
    return [one for one in quarters(first, almaty_date(now)) if _is_due(kept.get(one), now)]


def _is_due(kept: QuarterFigures | None, now: datetime) -> bool:
    return kept is None or (not kept.is_final and now - kept.as_of >= REFRESHED_EVERY)


async def _figures(session: AsyncSession, quarter: Period, now: datetime) -> QuarterFigures:
    is_final = almaty_date(now) > quarter.last + SETTLED_AFTER
    country = await count_quarter(session, quarter, now)
    shown = publish(country) if is_final else round_down(country)
    return QuarterFigures(quarter=quarter, is_final=is_final, as_of=now, country=shown)
