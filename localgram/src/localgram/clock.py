"""The simulator's clock: a port, so that the caller decides what time it is."""

from datetime import UTC, datetime, timedelta
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


class ShiftedClock:
    """The machine's clock, shifted: it keeps running and can be moved."""

    def __init__(self) -> None:
        self._shift = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift  # noqa: TID251  this distribution's one place that may

    def advance(self, by: timedelta) -> None:
        self._shift += by

    def set(self, instant: datetime) -> None:
        """Shift the clock so that it now reads `instant` (aware)."""
        self._shift = instant - datetime.now(UTC)  # noqa: TID251


def second(clock: SimulatorClock) -> datetime:
    """The current instant in whole seconds: Telegram's dates have no fractions."""
    return clock.now().replace(microsecond=0)
