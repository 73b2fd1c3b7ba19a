"""A recording channel, and a delivery that uses it without waiting."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from kernel.clock import FixedClock
from messaging.outbox.channel import Call, Refused, Sent
from messaging.outbox.delivery import Delivery
from messaging.outbox.hours import IsWorking
from messaging.outbox.sending import MessageSender, Pace
from messaging.outbox.undelivered import OnUndelivered

BLOCKED = Refused(code=403, description="Forbidden: bot was blocked by the user")
NAURYZ = {date(2026, 3, day) for day in (23, 24, 25)}  # the 21st and 22nd are a weekend


@dataclass(slots=True)
class Recorder:
    """A channel that returns the given results, then message ids 1000, 1001, …"""

    outcomes: list[Sent | Refused] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    meanwhile: Callable[[], Any] | None = None

    async def send(self, call: Call) -> Sent | Refused:
        self.calls.append(call)
        if self.meanwhile is not None:
            await self.meanwhile()
        return self.outcomes.pop(0) if self.outcomes else Sent(message_id=999 + len(self.calls))

    def texts(self) -> list[Any]:
        return [json.loads(call.payload).get("text", call.method) for call in self.calls]


@dataclass(slots=True)
class FakeMonotonic:
    """Monotonic seconds that pass only during `sleep`."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in NAURYZ


async def ask_working_days(_: AsyncSession) -> IsWorking:
    return is_working


def delivery_of(
    database: Database, channel: Recorder, clock: FixedClock, on_undelivered: OnUndelivered | None = None
) -> Delivery:
    seconds = FakeMonotonic()
    sender = MessageSender(
        channel=channel,
        clock=clock,
        pace=Pace(monotonic=seconds, per_second=None),
        sleep=seconds.sleep,
        chance=lambda: 1.0,
    )
    return Delivery(
        database=database,
        sender=sender,
        clock=clock,
        working_days=ask_working_days,
        on_undelivered=on_undelivered,
    )


@pytest.fixture
def channel() -> Recorder:
    return Recorder()


@pytest.fixture
def delivery(database: Database, channel: Recorder, clock: FixedClock) -> Delivery:
    return delivery_of(database, channel, clock)
