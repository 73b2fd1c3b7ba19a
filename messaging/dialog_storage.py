"""aiogram's and aiogram-dialog's memory in the shared database, within the update's own transaction."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from database.engine import Database
from kernel.clock import Clock
from messaging import dialog_records as records
from messaging.dialog_records import DialogRecords, Record
from messaging.inbox.unit import UpdateUnit, current_unit


class DatabaseStorage(BaseStorage):
    """A private chat's records are read by one statement; what changed is saved at the update's commit.

    Outside an update (a redraw that the bot starts by itself) each call is a unit of work of its own.
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
        kept = deepcopy(dict(data))  # the dialog goes on changing its own
        await self._change(key, lambda record: Record(state=record.state, data=kept))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return deepcopy((await self._read(key)).data)

    async def close(self) -> None:
        """The database is closed by whoever opened it."""

    async def _read(self, key: StorageKey) -> Record:
        unit = current_unit()
        if unit is not None:
            return (await self._remembered(unit, key)).now.get(key, Record())
        async with self._database.session() as session:
            return (await records.load(session, key)).get(key, Record())

    async def _change(self, key: StorageKey, change: Callable[[Record], Record]) -> None:
        unit = current_unit()
        if unit is not None:
            memory = await self._remembered(unit, key)
            memory.now[key] = change(memory.now.get(key, Record()))
            return
        async with self._database.unit_of_work() as work:
            record = (await records.load(work.session, key)).get(key, Record())
            await records.save(work.session, {key: change(record)}, self._clock.now())
            await work.commit()

    async def _remembered(self, unit: UpdateUnit, key: StorageKey) -> DialogRecords:
        if not unit.memory.knows(key):
            unit.memory.add(key, await records.load(unit.session, key))
        return unit.memory
