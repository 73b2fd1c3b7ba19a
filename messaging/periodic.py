"""Periodic jobs: one APScheduler and a watchdog over the system clock.

APScheduler uses the wall clock: set back an hour, it would wait an hour. When the wall clock and the
monotonic clock diverge, the watchdog restarts every interval from now.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import SQLAlchemyError

from kernel.clock import Clock, SystemClock

WATCH_EVERY_S = 10.0
MAX_DRIFT_S = 60.0
_log = structlog.get_logger(__name__)
_skipped = logging.getLogger("messaging.periodic.apscheduler")
_skipped.setLevel(logging.ERROR)  # a run skipped because the previous one still runs is no news


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicJob:
    """`run` is called at the start and every `every_s` seconds, never concurrently.

    Missed runs are coalesced. Errors are logged without their message, which may contain personal data, and
    the next run still comes.
    """

    name: str
    every_s: float
    run: Callable[[], Awaitable[object]]


class PeriodicJobs:
    """`clock` must be the system clock, which APScheduler reads too."""

    def __init__(
        self, jobs: Sequence[PeriodicJob], *, clock: Clock | None = None, watch_every_s: float = WATCH_EVERY_S
    ) -> None:
        self._jobs = jobs
        self._clock = clock or SystemClock()
        self._watch_every_s = watch_every_s
        self._scheduler = AsyncIOScheduler(timezone=UTC, logger=_skipped)
        self._running: set[asyncio.Task[object]] = set()
        self._watch: asyncio.TimerHandle | None = None
        self._drift_s = 0.0

    def start(self) -> None:
        for job in self._jobs:
            self._scheduler.add_job(
                self._run,
                "interval",
                args=[job],
                seconds=job.every_s,
                next_run_time=self._clock.now(),
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.start()
        self._drift_s = self._clock_drift_s()
        self._watch_again()

    async def stop(self, grace_s: float) -> None:
        """Start nothing new; running jobs get `grace_s` seconds to finish before they are cancelled."""
        if not self._scheduler.running:
            return
        if self._watch is not None:
            self._watch.cancel()
        self._scheduler.pause()
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=grace_s)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # APScheduler shuts down in a callback of the loop

    async def _run(self, job: PeriodicJob) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            await job.run()
        except (SQLAlchemyError, OSError) as error:
            _log.warning("a periodic job waits for the database", job=job.name, error=type(error).__name__)
        except asyncio.CancelledError:
            _log.warning("a periodic job was cut short", job=job.name)
        except Exception as error:  # noqa: BLE001  it must run again
            _log.error(
                "a periodic job failed",
                incident=secrets.token_hex(4),
                job=job.name,
                error=type(error).__name__,
            )
        finally:
            self._running.discard(task)

    def _watch_again(self) -> None:
        self._watch = asyncio.get_running_loop().call_later(self._watch_every_s, self._check_clocks)

    def _check_clocks(self) -> None:
        drift_s = self._clock_drift_s()
        if abs(drift_s - self._drift_s) > MAX_DRIFT_S:
            _log.warning("the system's clock was set", by_s=round(drift_s - self._drift_s))
            self._drift_s = drift_s
            now: datetime = self._clock.now()
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=now)
        self._watch_again()

    def _clock_drift_s(self) -> float:
        return self._clock.now().timestamp() - asyncio.get_running_loop().time()
