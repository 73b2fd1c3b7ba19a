"""Simulated years of reminders: was each sent once, within working hours, and none lost?

python -m bench.reminders_years [--years 100] [--crashes 10000] [--seed 7]; exit status 1 where a reminder was
lost, sent twice without a crash between sending and marking, or sent outside working hours.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from bench.crashes.world import CrashingDatabase
from bench.reminders_years.verdict import YearsVerdict
from bench.reminders_years.years import Years
from database.upgrade import upgrade
from deadlines.national import national_calendar
from notifications.deadline_data import calendar_facts
from registry_data.days_off import load_days_off


async def live(path: Path, years: int, crashes: int, seed: int) -> YearsVerdict:
    """Simulate the years on one database, the crashes spread over them; continues until all
    crashes happened.
    """
    database = CrashingDatabase(f"sqlite:///{path}")
    try:
        await upgrade(database)
        database.watch()
        calendar = national_calendar(calendar_facts(load_days_off()))
        world = Years(database=database, calendar=calendar, chance=random.Random(seed))
        await world.found()
        while world.verdict.years < years or world.verdict.crashes.total() < crashes:
            await world.live(-(-crashes // years))
        return world.verdict
    finally:
        await database.dispose()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=100)
    parser.add_argument("--crashes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "years.sqlite3"
        verdict = asyncio.run(live(path, given.years, given.crashes, given.seed))
    print(json.dumps(verdict.as_json() | {"seconds": round(time.monotonic() - began)}))
    for what, texts in (("lost", verdict.lost), ("amiss", verdict.amiss)):
        for text in texts[:10]:
            print(f"{what}: {text}", file=sys.stderr)
    return 0 if verdict.is_good else 1


if __name__ == "__main__":
    raise SystemExit(main())
