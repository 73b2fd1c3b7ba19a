"""The switches: in the database, and the jobs that are off, cached by a process."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.switches.switch import JobSwitch, SwitchedAlreadyError, SwitchedJob
from accounts.switches.tables import SwitchRow
from database.types import insert_into

_TABLE = cast(Table, SwitchRow.__table__)
_JOBS = [job.value for job in SwitchedJob]
_NUMBERS = select(SwitchRow.job, func.max(SwitchRow.number).label("number")).group_by(SwitchRow.job)
_LAST = _NUMBERS.where(SwitchRow.job.in_(_JOBS)).subquery("last")
_LATEST = select(SwitchRow).join(_LAST, (_LAST.c.job == SwitchRow.job) & (_LAST.c.number == SwitchRow.number))

_IS_OFF = (
    select(SwitchRow.is_off)
    .where(SwitchRow.job == bindparam("job_"))
    .order_by(SwitchRow.number.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class SwitchStore:
    session: AsyncSession

    async def latest(self) -> dict[SwitchedJob, JobSwitch]:
        """The latest state of each job ever switched."""
        rows = await self.session.scalars(_LATEST)
        return {found.job: found for found in map(_switch, rows)}

    async def is_off(self, job: SwitchedJob) -> bool:
        return bool(await self.session.scalar(_IS_OFF, {"job_": job.value}))

    async def history(self, job: SwitchedJob | None = None, limit: int | None = None) -> Sequence[JobSwitch]:
        """All changes, newest first, of one job or of all."""
        query = select(SwitchRow).where(SwitchRow.job.in_(_JOBS if job is None else [job.value]))
        rows = await self.session.scalars(query.order_by(SwitchRow.id.desc()).limit(limit))
        return [_switch(row) for row in rows]

    async def add(self, one: JobSwitch) -> None:
        """Append the job's next state. Raises SwitchedAlreadyError if it changes nothing."""
        query = select(SwitchRow.number, SwitchRow.is_off).where(SwitchRow.job == one.job.value)
        last = (await self.session.execute(query.order_by(SwitchRow.number.desc()).limit(1))).first()
        if one.is_off is (last is not None and last.is_off):
            raise SwitchedAlreadyError
        written = insert_into(self.session, _TABLE).values(
            job=one.job.value,
            number=1 if last is None else last.number + 1,
            is_off=one.is_off,
            reason=one.reason,
            by=one.by,
            at=one.at,
        )
        added = written.on_conflict_do_nothing(index_elements=["job", "number"]).returning(_TABLE.c.id)
        if await self.session.scalar(added) is None:  # another process was faster
            raise SwitchedAlreadyError


def _switch(row: SwitchRow) -> JobSwitch:
    return JobSwitch(job=SwitchedJob(row.job), is_off=row.is_off, at=row.at, by=row.by, reason=row.reason)


REFRESH = timedelta(seconds=10)  # how long another process's change may go unnoticed


class LiveSwitches:
    """The jobs that are off, each with its switch; read at most once per `refresh`."""

    def __init__(self, refresh: timedelta = REFRESH) -> None:
        self._refresh = refresh
        self._held: Mapping[SwitchedJob, JobSwitch] = {}
        self._asked_at: datetime | None = None
        self._asking = asyncio.Lock()

    async def off(self, session: AsyncSession, now: datetime) -> Mapping[SwitchedJob, JobSwitch]:
        if self._is_fresh(now):
            return self._held
        async with self._asking:
            if not self._is_fresh(now):
                latest = await SwitchStore(session).latest()
                self._held = {job: one for job, one in latest.items() if one.is_off}
                self._asked_at = now
            return self._held

    def forget(self) -> None:
        """Read the database next time: a switch was changed here."""
        self._asked_at = None

    def _is_fresh(self, now: datetime) -> bool:
        """False too when the clock was set back."""
        return self._asked_at is not None and timedelta() <= now - self._asked_at < self._refresh
