"""Six weeks of the bench's simulated years: crashes, restarts, clock jumps; each reminder once."""

import random
from datetime import datetime

import pytest

from bench.crashes.world import CrashingDatabase
from bench.reminders_years.years import POINTS, Years
from deadlines.calendar import WorkCalendar
from kernel.clock import ALMATY, FixedClock

pytestmark = pytest.mark.long

BEGINNING = datetime(2026, 3, 23, 8, 0, tzinfo=ALMATY)  # covers the quarter's form and the annual report


@pytest.mark.parametrize("seed", [7, 8])
async def test_crashes_lose_and_repeat_no_reminders(sqlite_url: str, calendar: WorkCalendar, seed: int):
    database = CrashingDatabase(sqlite_url)
    database.watch()
    clock = FixedClock(BEGINNING)
    world = Years(
        database=database,
        calendar=calendar,
        chance=random.Random(seed),
        clock=clock,
        beginning=BEGINNING,
        days=45,
    )
    try:
        await world.found()
        await world.live(25)
    finally:
        await database.dispose()
    verdict = world.verdict
    assert verdict.crashes.total() >= 15
    assert set(verdict.crashes) <= set(POINTS)
    assert verdict.told >= 15
    assert (verdict.lost, verdict.amiss, verdict.outside_hours) == ([], [], 0)


async def test_wrong_clock_from_the_start_repeats_nothing(sqlite_url: str, calendar: WorkCalendar):
    database = CrashingDatabase(sqlite_url)
    database.watch()
    beginning = datetime(2026, 1, 5, 8, 0, tzinfo=ALMATY)  # a plan was due the month before
    world = Years(
        database=database,
        calendar=calendar,
        chance=random.Random(3),
        clock=FixedClock(beginning),
        beginning=beginning,
        days=20,
        jumps=1.0,
    )
    try:
        await world.found()
        await world.live(0)
    finally:
        await database.dispose()
    assert (world.verdict.jumps, world.verdict.lost, world.verdict.amiss) == (19, [], [])
