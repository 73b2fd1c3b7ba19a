"""A notice is made anew from the state when it is sent; one that no longer holds is not sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from kernel.clock import FixedClock
from messaging.metrics import REGISTRY
from messaging.outbox.hours import Audience
from messaging.outbox.refreshing import WaitingNotice
from messaging.outbox.undelivered import UndeliveredNotice
from tests.messaging.outgoing import answer, notice, put, rows
from tests.messaging.recording import Recorder, delivery_of

KEY = "date/7/2/soon/1"


@dataclass(slots=True)
class Refresher:
    """Says what it is told to, and records what it was asked."""

    says: Any = None
    asked: list[WaitingNotice] = field(default_factory=list)

    async def __call__(self, _: AsyncSession, one: WaitingNotice, __: datetime) -> Mapping[str, Any] | None:
        self.asked.append(one)
        if isinstance(self.says, Exception):
            raise self.says
        return None if self.says is None else {"text": self.says}


@pytest.mark.parametrize(
    ("says", "sent"),
    [
        ("now", ["now"]),
        (None, []),
        (LookupError("no such date"), ["then"]),  # what was true when it was written is better than nothing
        ("long " * 1000, ["then"]),  # it has more parts than were written
    ],
)
async def test_notice_is_made_anew(
    database: Database, channel: Recorder, clock: FixedClock, says: Any, sent: list[str]
):
    refresher, given_up = Refresher(says), []

    async def note(_: AsyncSession, one: UndeliveredNotice, __: datetime) -> None:
        given_up.append(one)

    delivery = delivery_of(database, channel, clock, note)
    delivery.refreshers = {"date": refresher}
    other = notice("other", key="feed/1/1/a/1", subject="feed/1", version=1)
    await put(database, clock, notice("then", key=KEY, subject="date/7", version=2), other, answer("answer"))
    written_at = clock.now()
    clock.advance(timedelta(hours=1))
    await delivery.deliver(1)
    assert channel.texts() == [*sent, "other", "answer"]
    expected = WaitingNotice(
        subject="date/7", version=2, stage="soon", recipient=1, audience=None, written_at=written_at
    )
    assert refresher.asked == [expected]
    assert given_up == []  # nobody need be told that a notice is over
    assert next(row.reason for row in await rows(database)) == (None if sent else "stale")
    assert {row.payload for row in await rows(database)} == {""}
    assert REGISTRY.get_sample_value("qyzmet_messages_given_up_total", {"reason": "stale"}) is None


async def test_notice_outside_its_hours_is_made_when_they_begin(
    database: Database, channel: Recorder, clock: FixedClock
):
    refresher = Refresher("now")
    delivery = delivery_of(database, channel, clock)
    delivery.refreshers = {"date": refresher}
    clock.instant = datetime.fromisoformat("2026-03-19T23:00:00+05:00")
    late = notice("then", key=KEY, subject="date/7", version=2, audience=Audience.CITIZEN)
    await put(database, clock, late)
    await delivery.deliver(1)
    assert refresher.asked == []
    clock.instant = datetime.fromisoformat("2026-03-20T09:00:00+05:00")
    await delivery.deliver(1)
    assert channel.texts() == ["now"]


async def test_database_failure_leaves_the_notice_for_later(
    database: Database, channel: Recorder, clock: FixedClock
):
    refresher = Refresher(OperationalError("SELECT", {}, OSError("gone")))
    delivery = delivery_of(database, channel, clock)
    delivery.refreshers = {"date": refresher}
    await put(database, clock, notice("then", key=KEY, subject="date/7", version=2))
    await delivery.deliver(1)
    assert channel.texts() == []
    refresher.says = "now"
    await delivery.deliver(1)
    assert channel.texts() == ["now"]


async def test_each_part_of_a_long_notice_is_made_anew(
    database: Database, channel: Recorder, clock: FixedClock
):
    delivery = delivery_of(database, channel, clock)
    delivery.refreshers = {"date": Refresher("new. " * 1500)}
    await put(database, clock, notice("old. " * 1500, key=KEY, subject="date/7", version=2))
    while len(channel.calls) < 2:
        await delivery.deliver(1)
    assert "".join(channel.texts()).replace(" ", "") == "new." * 1500


async def test_long_notice_that_became_short_stays_whole(
    database: Database, channel: Recorder, clock: FixedClock
):
    delivery = delivery_of(database, channel, clock)
    delivery.refreshers = {"date": Refresher("short")}
    await put(database, clock, notice("old. " * 1500, key=KEY, subject="date/7", version=2))
    while len(channel.calls) < 2:
        await delivery.deliver(1)
    assert "".join(channel.texts()).replace(" ", "") == "old." * 1500
