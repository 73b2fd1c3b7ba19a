"""The tick: turns what time made due into notices.

Jobs bring their due events, recipients and texts. The tick writes each notice once, however many processes
run it and however late it comes.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from kernel.clock import Clock
from messaging.outbox.hours import AskWorkingDays, Audience
from notifications.notices import Notice, Notices, key_of

INTERVAL_S = 20
BATCH = 100  # due events per transaction
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueEvent:
    """A stage of a due date that has come: its recipients should know from `due_at` (aware). See Notice."""

    subject: str
    version: int
    stage: str
    audience: Audience
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeJob:
    """One kind of notice as three read-only ports, called with the tick's session.

    `due_events` returns everything due at an instant, written before or not: the answer depends on state, not
    on the last call. `recipients` returns the chats for an event, `render` the sendMessage fields for one of
    them.
    """

    name: str
    due_events: Callable[[AsyncSession, datetime], Awaitable[Sequence[DueEvent]]]
    recipients: Callable[[AsyncSession, DueEvent], Awaitable[Sequence[int]]]
    render: Callable[[AsyncSession, DueEvent, int], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchJob:
    """Periodic work that writes many notices at once, in its own transactions.

    `run` takes the current instant (aware) and returns the number of notices written. It claims its events in
    the transaction that writes the notices, so any number of processes may run it.
    """

    name: str
    run: Callable[[datetime], Awaitable[int]]


def _ignore(_seconds: float, _written: int) -> None:
    """Default observer."""


@dataclass(slots=True, kw_only=True)
class Tick:
    """`observe` receives the duration in seconds and the number of notices written after each run."""

    database: Database
    clock: Clock
    working_days: AskWorkingDays
    jobs: Sequence[NoticeJob]
    batch_jobs: Sequence[BatchJob] = ()
    observe: Callable[[float, int], None] = _ignore
    _running: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> int:
        """Write every due notice that was never written, oldest first; returns how many.

        A failing job is logged and does not stop the others; its notices stay due at the next tick.
        """
        async with self._running:
            began = perf_counter()
            now = self.clock.now()  # one instant, so that what is due of one morning is due to every job
            work: tuple[NoticeJob | BatchJob, ...] = (*self.batch_jobs, *self.jobs)
            written = sum([await self._try(job, now) for job in work])
            self.observe(perf_counter() - began, written)
            return written

    async def _try(self, job: NoticeJob | BatchJob, now: datetime) -> int:
        try:
            return await (job.run(now) if isinstance(job, BatchJob) else self._run(job, now))
        except (SQLAlchemyError, OSError) as error:
            _log.warning("a job waits for the database", job=job.name, error=type(error).__name__)
        except Exception as error:  # noqa: BLE001  the other jobs must have their turn
            _log_failure(job, error)
        return 0

    async def _run(self, job: NoticeJob, now: datetime) -> int:
        async with self.database.session() as session:
            due_events = sorted(await job.due_events(session, now), key=lambda event: event.due_at)
        written = 0
        for start in range(0, len(due_events), BATCH):
            written += await self._write_batch(job, due_events[start : start + BATCH], now)
        return written

    async def _write_batch(self, job: NoticeJob, due_events: Sequence[DueEvent], now: datetime) -> int:
        async with self.database.session() as session:
            is_working = await self.working_days(session)
            notices = await _unwritten(
                session, job, due_events, Notices(session=session, is_working=is_working)
            )
        if not notices:
            return 0
        async with self.database.unit_of_work() as work:
            written = await Notices(session=work.session, is_working=is_working).write(notices, now)
            await work.commit()
        return written


async def _unwritten(
    session: AsyncSession, job: NoticeJob, due_events: Sequence[DueEvent], notices: Notices
) -> list[Notice]:
    """The notices of `due_events` not written before; one that cannot be rendered is logged and skipped."""
    wanted = {
        key_of(due_event.subject, due_event.version, due_event.stage, recipient): (due_event, recipient)
        for due_event in due_events
        for recipient in await job.recipients(session, due_event)
    }
    known = await notices.known(wanted)
    rendered = [
        await _notice(session, job, due_event, recipient)
        for key, (due_event, recipient) in wanted.items()
        if key not in known
    ]
    return [notice for notice in rendered if notice is not None]


async def _notice(
    session: AsyncSession, job: NoticeJob, due_event: DueEvent, recipient: int
) -> Notice | None:
    try:
        return Notice(
            subject=due_event.subject,
            version=due_event.version,
            stage=due_event.stage,
            recipient=recipient,
            audience=due_event.audience,
            due_at=due_event.due_at,
            payload=await job.render(session, due_event, recipient),
        )
    except (SQLAlchemyError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  one notice that cannot be rendered must not hold up the others
        _log_failure(job, error, subject=due_event.subject, stage=due_event.stage)
        return None


def _log_failure(job: NoticeJob | BatchJob, error: Exception, **about: str) -> None:
    """Log without the error's message, which may contain personal data."""
    incident = secrets.token_hex(4)
    _log.error(
        "a notice cannot be made", incident=incident, job=job.name, error=type(error).__name__, **about
    )
