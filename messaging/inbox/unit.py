"""The unit of work of an update: its changes, dialog state and answers are committed together."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from sqlalchemy import Table, bindparam, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database, JoinedUnitOfWork, UnitOfWork
from kernel import retention
from kernel.clock import Clock
from messaging import dialog_records as records
from messaging.dialog_records import DialogRecords, Record
from messaging.inbox.tables import IS_UNHANDLED, InboxRow
from messaging.outbox import writing as outbox
from messaging.outbox.message import OutboxMessage
from messaging.outbox.tables import FORGOTTEN

_current: ContextVar["UpdateUnit | None"] = ContextVar("update_unit", default=None)


RETENTION = retention.INBOX
_INBOX = cast(Table, InboxRow.__table__)


@dataclass(slots=True, kw_only=True)
class UpdateUnit:
    """The work of one update. `chat_id` and `update_id` are the update's; `update_id` is None for a redraw.

    `messages` are the handlers' calls, not yet in the outbox; `memory` holds the dialog records read and
    changed. Of a person who is `forgotten` in it, nothing that names the chat is left once the answer is
    sent.
    """

    whole: UnitOfWork
    part: UnitOfWork
    clock: Clock
    chat_id: int
    update_id: int | None = None
    messages: list[OutboxMessage] = field(default_factory=list)
    memory: DialogRecords = field(default_factory=DialogRecords)
    is_open: bool = True
    forgotten: bool = False

    @property
    def session(self) -> AsyncSession:
        return self.whole.session

    @property
    def now(self) -> datetime:
        """The current instant (aware)."""
        return self.clock.now()

    def recalled(self, key: StorageKey) -> dict[str, Any] | None:
        """The data under `key`; None where the chat's records were not read."""
        return self.memory.now.get(key, Record()).data if self.memory.knows(key) else None

    def remember(self, key: StorageKey, data: dict[str, Any]) -> None:
        self.memory.now[key] = Record(data=data)

    def waited_since(self, received_at: datetime) -> float:
        """Seconds from the update's arrival until now, 0 where the clock was set back."""
        return max(0.0, (self.now - received_at).total_seconds())

    async def commit(self) -> None:
        await self._write()
        await self.whole.commit()

    async def commit_handled(self, update_id: int, failed: str | None = None) -> None:
        """Commit together with the mark that the update is handled; `failed` is why it was given up."""
        await self._write()
        await mark_handled(self.session, update_id, self.now, failed)
        if self.forgotten:
            await forget_handled(self.session, self.chat_id)
        await self.whole.commit()

    async def _write(self) -> None:
        now = self.now
        if self.forgotten:
            await records.forget(self.session, self.chat_id)
            last = [replace(message, subject=FORGOTTEN) for message in self.messages]
            await outbox.write(self.session, last, now)
            return
        await records.save(self.session, self.memory.changed(), now)
        await outbox.write(self.session, self.messages, now)


@asynccontextmanager
async def update_unit(
    database: Database, clock: Clock, chat_id: int, update_id: int | None = None
) -> AsyncIterator[UpdateUnit]:
    """Open the unit and make it current for handlers, the storage and call capture."""
    async with database.unit_of_work() as whole:
        unit = UpdateUnit(
            whole=whole, part=JoinedUnitOfWork(whole), clock=clock, chat_id=chat_id, update_id=update_id
        )
        token = _current.set(unit)
        try:
            yield unit
        finally:
            unit.is_open = False
            _current.reset(token)


def current_unit() -> UpdateUnit | None:
    """The unit of the update being handled; None in a task that outlives its update."""
    unit = _current.get()
    return unit if unit is not None and unit.is_open else None


def current_unit_of_work() -> UnitOfWork:
    """What an action is given inside an update: its commit is noted, the whole is committed by the worker.

    Raises RuntimeError outside an update.
    """
    unit = current_unit()
    if unit is None:
        raise RuntimeError("an update is handled outside its unit of work")
    return unit.part


def current_time() -> datetime:
    """The instant (aware), by the clock of the update being handled. Raises RuntimeError outside one."""
    unit = current_unit()
    if unit is None:
        raise RuntimeError("an update is handled outside its unit of work")
    return unit.now


def current_session() -> AsyncSession:
    """What a store is given inside an update. Raises RuntimeError outside one."""
    return current_unit_of_work().session


