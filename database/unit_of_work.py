"""The unit of work: one transaction, rolled back unless committed."""

import asyncio
from collections.abc import Mapping, Sequence
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


class UnitOfWork:
    """One session and one transaction; `commit` once, else everything is rolled back on the way out.

    Stores take `uow.session`; they never commit. An action commits once. `write_lock` is held from the entry
    to the exit, where the database allows one writer only.
    """

    session: AsyncSession

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], write_lock: asyncio.Lock | None = None
    ) -> None:
        self._sessions = sessions
        self._write_lock = write_lock
        self._at_commit: list[NewRow] = []

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

    def add_at_commit(self, row: NewRow) -> None:
        """Write `row` with the commit; nothing in this unit may look for it before."""
        self._at_commit.append(row)

    def take_at_commit(self) -> list[NewRow]:
        """What waits for the commit, for whoever writes it together with rows of his own."""
        taken, self._at_commit = self._at_commit, []
        return taken

    async def commit(self) -> None:
        await write_rows(self.session, self.take_at_commit())
        await self.session.commit()


class JoinedUnitOfWork(UnitOfWork):
    """A part of a larger unit of work: its `commit` only writes; the owner of the whole commits.

    What an action inside an update is given: its changes, the dialog's state, the answer and the mark in the
    inbox are committed together or not at all.
    """

    def __init__(self, whole: UnitOfWork) -> None:
        self.session = whole.session
        self._whole = whole
        self.commit_was_asked = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing: the whole is closed by its owner."""

    async def commit(self) -> None:
        await self.session.flush()
        self.commit_was_asked = True

    def add_at_commit(self, row: NewRow) -> None:
        self._whole.add_at_commit(row)

    def take_at_commit(self) -> list[NewRow]:
        return self._whole.take_at_commit()
