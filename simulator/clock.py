"""The time as the simulator asks for it: a port, so that whoever starts it decides what time it is."""

from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHOWN_ZONE = ZoneInfo("Asia/Almaty")  # in which the person's side tells the time


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class MovableClock(Clock, Protocol):
    def advance(self, by: timedelta) -> None: ...

    def set(self, instant: datetime) -> None: ...


def second(clock: Clock) -> datetime:
    """The present instant in whole seconds: Telegram's dates have no fractions."""
    return clock.now().replace(microsecond=0)
