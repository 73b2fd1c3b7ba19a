"""The tick writes what is due by the state, once."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from kernel.clock import FixedClock
from messaging.outbox.delivery import Delivery
from messaging.outbox.hours import Audience
from notifications.tick import BATCH, DueEvent, NoticeJob, Tick
from tests.messaging.recording import Recorder, ask_working_days
from tests.notifications.factories import rows

BEFORE = {"soon": timedelta(days=3), "today": timedelta()}


@dataclass(slots=True)
class FakeDueEvents:
    """Due instants by number and version, and the recipients of each."""

    due: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    people: tuple[int, ...] = (1,)
    asked: int = 0
    unspeakable: set[str] = field(default_factory=set)
    words_said: int = 0

    async def due_events(self, _: AsyncSession, now: datetime) -> Sequence[DueEvent]:
        self.asked += 1
        return [
            DueEvent(
                subject=f"waiver/{number}",
                version=version,
                stage=stage,
                audience=Audience.OFFICIAL,
                due_at=due - before,
            )
            for number, (version, due) in self.due.items()
            for stage, before in BEFORE.items()
            if due - before <= now
        ]

    async def recipients(self, _session: AsyncSession, _due_event: DueEvent) -> Sequence[int]:
        return self.people

    async def render(self, _: AsyncSession, due_event: DueEvent, recipient: int) -> Mapping[str, Any]:
        self.words_said += 1
        if due_event.subject in self.unspeakable:
            return {"text": "ЖСН 900101300123"}
        return {"text": f"{due_event.subject} {due_event.version} {due_event.stage} {recipient}"}

    def job(self) -> NoticeJob:
        return NoticeJob(
            name="filings", due_events=self.due_events, recipients=self.recipients, render=self.render
        )


@pytest.fixture
def filings() -> FakeDueEvents:
    return FakeDueEvents()


def tick_of(database: Database, clock: FixedClock, *jobs: NoticeJob) -> Tick:
    return Tick(database=database, clock=clock, working_days=ask_working_days, jobs=jobs)


@pytest.fixture
def tick(database: Database, clock: FixedClock, filings: FakeDueEvents) -> Tick:
    return tick_of(database, clock, filings.job())


async def texts(database: Database) -> list[str]:
    return [json.loads(row.payload)["text"] for row in await rows(database)]


async def test_each_stage_notifies_each_recipient_once(
    database: Database, tick: Tick, filings: FakeDueEvents, clock: FixedClock
):
    filings.due[17] = (1, clock.now() + timedelta(days=3))
    filings.people = (1, 2)
    assert [await tick.run(), await tick.run()] == [2, 0]
    assert filings.words_said == 2
    clock.advance(timedelta(days=3))
    assert await tick.run() == 2
    assert await texts(database) == [
        "waiver/17 1 soon 1",
        "waiver/17 1 soon 2",
        "waiver/17 1 today 1",
        "waiver/17 1 today 2",
    ]


async def test_due_notices_after_an_outage_go_oldest_first(
    tick: Tick, filings: FakeDueEvents, clock: FixedClock, delivery: Delivery, channel: Recorder
):
    for number, days in ((1, 20), (2, 40), (3, 30)):
        filings.due[number] = (1, clock.now() - timedelta(days=days))
    for _ in range(3):
        await tick.run()
        await delivery.deliver(1)
    assert channel.texts() == [
        f"waiver/{number} 1 {stage} 1" for number in (2, 3, 1) for stage in ("soon", "today")
    ]


async def test_moved_date_is_notified_again(
    database: Database, tick: Tick, filings: FakeDueEvents, clock: FixedClock
):
    filings.due[17] = (1, clock.now())
    await tick.run()
    filings.due[17] = (2, clock.now() + timedelta(days=1))
    await tick.run()
    results = [(row.key, row.reason) for row in await rows(database)]
    assert results == [
        ("waiver/17/1/soon/1", "dropped"),
        ("waiver/17/1/today/1", "dropped"),
        ("waiver/17/2/soon/1", None),
    ]


async def test_tick_processes_more_than_one_batch(
    database: Database, tick: Tick, filings: FakeDueEvents, clock: FixedClock
):
    for number in range(BATCH + 5):
        filings.due[number] = (1, clock.now() + timedelta(days=1))
    assert await tick.run() == BATCH + 5
    assert len(await rows(database)) == BATCH + 5


async def test_rejected_notice_is_logged_and_blocks_no_other(
    database: Database, tick: Tick, filings: FakeDueEvents, clock: FixedClock
):
    filings.due = {number: (1, clock.now() + timedelta(days=1)) for number in (1, 2, 3)}
    filings.unspeakable = {"waiver/2"}
    with structlog.testing.capture_logs() as logs:
        assert await tick.run() == 2
    assert [row.subject for row in await rows(database)] == ["waiver/1", "waiver/3"]
    (complaint,) = logs
    assert (complaint["subject"], complaint["error"]) == ("waiver/2", "PersonalDataError")
    assert "900101300123" not in str(complaint)
    filings.unspeakable = set()
    assert await tick.run() == 1  # a failed run marks nothing as done


@pytest.mark.parametrize(
    "error", [LookupError("Aliya"), OperationalError("select", {}, Exception("connection lost"))]
)
async def test_failing_job_stops_no_other(
    database: Database, filings: FakeDueEvents, clock: FixedClock, error: Exception
):
    async def fail(_session: AsyncSession, _now: datetime) -> Sequence[DueEvent]:
        raise error

    broken = NoticeJob(name="broken", due_events=fail, recipients=filings.recipients, render=filings.render)
    filings.due[17] = (1, clock.now() + timedelta(days=1))
    with structlog.testing.capture_logs() as logs:
        assert await tick_of(database, clock, broken, filings.job()).run() == 1
    assert [(one["job"], one["error"]) for one in logs] == [("broken", type(error).__name__)]
    assert "Aliya" not in str(logs)


@pytest.mark.postgres
async def test_concurrent_ticks_write_each_notice_once(
    postgres_database: Database, filings: FakeDueEvents, clock: FixedClock
):
    filings.due = {number: (1, clock.now()) for number in range(60)}
    ticks = [tick_of(postgres_database, clock, filings.job()) for _ in range(4)]
    async with asyncio.TaskGroup() as group:
        runs = [group.create_task(tick.run()) for tick in ticks]
    assert sum(run.result() for run in runs) == 120
    assert len(await rows(postgres_database)) == 120
