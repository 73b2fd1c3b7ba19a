"""The unit of work of an update: its changes, its talk, its answers, committed together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from database.unit_of_work import JoinedUnitOfWork, UnitOfWork
from kernel.clock import Clock
from messaging import dialog_records as records
from messaging.dialog_records import DialogRecords
from messaging.inbox import queue
from messaging.outbox import writing as outbox
from messaging.outbox.writing import OutboxMessage

_current: ContextVar["UpdateUnit | None"] = ContextVar("update_unit", default=None)


@dataclass(slots=True, kw_only=True)
class UpdateUnit:
    """What happens in one update. `chat_id` and `update_id` are the update's (None for a redraw of ours).

    `letters` are what the handlers said, not yet in the outbox; `memory` holds the dialog records that were
    read and those that changed.
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
        """Commit, and with it the mark that the update is handled; `failed` is why it was given up."""
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
    """Open the unit that handlers, storage and the captured session find as the current one."""
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
    """The unit of the update being handled; a task that outlives its update has none."""
    unit = _current.get()
    return unit if unit is not None and unit.is_open else None


def current_unit_of_work() -> UnitOfWork | None:
    """What an action is given inside an update: its commit is noted, the whole is committed by the worker."""
    unit = current_unit()
    return unit.part if unit is not None else None
