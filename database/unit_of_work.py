"""The unit of work: one transaction, rolled back unless committed; `@atomic` actions are its parts."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import wraps
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker


class RefusedButKeptError(Exception):
    """Raised by an action that refuses but keeps what it wrote so far; the caller gets `refusal`."""

    def __init__(self, refusal: Exception) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


class UnitOfWork:
    """One session and one transaction, rolled back on exit unless committed.

    Stores use `uow.session` and never commit. Actions are `@atomic` and commit by returning. `write_lock` is
    held from entry to exit on databases with a single writer.
    """

    session: AsyncSession

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], write_lock: asyncio.Lock | None = None
    ) -> None:
        self._sessions = sessions
        self._write_lock = write_lock
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
        """A savepoint: writes stay when the block ends and roll back when it raises.

        Every action has one, nested actions too; the outermost commits the unit. After RefusedButKeptError
        the writes stay and its refusal is raised.
        """
        refusal: Exception | None = None
        self._depth += 1
        try:
            async with self.session.begin_nested():
                try:
                    yield
                except RefusedButKeptError as kept:
                    refusal = kept.refusal
        except BaseException:
            self.session.info.clear()  # stores cache their locks here; SQLAlchemy itself expires the rows
            raise
        finally:
            self._depth -= 1
        if not self._depth:
            await self.commit()
        if refusal is not None:
            raise refusal

    async def commit(self) -> None:
        """Raises RuntimeError inside an action, which commits when it returns."""
        if self._depth:
            raise RuntimeError("an action is committed when it returns")
        await self._commit()

    async def _commit(self) -> None:
        await self.session.commit()


class JoinedUnitOfWork(UnitOfWork):
    """Part of a larger unit of work: `commit` only flushes, the owner commits.

    Actions inside an update get this one: their changes, the dialog state, the answer and the inbox mark are
    committed together or not at all.
    """

    def __init__(self, whole: UnitOfWork) -> None:
        self.session = whole.session
        self._depth = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Does nothing: the owner closes the session."""

    async def _commit(self) -> None:
        await self.session.flush()


P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")


def atomic(
    method: Callable[Concatenate[S, P], Awaitable[T]],
) -> Callable[Concatenate[S, P], Awaitable[T]]:
    """Run the method in a savepoint of its unit of work: `self.unit`, or `self.context.unit`.

    The outermost action commits when it returns. See UnitOfWork.atomic.
    """

    @wraps(method)
    async def in_savepoint(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        async with unit_of(self).atomic():
            return await method(self, *args, **kwargs)

    return in_savepoint


def unit_of(action: Any) -> UnitOfWork:
    unit: UnitOfWork = action.unit if hasattr(action, "unit") else action.context.unit
    return unit
