"""Which jobs are off, cached for some seconds: every update asks, few ask the database."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.switches.store import SwitchStore
from accounts.switches.switch import JobSwitch, SwitchedJob
from kernel.clock import Clock

REFRESH = timedelta(seconds=10)  # how long another process's change may go unnoticed


class LiveSwitches:
    """The jobs that are off, each with its switch; read at most once per `refresh`."""

    def __init__(self, clock: Clock, refresh: timedelta = REFRESH) -> None:
        self._clock = clock
        self._refresh = refresh
        self._held: Mapping[SwitchedJob, JobSwitch] = {}
        self._asked_at: datetime | None = None
        self._asking = asyncio.Lock()

    async def off(self, session: AsyncSession) -> Mapping[SwitchedJob, JobSwitch]:
        if self._is_fresh():
            return self._held
        async with self._asking:
            if not self._is_fresh():
                latest = await SwitchStore(session).latest()
                self._held = {job: one for job, one in latest.items() if one.is_off}
                self._asked_at = self._clock.now()
            return self._held

    def forget(self) -> None:
        """Read the database next time: a switch was changed here."""
        self._asked_at = None

    def _is_fresh(self) -> bool:
        """False too when the clock was set back."""
        return (
            self._asked_at is not None and timedelta() <= self._clock.now() - self._asked_at < self._refresh
        )
