"""Periodic jobs keep running when the system clock is set."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import OperationalError

from kernel.clock import SystemClock
from messaging.periodic import PeriodicJob, PeriodicJobs

HOUR = timedelta(hours=1)


class WallClock:
    """A system clock that can be set, for the scheduler of `zone` alone: a shared bot has one too."""

    offset = timedelta()

    def __init__(self) -> None:
        self.zone = ZoneInfo.no_cache("UTC")

    def now(self) -> datetime:
        return SystemClock().now() + self.offset


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> WallClock:
    wall = WallClock()

    class SetDatetime(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return (wall.now() if tz is wall.zone else SystemClock().now()).astimezone(tz)

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", SetDatetime)
    return wall


class Counted:
    """A job that counts its runs and the concurrent ones."""

    runs = at_once = most_at_once = 0

    def __init__(self, work: Callable[[], None] = lambda: None, takes_s: float = 0) -> None:
        self.work, self.takes_s = work, takes_s

    async def __call__(self) -> None:
        self.runs += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            self.work()
            await asyncio.sleep(self.takes_s)
        finally:
            self.at_once -= 1

    async def wait_for(self, runs: int) -> None:
        async with asyncio.timeout(20):
            while self.runs < runs:
                await asyncio.sleep(0.001)


@asynccontextmanager
async def running(job: Counted, wall: WallClock, every_s: float = 0.02) -> AsyncIterator[PeriodicJobs]:
    jobs = PeriodicJobs([PeriodicJob(name="job", every_s=every_s, run=job)], clock=wall, watch_every_s=0.02)
    jobs._scheduler.timezone = wall.zone
    jobs.start()
    try:
        yield jobs
    finally:
        await jobs.stop(grace_s=20)


async def test_job_runs_at_once_and_again(wall: WallClock):
    job = Counted()
    async with running(job, wall):
        await job.wait_for(3)


@pytest.mark.parametrize("moved", [-HOUR, HOUR])
async def test_clock_set_by_an_hour_stops_nothing(wall: WallClock, moved: timedelta):
    job = Counted()
    async with running(job, wall):
        await job.wait_for(2)
        wall.offset = moved
        await job.wait_for(job.runs + 3)


async def test_rare_job_runs_when_the_clock_was_set_back(wall: WallClock):
    """Only the watchdog notices: no other timer is due."""
    job = Counted()
    async with running(job, wall, every_s=3_600):
        await job.wait_for(1)
        wall.offset = -HOUR
        await job.wait_for(2)


@pytest.mark.parametrize("error", [ValueError("of a person"), OSError(), OperationalError("", {}, OSError())])
async def test_job_that_raises_runs_again(wall: WallClock, error: Exception):
    def fail() -> None:
        raise error

    job = Counted(fail)
    async with running(job, wall):
        await job.wait_for(3)


async def test_job_slower_than_its_interval_runs_once_at_a_time(wall: WallClock):
    job = Counted(takes_s=0.1)
    async with running(job, wall):
        await job.wait_for(3)
    assert job.most_at_once == 1


async def test_stop_lets_a_run_finish_and_begins_none(wall: WallClock):
    job = Counted(takes_s=0.1)
    async with running(job, wall) as jobs:
        await job.wait_for(1)
    assert job.at_once == 0
    assert not jobs._scheduler.running


async def test_stop_ends_what_takes_longer_than_its_grace(wall: WallClock):
    job = Counted(takes_s=3_600)
    async with running(job, wall) as jobs, asyncio.timeout(10):
        await job.wait_for(1)
        await jobs.stop(grace_s=0.05)
        assert job.at_once == 0
