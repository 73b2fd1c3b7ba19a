"""When notices may be sent: working hours for officials, daytime for citizens; pure."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from deadlines.calendar import WorkCalendar, is_weekend
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


def working_days_of(calendar: WorkCalendar | None) -> IsWorking:
    """Whether a day is worked. Outside the calendar (or with None) the weekday decides.

    A notice on a day off not yet announced is better than none.
    """

    def is_working(day: date) -> bool:
        if calendar is None or not calendar.first <= day <= calendar.last:
            return not is_weekend(day)
        return calendar.is_working(day)

    return is_working


AskWorkingDays = Callable[[AsyncSession], Awaitable[IsWorking]]


@dataclass(frozen=True, slots=True)
class WorkingDays:
    calendar: LiveCalendar

    async def __call__(self, session: AsyncSession) -> IsWorking:
        try:
            return working_days_of(await self.calendar.current(session))
        except CalendarNotLoadedError:
            return working_days_of(None)
