"""A crash loses no notice, and repeats one only if it comes between sending and marking."""

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bench.crashes.ledger import STAGES, CrashVerdict, LedgerEntry, judge
from bench.crashes.lives import crash_often, prepare
from bench.crashes.world import POINTS, CrashingDatabase
from tests.databases import without_threads

CRASHES = 60
MORNING = datetime(2026, 1, 5, 5, 0, tzinfo=UTC)
NIGHT = datetime(2026, 1, 5, 20, 0, tzinfo=UTC)
SENT = [("sent", f"1 1 {stage}") for stage in STAGES]


@pytest.fixture
async def world_database(database_url: str) -> AsyncIterator[CrashingDatabase]:
    database = CrashingDatabase(database_url)
    if database.is_sqlite:
        without_threads(database)
    await prepare(database)
    yield database
    await database.dispose()


@pytest.mark.slow
async def test_crashes_lose_nothing_and_repeat_only_unmarked(world_database: CrashingDatabase):
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  shown when the test fails
    verdict = await crash_often(world_database, CRASHES, seed)
    assert verdict.is_good, verdict
    assert set(verdict.tried) == set(POINTS)
    assert verdict.sent > CRASHES


def judged(*happened: tuple[str, str], at: datetime = MORNING) -> CrashVerdict:
    return judge([LedgerEntry(kind=kind, text=text, at=at) for kind, text in happened], {1: 1})


def test_judge_accepts_a_repeat_between_sending_and_marking():
    verdict = judged(*SENT, ("crash", "after send"), SENT[-1], ("marked", ""))
    assert (verdict.is_good, verdict.doubled) == (True, 1)


@pytest.mark.parametrize(
    ("happened", "fault"),
    [
        (SENT[:2], "lost"),
        ([*SENT, ("marked", ""), ("crash", "after commit"), SENT[-1]], "doubled_amiss"),
        ([*SENT, ("crash", "after send"), SENT[-1], SENT[-1]], "doubled_amiss"),
        ([*SENT[:2], ("moved", "1 2"), SENT[2]], "stale"),
    ],
)
def test_judge_detects_faults(happened: list[tuple[str, str]], fault: str):
    verdict = judged(*happened)
    assert not verdict.is_good
    assert getattr(verdict, fault)


def test_judge_detects_a_notice_at_night():
    assert judged(*SENT, at=NIGHT).at_night == len(STAGES)
