"""The unit of work of an update: its changes, dialog state and answers are committed together."""

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


def current_unit_of_work() -> UnitOfWork | None:
    """The unit of work for actions inside an update: the worker commits it as a whole."""
    unit = current_unit()
    return unit.part if unit is not None else None
