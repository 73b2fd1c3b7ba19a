"""Handles updates of the chats that are ready: one unit of work each, in order within a chat."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from kernel.clock import Clock
from messaging.inbox import failed
from messaging.inbox.error_reporter import ErrorReporter, is_database_failing, where
from messaging.inbox.reading import UnreadableUpdateError, addressee_of, kind_of, loaded, read
from messaging.inbox.unit import (
    Claimed,
    UpdateUnit,
    claim,
    count_attempt,
    mark_handled,
    update_unit,
    waiting_chats,
)


@dataclass(slots=True)
class ReadyChats:
    """A queue of unique chats; one added while it is being served comes again afterwards."""

    _queue: asyncio.Queue[int | None] = field(default_factory=asyncio.Queue)
    _queued: set[int] = field(default_factory=set)
    _busy: set[int] = field(default_factory=set)
    _again: set[int] = field(default_factory=set)
    _is_closed: bool = False

    def add(self, chat_id: int) -> None:
        if chat_id in self._busy:
            self._again.add(chat_id)
        elif chat_id not in self._queued:
            self._queued.add(chat_id)
            self._queue.put_nowait(chat_id)

    async def take(self) -> int | None:
        """Wait for the next chat and hold it until `done`; None once the queue is closed."""
        chat_id = await self._queue.get()
        if chat_id is None or self._is_closed:
            self._queue.put_nowait(None)  # for the next waiting worker
            return None
        self._queued.discard(chat_id)
        self._busy.add(chat_id)
        return chat_id

    def done(self, chat_id: int) -> None:
        self._busy.discard(chat_id)
        if chat_id in self._again:
            self._again.discard(chat_id)
            self.add(chat_id)

    def close(self) -> None:
        """Hand out no more chats."""
        self._is_closed = True
        self._queue.put_nowait(None)

    def is_busy(self, chat_id: int) -> bool:
        return chat_id in self._busy


async def add_waiting(database: Database, ready: ReadyChats) -> None:
    """Find chats that this process was not woken for."""
    async with database.session() as session:
        waiting = await waiting_chats(session, _POLLING_LIMIT)
    for chat_id in waiting:
        if not ready.is_busy(chat_id):
            ready.add(chat_id)


_POLLING_LIMIT = 1_000
MAX_ATTEMPTS = 10
MAX_PAUSE_S = 30.0
_WHY = 4  # the error and the first fields or places that it names
_log = structlog.get_logger(__name__)


@dataclass(slots=True, kw_only=True)
class Worker:
    """Handles the chats that are ready. `deliver` sends a chat's outbox after the commit.

    `left_over` are updates an earlier run left unhandled: each attempt is counted first, so that an update
    that kills the process cannot do so forever. `encrypt` closes the payload of an update that is given up;
    without it nothing is kept of it.
    """

    database: Database
    bot: Bot
    dispatcher: Dispatcher
    clock: Clock
    error_reporter: ErrorReporter
    ready: ReadyChats
    deliver: Callable[[int], Awaitable[None]]
    sleep: Callable[[float], Awaitable[None]]
    left_over: set[int] = field(default_factory=set)
    observe: Callable[[float], None] = lambda _: None
    encrypt: failed.Bound | None = None

    async def run(self) -> None:
        """Handle chats until the queue is closed."""
        failed_in_a_row = 0
        while (chat_id := await self.ready.take()) is not None:
            try:
                await self.serve(chat_id)
                failed_in_a_row = 0
            except Exception as error:  # noqa: BLE001  the database: nothing is marked, all is tried again
                _log.warning("an update waits for the database", error=where(error))
                self.ready.add(chat_id)
                await self.sleep(min(MAX_PAUSE_S, 0.5 * 2**failed_in_a_row))
                failed_in_a_row += 1
            finally:
                self.ready.done(chat_id)

    async def serve(self, chat_id: int) -> None:
        """Handle the chat's lowest unhandled update, unless another process does, and send the answers."""
        async with update_unit(self.database, self.clock, chat_id) as unit:
            claimed = await claim(unit.session, chat_id)
            if claimed is None:
                return
            unit.update_id = claimed.update_id
            error = None if claimed.update_id in self.left_over else await self._attempt(unit, claimed)
        if claimed.update_id in self.left_over:
            await self._count(claimed)
            self.ready.add(chat_id)
        elif error is not None:
            await self._fail(chat_id, claimed, error)
        if claimed.more:
            self.ready.add(chat_id)
        await self.deliver(chat_id)
        self.observe(unit.waited_since(claimed.received_at))

    async def _attempt(self, unit: UpdateUnit, claimed: Claimed) -> Exception | None:
        """Handle and commit; returns the error that stopped it, raises only database failures."""
        if claimed.attempts >= MAX_ATTEMPTS:
            return KilledTooOftenError()
        try:
            update = read(claimed.payload, self.bot)
            if update is not None:
                answer = await self.dispatcher.feed_update(
                    self.bot, update, unit_of_work=unit.part, update_unit=unit
                )
                if isinstance(answer, TelegramMethod):  # a call that the handler returned
                    await self.bot(answer)
            await unit.commit_handled(claimed.update_id)
        except Exception as error:
            if is_database_failing(error):
                raise
            return error
        return None

    async def _count(self, claimed: Claimed) -> None:
        async with self.database.unit_of_work() as work:
            await count_attempt(work.session, claimed.update_id)
            await work.commit()
        self.left_over.discard(claimed.update_id)

    async def _fail(self, chat_id: int, claimed: Claimed, error: Exception) -> None:
        """Give the update up: tell the person once, with the incident number, and log it."""
        incident = None if self.error_reporter.is_expected(error) else secrets.token_hex(4)
        if incident is not None:
            _log.error("an update failed", incident=incident, update_id=claimed.update_id, error=_why(error))
        try:
            async with update_unit(self.database, self.clock, chat_id, claimed.update_id) as unit:
                if await claim(unit.session, chat_id) != claimed:
                    return  # another process took it over
                await self.error_reporter.report(
                    self.bot, addressee_of(loaded(claimed.payload)), error, incident
                )
                if incident is not None:
                    await self._keep(unit.session, chat_id, claimed, error, incident)
                await unit.commit_handled(claimed.update_id, incident)
        except Exception as second:
            if is_database_failing(second):
                raise
            _log.exception(
                "a failure could not be told", incident=incident, error=where(second), exc_info=False
            )
            await self._give_up_silently(chat_id, claimed, error, incident)

    async def _give_up_silently(
        self, chat_id: int, claimed: Claimed, error: Exception, incident: str | None
    ) -> None:
        async with self.database.unit_of_work() as work:
            await self._keep(work.session, chat_id, claimed, error, incident or "")
            await mark_handled(work.session, claimed.update_id, self.clock.now(), incident)
            await work.commit()

    async def _keep(
        self, session: AsyncSession, chat_id: int, claimed: Claimed, error: Exception, incident: str
    ) -> None:
        """Keep the payload, encrypted: after an upgrade it may be handled."""
        if self.encrypt is not None:
            kind = kind_of(loaded(claimed.payload))
            why = " ".join(_why(error)[:_WHY])
            failure = failed.Failure(kind=kind, why=why, incident=incident, at=self.clock.now())
            await failed.keep(session, chat_id, claimed, failure, self.encrypt)


def _why(error: Exception) -> list[str]:
    return [*where(error)[:1], *error.where] if isinstance(error, UnreadableUpdateError) else where(error)


class KilledTooOftenError(RuntimeError):
    """The process died too often while handling this update."""
