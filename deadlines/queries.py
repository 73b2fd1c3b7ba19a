"""Read the calendar, and cache it in a running process."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from deadlines.calendar import WorkCalendar
from deadlines.store import CalendarStore
from kernel.clock import Clock

REFRESH = timedelta(seconds=20)  # how long a calendar loaded by another process may go unnoticed


class LiveCalendar:
    """The current calendar, with the database's version checked at most once per `refresh`."""

    def __init__(self, clock: Clock, refresh: timedelta = REFRESH) -> None:
        self._clock = clock
        self._refresh = refresh
        self._held: tuple[int, WorkCalendar] | None = None
        self._asked_at: datetime | None = None
        self._reading = asyncio.Lock()

    async def current(self, session: AsyncSession) -> WorkCalendar:
        """The current calendar. Raises CalendarNotLoadedError if there is none."""
        if self._held is None or not self._is_fresh():
            async with self._reading:
                if self._held is None or not self._is_fresh():
                    self._held = await self._read(session)
                    self._asked_at = self._clock.now()
        return self._held[1]

    def _is_fresh(self) -> bool:
        """False if the clock was set back."""
        return (
            self._asked_at is not None and timedelta() <= self._clock.now() - self._asked_at < self._refresh
        )

    async def _read(self, session: AsyncSession) -> tuple[int, WorkCalendar]:
        store = CalendarStore(session)
        version = await store.version()
        if self._held is not None and self._held[0] == version.number:
            return self._held
        return version.number, await store.read()
