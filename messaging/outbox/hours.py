"""When notices may be sent: working hours for officials, daytime for citizens; pure."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from deadlines.calendar import is_weekend
from deadlines.store import CalendarNotLoadedError, LiveCalendar
from kernel.clock import ALMATY

IsWorking = Callable[[date], bool]
_ONE_DAY = timedelta(days=1)


class Audience(StrEnum):
    OFFICIAL = "official"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """Hours in Asia/Almaty, from `opens` (inclusive) to `closes` (exclusive)."""

    opens: time
    closes: time
    on_working_days_only: bool


_WINDOWS = {
    Audience.OFFICIAL: _Window(opens=time(9), closes=time(18, 30), on_working_days_only=True),
    Audience.CITIZEN: _Window(opens=time(9), closes=time(21), on_working_days_only=False),
}


def next_moment(audience: Audience, at: datetime, is_working: IsWorking) -> datetime:
    """The first instant, not before the aware `at`, when `audience` may get notices; in UTC."""
    window = _WINDOWS[audience]
    local = at.astimezone(ALMATY)
    day = local.date() if local.time() < window.closes else local.date() + _ONE_DAY
    while window.on_working_days_only and not is_working(day):
        day += _ONE_DAY
    return max(at, datetime.combine(day, window.opens, ALMATY)).astimezone(UTC)


AskWorkingDays = Callable[[AsyncSession], Awaitable[IsWorking]]


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Where no calendar is known the weekday decides: a notice on a day off is better than none."""

    calendar: LiveCalendar

    async def __call__(self, session: AsyncSession) -> IsWorking:
        try:
            return (await self.calendar.current(session)).expects_work
        except CalendarNotLoadedError:
            return lambda day: not is_weekend(day)