class DatabaseStorage(BaseStorage):
    """Loads a private chat's records in one statement; saves changes when the update commits.

    Outside an update (a background redraw) each call is its own unit of work.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        await self._change(key, lambda record: Record(state=name, data=record.data))

    async def get_state(self, key: StorageKey) -> str | None:
        return (await self._read(key)).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        copied = deepcopy(dict(data))  # the dialog keeps changing its own copy
        await self._change(key, lambda record: Record(state=record.state, data=copied))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return deepcopy((await self._read(key)).data)

    async def close(self) -> None:
        """Does nothing: the database outlives the storage."""

    async def _read(self, key: StorageKey) -> Record:
        unit = current_unit()
        if unit is not None:
            return (await self._loaded(unit, key)).now.get(key, Record())
        async with self._database.session() as session:
            return (await records.load(session, key)).get(key, Record())

    async def _change(self, key: StorageKey, change: Callable[[Record], Record]) -> None:
        unit = current_unit()
        if unit is not None:
            memory = await self._loaded(unit, key)
            memory.now[key] = change(memory.now.get(key, Record()))
            return
        async with self._database.unit_of_work() as work:
            record = (await records.load(work.session, key)).get(key, Record())
            await records.save(work.session, {key: change(record)}, self._clock.now())
            await work.commit()

    async def _loaded(self, unit: UpdateUnit, key: StorageKey) -> DialogRecords:
        if not unit.memory.knows(key):
            unit.memory.add(key, await records.load(unit.session, key))
        return unit.memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """An update to handle now; `more` if the chat has later ones."""

    update_id: int
    payload: str
    attempts: int
    more: bool
    received_at: datetime


_LATER = _INBOX.alias("later")
_LOWEST = (
    select(func.min(_INBOX.c.update_id))
    .where(_INBOX.c.chat_id == bindparam("chat_id"), _INBOX.c.handled_at.is_(None))
    .scalar_subquery()
)
_MORE = exists().where(
    _LATER.c.chat_id == bindparam("chat_id"),
    _LATER.c.handled_at.is_(None),
    _LATER.c.update_id > _INBOX.c.update_id,
)
_CLAIM = (
    select(_INBOX.c.update_id, _INBOX.c.payload, _INBOX.c.attempts, _INBOX.c.received_at, _MORE.label("more"))
    .where(_INBOX.c.update_id == _LOWEST, _INBOX.c.handled_at.is_(None))
    .with_for_update(skip_locked=True, of=_INBOX)
)
_MARK_HANDLED = (
    update(_INBOX)
    .where(_INBOX.c.update_id == bindparam("of"))
    .values(handled_at=bindparam("now"), failed=bindparam("why_failed"), payload="")
)
_WAITING = (
    select(InboxRow.chat_id)
    .where(IS_UNHANDLED)
    .group_by(InboxRow.chat_id)
    .order_by(func.min(InboxRow.update_id))
    .limit(bindparam("limit"))
)


async def claim(session: AsyncSession, chat_id: int) -> Claimed | None:
    """Lock the chat's lowest unhandled update until the transaction ends; None if none is free."""
    row = (await session.execute(_CLAIM, {"chat_id": chat_id})).first()
    return None if row is None else Claimed(**row._mapping)  # noqa: SLF001  public API of SQLAlchemy despite the underscore


async def mark_handled(
    session: AsyncSession, update_id: int, now: datetime, failed: str | None = None
) -> None:
    """Never handle the update again, and erase its payload."""
    await session.execute(_MARK_HANDLED, {"of": update_id, "now": now, "why_failed": failed})


async def forget_handled(session: AsyncSession, chat_id: int) -> None:
    """Handled updates name the chat no more; they stay, so that none is handled again."""
    mine = update(_INBOX).where(_INBOX.c.chat_id == chat_id, _INBOX.c.handled_at.is_not(None))
    await session.execute(mine.values(chat_id=0))


async def count_attempt(session: AsyncSession, update_id: int) -> None:
    await session.execute(
        update(_INBOX).where(_INBOX.c.update_id == update_id).values(attempts=_INBOX.c.attempts + 1)
    )


async def waiting_chats(session: AsyncSession, limit: int) -> Sequence[int]:
    """Chats with an unhandled update, longest waiting first."""
    return (await session.scalars(_WAITING, {"limit": limit})).all()


async def unhandled(session: AsyncSession) -> Sequence[int]:
    """The ids of unhandled updates, left by an earlier run."""
    return (await session.scalars(select(InboxRow.update_id).where(IS_UNHANDLED))).all()


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Delete updates handled more than three days ago."""
    await session.execute(delete(InboxRow).where(InboxRow.handled_at < now - RETENTION))
