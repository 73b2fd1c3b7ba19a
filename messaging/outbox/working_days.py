"""Working days, from the calendar in the database."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from deadlines.queries import LiveCalendar
from deadlines.store import CalendarNotLoadedError
from messaging.outbox.hours import IsWorking, working_days_of

AskWorkingDays = Callable[[AsyncSession], Awaitable[IsWorking]]


@dataclass(frozen=True, slots=True)
class WorkingDays:
    calendar: LiveCalendar

    async def __call__(self, session: AsyncSession) -> IsWorking:
        try:
            return working_days_of(await self.calendar.current(session))
        except CalendarNotLoadedError:
            return working_days_of(None)
