"""The clock: the only source of the current time."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

ALMATY = ZoneInfo("Asia/Almaty")  # the whole country has been UTC+5 since 1 March 2024


def almaty_date(at: datetime) -> date:
    """The date in Asia/Almaty at the aware instant `at`. Due dates and "today" are such dates."""
    return at.astimezone(ALMATY).date()


class Clock(Protocol):
    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251  the one place that may


class MovableClock:
    """A clock that can be shifted and keeps running; for the demo and tests."""

    def __init__(self, base: Clock) -> None:
        self._base = base
        self._shift = timedelta()

    def now(self) -> datetime:
        return self._base.now() + self._shift

    def advance(self, by: timedelta) -> None:
        self._shift += by

    def set(self, instant: datetime) -> None:
        """Shift the clock so that it now reads `instant` (aware)."""
        self._shift = instant - self._base.now()


class FixedClock:
    """A clock that stops until moved."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant

    def advance(self, by: timedelta) -> None:
        self.instant += by
