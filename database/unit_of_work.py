"""The unit of work: one transaction, rolled back unless committed."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be written: a value for each column that is named, always the same columns of a table."""

    table: Table
    values: Mapping[str, Any]


async def write_rows(session: AsyncSession, rows: Sequence[NewRow]) -> None:
    for row in rows:
        await session.execute(insert(row.table), row.values)


class RefusedButKeptError(Exception):
    """Raised by an action that refuses but wants what it wrote so far to stay; its caller sees `refusal`."""

    def __init__(self, refusal: Exception) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


class UnitOfWork:
    """One session and one transaction; `commit` once, else everything is rolled back on the way out.

    Stores take `uow.session`; they never commit. Actions are `@atomic` and commit by returning. `write_lock`
    is held from the entry to the exit, where the database allows one writer only.
    """

    session: AsyncSession

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], write_lock: asyncio.Lock | None = None
    ) -> None:
        self._sessions = sessions
        self._write_lock = write_lock
        self._at_commit: list[NewRow] = []
        self._depth = 0

    async def __aenter__(self) -> Self:
        if self._write_lock is not None:
            await self._write_lock.acquire()
        self.session = self._sessions()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self.session.close()
        finally:
            if self._write_lock is not None:
                self._write_lock.release()

    @asynccontextmanager
    async def atomic(self) -> AsyncIterator[None]:
        """A savepoint: what is written in the block stays when it ends, and is undone when it raises.

        Each action has one, also an action within an action; the outermost commits the unit. After
        RefusedButKeptError the writes stay, and its refusal is raised.
        """
        waiting, refusal = len(self._at_commit), None
        self._depth += 1
        try:
            async with self.session.begin_nested():
                try:
                    yield
                except RefusedButKeptError as kept:
                    refusal = kept.refusal
        except BaseException:
            self._forget(waiting)
            raise
        finally:
            self._depth -= 1
        if not self._depth:
            await self.commit()
        if refusal is not None:
            raise refusal

    def add_at_commit(self, row: NewRow) -> None:
        """Write `row` with the commit; nothing in this unit may look for it before."""
        self._at_commit.append(row)

    def take_at_commit(self) -> list[NewRow]:
        """What waits for the commit, for an owner who writes it together with other rows."""
        taken = list(self._at_commit)
        self._at_commit.clear()  # the list itself is shared with the parts of this unit
        return taken

    async def commit(self) -> None:
        """Raises RuntimeError within an action, which is committed when it returns."""
        if self._depth:
            raise RuntimeError("an action is committed when it returns")
        await self._commit()

    async def _commit(self) -> None:
        await write_rows(self.session, self.take_at_commit())
        await self.session.commit()

    def _forget(self, waiting: int) -> None:
        """Drop what the roll-back undid: new rows but the first `waiting`, and what stores remember of locks.

        SQLAlchemy itself expires the rows that were changed.
        """
        del self._at_commit[waiting:]
        self.session.info.clear()


class JoinedUnitOfWork(UnitOfWork):
    """A part of a larger unit of work: its `commit` only writes; the owner of the whole commits.

    What an action inside an update is given: its changes, the dialog's state, the answer and the mark in the
    inbox are committed together or not at all.
    """

    def __init__(self, whole: UnitOfWork) -> None:
        self.session = whole.session
        self._at_commit = whole._at_commit  # noqa: SLF001  one list for the whole and its parts
        self._depth = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing: the whole is closed by its owner."""

    async def _commit(self) -> None:
        await self.session.flush()
