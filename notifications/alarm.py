"""The alarm clock of the tick. APScheduler rings; what is due stands in the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from notifications.tick import Tick

INTERVAL_S = 20
GRACE_S = 15.0


@asynccontextmanager
async def ringing(tick: Tick, interval_s: float = INTERVAL_S) -> AsyncIterator[None]:
    """Run the tick at once and every `interval_s` seconds until the block is left; what it began is finished,
    unless that takes longer than 15 seconds: the next process begins it anew.

    A ring that comes late (`misfire_grace_time`) counts all the same, and several missed ones as one.
    """
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        tick.run, "interval", seconds=interval_s, misfire_grace_time=None, coalesce=True, max_instances=1
    )
    scheduler.add_job(tick.run, misfire_grace_time=None)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE_S):
                await tick.wait_until_idle()
        scheduler.shutdown(wait=False)
