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
from deadlines.clock import Clock
from messaging.outbox.hours import Audience
from messaging.outbox.working_days import AskWorkingDays
from notifications.notices import Notice, Notices, key_of

INTERVAL_S = 20
BATCH = 100  # occasions of one transaction
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A stage of a date that has come: since `due_at` (aware) somebody ought to be told. See Notice."""

    subject: str
    version: int
    stage: str
    audience: Audience
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One kind of notices, as three ports; all read in the session they are given and write nothing.

    `occasions` are all that hold at an instant, told already or not: the state decides, not when it was last
    asked. `recipients` are the chats of an occasion. `words` are the fields of sendMessage, for one of them.
    """

    name: str
    occasions: Callable[[AsyncSession, datetime], Awaitable[Sequence[Occasion]]]
    recipients: Callable[[AsyncSession, Occasion], Awaitable[Sequence[int]]]
    words: Callable[[AsyncSession, Occasion, int], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
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
    jobs: Sequence[Job]
    chores: Sequence[Chore] = ()
    observe: Callable[[float, int], None] = _nobody
    _running: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> int:
        """Write every notice that is due and was never written, oldest first; how many there were.

        A job that fails is logged and stops no other; what it left is due at the next tick as well.
        """
        async with self._running:
            began = perf_counter()
            work: tuple[Job | Chore, ...] = (*self.jobs, *self.chores)
            written = sum([await self._try(one) for one in work])
            self.observe(perf_counter() - began, written)
            return written

    async def _try(self, job: Job | Chore) -> int:
        try:
            return await (job.run(self.clock.now()) if isinstance(job, Chore) else self._run(job))
        except (SQLAlchemyError, OSError) as error:
            _log.warning("a job waits for the database", job=job.name, error=type(error).__name__)
        except Exception as error:  # noqa: BLE001  the other jobs must have their turn
            _complain(job, error)
        return 0

    async def _run(self, job: Job) -> int:
        now = self.clock.now()
        async with self.database.session() as session:
            occasions = sorted(await job.occasions(session, now), key=lambda one: one.due_at)
        written = 0
        for start in range(0, len(occasions), BATCH):
            written += await self._tell(job, occasions[start : start + BATCH], now)
        return written

    async def _tell(self, job: Job, occasions: Sequence[Occasion], now: datetime) -> int:
        async with self.database.session() as session:
            is_working = await self.working_days(session)
            notices = await _untold(session, job, occasions, Notices(session=session, is_working=is_working))
        if not notices:
            return 0
        async with self.database.unit_of_work() as work:
            written = await Notices(session=work.session, is_working=is_working).write(notices, now)
            await work.commit()
        return written


async def _untold(
    session: AsyncSession, job: Job, occasions: Sequence[Occasion], notices: Notices
) -> list[Notice]:
    """The notices of `occasions` that were never written; one that cannot be made is logged and left out."""
    wanted = {
        key_of(occasion.subject, occasion.version, occasion.stage, recipient): (occasion, recipient)
        for occasion in occasions
        for recipient in await job.recipients(session, occasion)
    }
    known = await notices.known(wanted)
    made = [
        await _notice(session, job, occasion, recipient)
        for key, (occasion, recipient) in wanted.items()
        if key not in known
    ]
    return [notice for notice in made if notice is not None]


async def _notice(session: AsyncSession, job: Job, occasion: Occasion, recipient: int) -> Notice | None:
    try:
        return Notice(
            subject=occasion.subject,
            version=occasion.version,
            stage=occasion.stage,
            recipient=recipient,
            audience=occasion.audience,
            due_at=occasion.due_at,
            payload=await job.words(session, occasion, recipient),
        )
    except (SQLAlchemyError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  one notice that cannot be made must not hold up the others
        _complain(job, error, subject=occasion.subject, stage=occasion.stage)
        return None


def _complain(job: Job | Chore, error: Exception, **about: str) -> None:
    """Log without the error's words, which may be a person's."""
    incident = secrets.token_hex(4)
    _log.error(
        "a notice cannot be made", incident=incident, job=job.name, error=type(error).__name__, **about
    )
