"""The clock: what time it is, asked for in one place."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

ALMATY = ZoneInfo("Asia/Almaty")  # one zone for the whole country since 1 March 2024 (UTC+5)


def almaty_date(at: datetime) -> date:
    """The day in Asia/Almaty at the aware instant `at`: every due date and every "today" is one."""
    return at.astimezone(ALMATY).date()


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251  the one place that may


class MovableClock:
    """A clock that runs on from wherever it was last set: the demo's and the tests'."""

    def __init__(self, base: Clock) -> None:
        self._base = base
        self._shift = timedelta()

    def now(self) -> datetime:
        return self._base.now() + self._shift

    def advance(self, by: timedelta) -> None:
        self._shift += by

    def set(self, instant: datetime) -> None:
        """Move to `instant` (aware)."""
        self._shift = instant - self._base.now()


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant

    def advance(self, by: timedelta) -> None:
        self.instant += by
