"""Storage for aiogram and aiogram-dialog in the shared database, within the update's transaction."""

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
