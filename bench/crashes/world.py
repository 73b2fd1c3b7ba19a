"""A small world of dates over simulated time, which dies at chosen points and goes on from its database."""

import asyncio
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, delete, event, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bench.crashes.ledger import STAGES, LedgerEntry, audience_of, is_working, text_of
from database.engine import Database, UnitOfWork
from database.types import UtcDateTime
from kernel.clock import FixedClock
from messaging.outbox.channel import Call, Refused, Sent
from messaging.outbox.claims import due_chats
from messaging.outbox.delivery import Delivery
from messaging.outbox.hours import IsWorking
from messaging.outbox.sending import MessageSender, Pace
from notifications.notices import Notice, Notices
from notifications.tick import DueEvent, NoticeJob, Tick

POINTS = ("statement", "before commit", "after commit", "before send", "after send")
LIVE_SUBJECTS = 20
CHATS = 7
_BEFORE = {"before": timedelta(days=1), "today": timedelta()}

metadata = MetaData()
dues = Table(
    "bench_dues",
    metadata,
    Column("subject", Integer, primary_key=True),
    Column("version", Integer),
    Column("due_at", UtcDateTime),
)


class Crash(BaseException):
    """The process is dead: nothing may handle this."""


@dataclass(slots=True)
class Fuse:
    """Blows when `point` is passed for the `passes`-th time; never without a point."""

    point: str | None = None
    passes: int = 1

    def at(self, point: str) -> None:
        if point == self.point:
            self.passes -= 1
            if self.passes <= 0:
                self.point = None
                raise Crash(point)


class CrashingDatabase(Database):
    """A database whose statements and commits ask `fuse` first; `committed` hears of each commit."""

    fuse = Fuse()
    committed: Callable[[], None]

    def watch(self) -> None:
        event.listen(self.engine.sync_engine, "before_cursor_execute", lambda *_: self.fuse.at("statement"))

    def unit_of_work(self) -> UnitOfWork:
        return _CrashingUnitOfWork(self, self._writers, self._write_lock)


class _CrashingUnitOfWork(UnitOfWork):
    def __init__(self, database: CrashingDatabase, *parts: Any) -> None:
        super().__init__(*parts)
        self._database = database

    async def commit(self) -> None:
        self._database.fuse.at("before commit")
        await super().commit()
        self._database.committed()
        self._database.fuse.at("after commit")


