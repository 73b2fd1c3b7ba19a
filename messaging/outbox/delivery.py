"""Delivery: sends outbox rows, in order within a chat, and marks them."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog
from cachetools import TTLCache
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from kernel.clock import Clock
from messaging import metrics
from messaging.inbox.error_reporter import where
from messaging.moved_chats import follow
from messaging.outbox import claims
from messaging.outbox.channel import AttachedFile
from messaging.outbox.claims import ChatClaim, PendingMessage
from messaging.outbox.hours import AskWorkingDays, Audience, next_moment
from messaging.outbox.refreshing import Refresh, refreshed
from messaging.outbox.sending import DeliveryResult, MessageSender, placeholders
from messaging.outbox.tables import FORGOTTEN
from messaging.outbox.undelivered import OnUndelivered, given_up_notices, report_undelivered
from messaging.periodic import PeriodicJob

POLLING_INTERVAL_S = 0.5
FRESH = timedelta(seconds=1)  # younger answers are sent by the process that wrote them, unless it died
CONCURRENT_CHATS = 8
AFTER_FAILURE_S = 30.0  # until a chat is tried again whose delivery failed in a way that nobody foresaw
_REMEMBERED_CHATS = 10_000
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """Rows to send and mark together: edits and callback answers, with at most one new message.

    A crash before the mark repeats the batch; repeating an edit or callback answer changes nothing, repeating
    a message would. `closed` maps the audiences outside their hours to when those begin; `stale` are ids of
    notices that no longer hold.
    """

    chat_id: int
    rows: Sequence[PendingMessage]
    unreachable: bool
    more: bool
    known: Mapping[int, int]
    files: Mapping[int, tuple[AttachedFile, ...]]
    closed: Mapping[Audience, datetime]
    stale: AbstractSet[int]


@dataclass(slots=True, kw_only=True)
class Delivery:
    """Sends outbox rows: of one chat at once when called, of all chats by polling.

    Only one sender serves a chat: within the process by a set of chats, across processes by PostgreSQL row
    locks, whose transaction ends with a killed process. SQLite has a single process, and no transaction is
    open while Telegram is called. `on_undelivered` receives each notice that is given up; `refreshers` make
    the text of a notice from the state as it is sent, by the first word of its subject.
    """

    database: Database
    sender: MessageSender
    clock: Clock
    working_days: AskWorkingDays
    on_undelivered: OnUndelivered | None = None
    refreshers: Mapping[str, Refresh] = field(default_factory=dict)
    _sending: set[int] = field(default_factory=set)
    _called_again: set[int] = field(default_factory=set)
    _failed: TTLCache[int, None] = field(
        default_factory=lambda: TTLCache(_REMEMBERED_CHATS, ttl=AFTER_FAILURE_S)
    )
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CONCURRENT_CHATS))
    _group: asyncio.TaskGroup | None = None

    async def deliver(self, chat_id: int) -> None:
        """Send what is due in a chat; database failures are logged and leave the rows to the next poll."""
        if chat_id in self._sending:
            self._called_again.add(chat_id)
            return
        self._sending.add(chat_id)
        try:
            while await self._send_batch(chat_id) or chat_id in self._called_again:
                self._called_again.discard(chat_id)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("delivery waits for the database", error=type(error).__name__)
        finally:
            self._sending.discard(chat_id)
            self._called_again.discard(chat_id)

    async def run(self) -> None:
        """Own the tasks that `poll` starts, until `stop` is called and they have finished."""
        async with asyncio.TaskGroup() as self._group:
            await self._stopping.wait()

    async def poll(self) -> None:
        """Start sending what is due in any chat, a few chats at a time; a periodic job while `run` runs."""
        for chat_id in await self._due_chats():
            await self._slots.acquire()
            if self._group is None or self._stopping.is_set():
                self._slots.release()
                return
            self._group.create_task(self._deliver_in_slot(chat_id))

    def as_job(self) -> PeriodicJob:
        return PeriodicJob(name="outbox", every_s=POLLING_INTERVAL_S, run=self.poll)

    def stop(self) -> None:
        """Start nothing new; `run` returns once messages in flight are marked."""
        self._stopping.set()

    async def _deliver_in_slot(self, chat_id: int) -> None:
        try:
            await self.deliver(chat_id)
        except Exception as error:  # noqa: BLE001  one chat's; the others, and all else, go on
            _log.error("delivery to a chat failed", incident=secrets.token_hex(4), error=where(error))
            self._failed[chat_id] = None
        finally:
            self._slots.release()

    async def _due_chats(self) -> Sequence[int]:
        try:
            async with self.database.session() as session:
                chats = await claims.due_chats(session, self.clock.now(), 200, FRESH)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("delivery waits for the database", error=type(error).__name__)
            return ()
        return [chat_id for chat_id in chats if chat_id not in self._sending and chat_id not in self._failed]

    async def _send_batch(self, chat_id: int) -> bool:
        """Whether there may be more to send."""
        if self.database.is_sqlite:
            async with self.database.session() as session:
                batch = await self._read(session, chat_id)
            if batch is None:
                return False
            results = await self._send(batch)
            async with self.database.unit_of_work() as work:
                await self._write(work.session, batch, results)
                await work.commit()
        else:
            async with self.database.unit_of_work() as work:
                batch = await self._read(work.session, chat_id)
                if batch is None:
                    return False
                results = await self._send(batch)
                await self._write(work.session, batch, results)
                await work.commit()
        return batch.more and results[-1].is_over and not self._stopping.is_set()

    async def _read(self, session: AsyncSession, chat_id: int) -> _Batch | None:
        claim = await claims.claim(session, chat_id, self.clock.now())
        if not claim.rows:
            return None
        rows = _first_batch(claim)
        closed = await self._closed(session, rows)
        going = [row for row in rows if row.audience not in closed and not claim.unreachable]
        notices = [row for row in going if row.is_notice]
        anew = await refreshed(session, notices, self.refreshers, self.clock.now()) if notices else {}
        rows = [replace(row, payload=anew.get(row.id) or row.payload) for row in rows]
        wanted = {number for row in rows for number in placeholders(row.payload)}
        return _Batch(
            chat_id=chat_id,
            rows=rows,
            unreachable=claim.unreachable,
            more=len(rows) < len(claim.rows) or len(claim.rows) == claims.BATCH,
            known=await claims.message_ids(session, wanted) if wanted else {},
            files={row.id: await claims.files_of(session, row.id) for row in rows if row.has_files},
            closed=closed,
            stale={number for number, payload in anew.items() if payload is None},
        )

    async def _closed(
        self, session: AsyncSession, rows: Sequence[PendingMessage]
    ) -> dict[Audience, datetime]:
        audiences = {row.audience for row in rows if row.audience is not None}
        if not audiences:
            return {}
        now, is_working = self.clock.now(), await self.working_days(session)
        opens = {audience: next_moment(audience, now, is_working) for audience in audiences}
        return {audience: at for audience, at in opens.items() if at > now}

    async def _send(self, batch: _Batch) -> list[DeliveryResult]:
        results: list[DeliveryResult] = []
        known = dict(batch.known)
        for row in batch.rows:
            if batch.unreachable and row.is_notice:
                results.append(self.sender.unreachable(row))
                continue
            if row.id in batch.stale:
                results.append(self.sender.stale(row))
                continue
            if row.audience is not None and (opens := batch.closed.get(row.audience)):
                results.append(self.sender.postponed(row, opens))
                continue
            result = await self.sender.send(batch.chat_id, row, known, batch.files.get(row.id, ()))
            results.append(result)
            if row.placeholder_message_id is not None and result.mark.message_id is not None:
                known[row.placeholder_message_id] = result.mark.message_id
            if result.chat_lost or not result.is_over:
                break
        return results

    async def _write(self, session: AsyncSession, batch: _Batch, results: Sequence[DeliveryResult]) -> None:
        await claims.mark(session, [result.mark for result in results])
        over = {result.mark.id for result in results if result.is_over}
        with_files = over & set(batch.files)
        if with_files:
            await claims.forget_files(session, with_files)
        if (moved_to := results[-1].moved_to) is not None:
            await follow(session, batch.chat_id, moved_to)
        lost = results[-1].chat_lost
        waited: Sequence[str | None] = ()
        if lost:
            forgotten = any(row.subject == FORGOTTEN for row in batch.rows)
            waited = await claims.mark_unreachable(
                session, batch.chat_id, lost, self.clock.now(), forgotten=forgotten
            )
            metrics.count_given_up(lost, len(waited))
        elif batch.unreachable and any(result.mark.sent_at for result in results):
            await claims.mark_reachable(session, batch.chat_id)
        if self.on_undelivered is not None and any(result.mark.given_up_at for result in results):
            given_up = given_up_notices(batch.chat_id, batch.rows, results, waited)
            await report_undelivered(session, self.on_undelivered, given_up, self.clock.now())


def _first_batch(claim: ChatClaim) -> Sequence[PendingMessage]:
    new = [place for place, row in enumerate(claim.rows) if row.method.startswith("send")]
    return claim.rows if len(new) < 2 else claim.rows[: new[1]]
