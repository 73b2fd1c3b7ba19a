"""Connecting an organisation: its head accepts complaints through the bot."""

from dataclasses import dataclass

from accounts.officials.guard import Guard
from accounts.officials.store import ConnectionStore
from accounts.officials.tables import ConnectionRow
from accounts.permissions import Action
from database.engine import UnitOfWork, atomic
from kernel.clock import Clock


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
