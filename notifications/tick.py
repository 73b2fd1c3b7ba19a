"""The tick: what time alone makes due becomes notices, from the state and not from a window.

What a job tells of, to whom and in which words comes from above; here stands only that each notice is written
once, by any number of processes, however often and however late the tick comes.
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
from messaging.outbox.hours import Audience
from messaging.outbox.working_days import AskWorkingDays
from notifications.notices import Notice, Notices, key_of

INTERVAL_S = 20
BATCH = 100  # occasions of one transaction
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueEvent:
    """A stage of a date that has come: since `due_at` (aware) somebody ought to be told. See Notice."""

    subject: str
    version: int
    stage: str
    audience: Audience
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeJob:
    """One kind of notices, as three ports; all read in the session they are given and write nothing.

    `occasions` are all that hold at an instant, told already or not: the state decides, not when it was last
    asked. `recipients` are the chats of an occasion. `words` are the fields of sendMessage, for one of them.
    """

    name: str
    due_events: Callable[[AsyncSession, datetime], Awaitable[Sequence[DueEvent]]]
    recipients: Callable[[AsyncSession, DueEvent], Awaitable[Sequence[int]]]
    render: Callable[[AsyncSession, DueEvent, int], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchJob:
    """Work that time makes due and that writes many notices in one go, in transactions of its own.

    `run` is given the present instant (aware) and answers how many notices it wrote. It claims what it tells
    of in the transaction that writes the notices: any number of processes may run it.
    """

    name: str
    run: Callable[[datetime], Awaitable[int]]


def _nobody(_seconds: float, _written: int) -> None:
    """Nobody watches."""


@dataclass(slots=True, kw_only=True)
class Tick:
    """`observe` is told after each run how many seconds it took and how many notices it wrote."""

    database: Database
    clock: Clock
    working_days: AskWorkingDays
    jobs: Sequence[NoticeJob]
    batch_jobs: Sequence[BatchJob] = ()
    observe: Callable[[float, int], None] = _nobody
    _running: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> int:
        """Write every notice that is due and was never written, oldest first; how many there were.

        A job that fails is logged and stops no other; what it left is due at the next tick as well.
        """
        async with self._running:
            began = perf_counter()
            work: tuple[NoticeJob | BatchJob, ...] = (*self.jobs, *self.batch_jobs)
            written = sum([await self._try(one) for one in work])
            self.observe(perf_counter() - began, written)
            return written

    async def _try(self, job: NoticeJob | BatchJob) -> int:
        try:
            return await (job.run(self.clock.now()) if isinstance(job, BatchJob) else self._run(job))
        except (SQLAlchemyError, OSError) as error:
            _log.warning("a job waits for the database", job=job.name, error=type(error).__name__)
        except Exception as error:  # noqa: BLE001  the other jobs must have their turn
            _log_failure(job, error)
        return 0

    async def _run(self, job: NoticeJob) -> int:
        now = self.clock.now()
        async with self.database.session() as session:
            due_events = sorted(await job.due_events(session, now), key=lambda one: one.due_at)
        written = 0
        for start in range(0, len(due_events), BATCH):
            written += await self._tell(job, due_events[start : start + BATCH], now)
        return written

    async def _tell(self, job: NoticeJob, due_events: Sequence[DueEvent], now: datetime) -> int:
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
    """The notices of `occasions` that were never written; one that cannot be made is logged and left out."""
    wanted = {
        key_of(due_event.subject, due_event.version, due_event.stage, recipient): (due_event, recipient)
        for due_event in due_events
        for recipient in await job.recipients(session, due_event)
    }
    known = await notices.known(wanted)
    made = [
        await _notice(session, job, due_event, recipient)
        for key, (due_event, recipient) in wanted.items()
        if key not in known
    ]
    return [notice for notice in made if notice is not None]


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
    except Exception as error:  # noqa: BLE001  one notice that cannot be made must not hold up the others
        _log_failure(job, error, subject=due_event.subject, stage=due_event.stage)
        return None


def _log_failure(job: NoticeJob | BatchJob, error: Exception, **about: str) -> None:
    """Log without the error's words, which may be a person's."""
    incident = secrets.token_hex(4)
    _log.error(
        "a notice cannot be made", incident=incident, job=job.name, error=type(error).__name__, **about
    )
