"""Many lives of one simulated world, each ending in a crash."""

import random
from datetime import UTC, datetime

from bench.crashes.ledger import CrashVerdict, LedgerEntry, judge
from bench.crashes.world import POINTS, Crash, CrashingDatabase, CrashWorld, Fuse, metadata
from database.upgrade import upgrade
from kernel.clock import FixedClock

BEGINNING = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)
_ACTIONS_OF_A_LIFE = 200  # more passes than any fuse
_MOST_PASSES = {"statement": 60}
_RETIRE_EVERY = 20


async def prepare(database: CrashingDatabase) -> None:
    """Create the product's tables and the world's own; the fuse counts from then on."""
    await upgrade(database)
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    database.watch()


async def crash_often(database: CrashingDatabase, crashes: int, seed: int) -> CrashVerdict:
    """Crash at `crashes` random points, then let all work finish, and judge."""
    entries: list[LedgerEntry] = []
    sent: set[str] = set()

    def note(entry: LedgerEntry) -> None:
        entries.append(entry)
        if entry.kind == "sent":
            sent.add(entry.text)

    chance = random.Random(seed)
    world = CrashWorld(database=database, clock=FixedClock(BEGINNING), note=note, chance=chance)
    for number in range(crashes):
        point = chance.choice(POINTS)
        database.fuse = Fuse(point, chance.randrange(1, _MOST_PASSES.get(point, 5) + 1))
        try:
            await world.live(_ACTIONS_OF_A_LIFE)
        except Crash:
            entries.append(LedgerEntry(kind="crash", text=point, at=world.clock.now()))
        else:
            raise RuntimeError(f"a life had no {point!r}")
        if number % _RETIRE_EVERY == 0:
            database.fuse = Fuse()
            await world.retire(sent.__contains__)
    database.fuse = Fuse()
    return judge(entries, await world.settle())
