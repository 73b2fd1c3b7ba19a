"""Connecting an organisation: its head accepts complaints through the bot."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.guard import Guard
from accounts.officials.tables import IS_CONNECTED, ConnectionRow
from accounts.permissions import Action
from database.engine import UnitOfWork, atomic
from kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Who accepted, when (aware), and the accepted text, in the language it was shown in."""

    organisation: str
    accepted_by: int
    accepted_at: datetime
    text: str


_CODES = select(ConnectionRow.organisation).where(IS_CONNECTED)


@dataclass(frozen=True, slots=True)
class ConnectionStore:
    session: AsyncSession

    async def of(self, organisation: str) -> Connection | None:
        return (await self._read(organisation)).get(organisation)

    async def codes(self) -> frozenset[str]:
        """The codes of the connected organisations, which is all that routing needs."""
        return frozenset((await self.session.scalars(_CODES)).all())

    async def all(self) -> dict[str, Connection]:
        """The connected organisations by code."""
        return await self._read()

    async def add(self, row: ConnectionRow) -> None:
        self.session.add(row)
        await self.session.flush()

    async def end(self, organisation: str, by: int, at: datetime) -> None:
        ended = update(ConnectionRow).where(ConnectionRow.organisation == organisation, IS_CONNECTED)
        await self.session.execute(ended.values(ended_at=at, ended_by=by))

    async def _read(self, organisation: str | None = None) -> dict[str, Connection]:
        query = select(ConnectionRow).where(IS_CONNECTED)
        if organisation is not None:
            query = query.where(ConnectionRow.organisation == organisation)
        return {
            row.organisation: Connection(
                organisation=row.organisation,
                accepted_by=row.accepted_by,
                accepted_at=row.accepted_at,
                text=row.text,
            )
            for row in await self.session.scalars(query)
        }


@dataclass(frozen=True, slots=True)
class Connect:
    unit: UnitOfWork
    guard: Guard
    connections: ConnectionStore
    clock: Clock

    @atomic
    async def __call__(self, by: int, organisation: str, text: str) -> None:
        """`text` is what the head read and accepted; a repeated call changes nothing.

        Raises NotAllowedError, GoneError.
        """
        await self.guard.check(by, Action.CONNECT, organisation)
        if await self.connections.of(organisation) is None:
            row = ConnectionRow(
                organisation=organisation, accepted_by=by, accepted_at=self.clock.now(), text=text
            )
            await self.connections.add(row)


@dataclass(frozen=True, slots=True)
class Disconnect:
    unit: UnitOfWork
    guard: Guard
    connections: ConnectionStore
    clock: Clock

    @atomic
    async def __call__(self, by: int, organisation: str) -> None:
        """Raises NotAllowedError, GoneError."""
        await self.guard.check(by, Action.DISCONNECT, organisation)
        await self.connections.end(organisation, by, self.clock.now())
