"""The simulator's clock: a port, so that the caller decides what time it is."""

from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHOWN_ZONE = ZoneInfo("Asia/Almaty")  # the zone in which the person side shows the time


class SimulatorClock(Protocol):
    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


class MovableSimulatorClock(SimulatorClock, Protocol):
    def advance(self, by: timedelta) -> None: ...

    def set(self, instant: datetime) -> None: ...


def second(clock: SimulatorClock) -> datetime:
    """The current instant in whole seconds: Telegram's dates have no fractions."""
    return clock.now().replace(microsecond=0)