@dataclass(slots=True, kw_only=True)
class CrashWorld:
    """`note` keeps what happened."""

    database: CrashingDatabase
    clock: FixedClock
    note: Callable[[LedgerEntry], None]
    chance: random.Random
    _messages: int = 0
    _newest: int = 0

    def __post_init__(self) -> None:
        self.database.committed = lambda: self._note("marked", "")

    async def live(self, actions: int) -> None:
        """A life of a process: what it held in memory is new."""
        delivery, tick = self._delivery(), self._tick()
        for _ in range(actions):
            await self.chance.choice(
                (self._cause, self._pass_time, tick.run, lambda: self.deliver(delivery))
            )()

    async def settle(self) -> dict[int, int]:
        """Let everything come due and be sent, without a crash; the subjects' last versions."""
        delivery, tick = self._delivery(), self._tick()
        for _ in range(24 * 15):
            self.clock.advance(timedelta(hours=1))
            await tick.run()
            await self.deliver(delivery)
        return {subject: version for subject, version, _ in await self._dues()}

    async def deliver(self, delivery: Delivery) -> None:
        async with self.database.session() as session:
            chats = await due_chats(session, self.clock.now(), limit=200)
        for chat in chats:
            await delivery.deliver(chat)

    async def send(self, call: Call) -> Sent | Refused:
        """Telegram: mostly takes it, and sometimes the answer never comes."""
        self.database.fuse.at("before send")
        luck = self.chance.random()
        if luck < 0.05:
            return Refused(code=502) if luck < 0.03 else Refused(code=429, retry_after_s=3)
        self._note("sent", json.loads(call.payload)["text"])
        self.database.fuse.at("after send")
        self._messages += 1
        return Sent(message_id=self._messages)

    async def _cause(self) -> None:
        """A date is set or moved, and its notice written, in one transaction."""
        known = {subject: version for subject, version, _ in await self._dues()}
        self._newest = max(self._newest, *known, 0) + 1  # a number is never used again
        subject = self._newest if len(known) < LIVE_SUBJECTS else self.chance.choice(sorted(known))
        version = known.get(subject, 0) + 1
        due_at = self.clock.now() + timedelta(hours=self.chance.randrange(1, 200))
        async with self.database.unit_of_work() as work:
            row = {"subject": subject, "version": version, "due_at": due_at}
            if version == 1:
                await work.session.execute(insert(dues), [row])
            else:
                await work.session.execute(update(dues).where(dues.c.subject == subject).values(row))
            notices = Notices(session=work.session, is_working=is_working)
            await notices.write([self._first_notice(subject, version)], self.clock.now())
            await work.commit()
        self._note("moved", f"{subject} {version}")

    def _first_notice(self, subject: int, version: int) -> Notice:
        return Notice(
            subject=f"complaint/{subject}",
            version=version,
            stage=STAGES[0],
            recipient=subject % CHATS + 1,
            audience=audience_of(subject),
            due_at=self.clock.now(),
            payload={"text": text_of(subject, version, STAGES[0])},
        )

    async def _pass_time(self) -> None:
        self.clock.advance(timedelta(minutes=self.chance.randrange(1, 600)))

    async def retire(self, told: Callable[[str], bool]) -> None:
        """Forget the subjects of which everything has been told, so that new ones come."""
        over = [
            subject
            for subject, version, _ in await self._dues()
            if all(told(text_of(subject, version, stage)) for stage in STAGES)
        ]
        async with self.database.unit_of_work() as work:
            await work.session.execute(delete(dues).where(dues.c.subject.in_(over)))
            await work.commit()

    def _note(self, kind: str, text: str) -> None:
        self.note(LedgerEntry(kind=kind, text=text, at=self.clock.now()))

    async def _dues(self) -> Sequence[tuple[int, int, datetime]]:
        async with self.database.session() as session:
            return await _read(session)

    def _delivery(self) -> Delivery:
        seconds = [0.0]

        async def sleep(wait: float) -> None:
            seconds[0] += wait
            await asyncio.sleep(0)

        pace = Pace(monotonic=lambda: seconds[0])
        sender = MessageSender(channel=self, clock=self.clock, pace=pace, sleep=sleep)
        return Delivery(
            database=self.database, sender=sender, clock=self.clock, working_days=_ask_working_days
        )

    def _tick(self) -> Tick:
        job = NoticeJob(name="dates", due_events=_due_events, recipients=_recipients, render=_words)
        return Tick(database=self.database, clock=self.clock, working_days=_ask_working_days, jobs=(job,))


async def _read(session: AsyncSession) -> Sequence[tuple[int, int, datetime]]:
    return [(row.subject, row.version, row.due_at) for row in await session.execute(select(dues))]


async def _due_events(session: AsyncSession, now: datetime) -> Sequence[DueEvent]:
    return [
        DueEvent(
            subject=f"complaint/{subject}",
            version=version,
            stage=stage,
            audience=audience_of(subject),
            due_at=due_at - before,
        )
        for subject, version, due_at in await _read(session)
        for stage, before in _BEFORE.items()
        if due_at - before <= now
    ]


async def _recipients(_: AsyncSession, due_event: DueEvent) -> Sequence[int]:
    return (int(due_event.subject.partition("/")[2]) % CHATS + 1,)


async def _words(_: AsyncSession, due_event: DueEvent, _recipient: int) -> Mapping[str, Any]:
    return {"text": text_of(int(due_event.subject.partition("/")[2]), due_event.version, due_event.stage)}


async def _ask_working_days(_: AsyncSession) -> IsWorking:
    return is_working
