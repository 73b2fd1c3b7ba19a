"""The unit of work of an update: its changes, dialog state and answers are committed together."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database, JoinedUnitOfWork, UnitOfWork
from kernel.clock import Clock
from messaging import dialog_records as records
from messaging.dialog_records import DialogRecords, Record
from messaging.inbox import queue
from messaging.outbox import writing as outbox
from messaging.outbox.writing import OutboxMessage

_current: ContextVar["UpdateUnit | None"] = ContextVar("update_unit", default=None)


@dataclass(slots=True, kw_only=True)
class UpdateUnit:
    """The work of one update. `chat_id` and `update_id` are the update's; `update_id` is None for a redraw.

    `messages` are the handlers' calls, not yet in the outbox; `memory` holds the dialog records read and
    changed.
    """

    whole: UnitOfWork
    part: UnitOfWork
    clock: Clock
    chat_id: int
    update_id: int | None = None
    messages: list[OutboxMessage] = field(default_factory=list)
    memory: DialogRecords = field(default_factory=DialogRecords)
    is_open: bool = True

    @property
    def session(self) -> AsyncSession:
        return self.whole.session

    async def commit(self) -> None:
        await self._write()
        await self.whole.commit()

    async def commit_handled(self, update_id: int, failed: str | None = None) -> None:
        """Commit together with the mark that the update is handled; `failed` is why it was given up."""
        await self._write()
        await queue.mark_handled(self.session, update_id, self.clock.now(), failed)
        await self.whole.commit()

    async def _write(self) -> None:
        now = self.clock.now()
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
