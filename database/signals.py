"""Signals between processes on one PostgreSQL, told at a transaction's commit; lost where nobody listens."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from asyncpg import InterfaceError, PostgresError
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from database.engine import Database

_NAME = text("SELECT set_config('application_name', :name, false)")
_LISTENERS = text("""
SELECT pid, pid = pg_backend_pid() AS is_own FROM pg_stat_activity
WHERE application_name = :name AND datname = current_database() ORDER BY backend_start, pid
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The `place`-th, from 0, of all that listen to a channel."""

    place: int
    of: int


@dataclass(frozen=True, slots=True)
class Listening:
    connection: AsyncConnection
    name: str

    async def seat(self) -> Seat:
        """Whoever listens counts until its connection ends. Raises what the database raises."""
        found = (await self.connection.execute(_LISTENERS, {"name": self.name})).all()
        own = [row.is_own for row in found]
        return Seat(place=own.index(True), of=len(own)) if any(own) else Seat(place=0, of=1)


async def signal(session: AsyncSession, channel: str, payload: str) -> None:
    """Tell those who listen to `channel`, once the session's transaction commits; PostgreSQL only."""
    await session.execute(select(func.pg_notify(channel, payload)))


@asynccontextmanager
async def listening(
    database: Database, channel: str, heard: Callable[[str], None]
) -> AsyncIterator[Listening]:
    """Give each signal's payload to `heard`, on a connection of its own.

    Raises what the database raises, OSError.
    """

    def note(_connection: Any, _pid: int, _channel: str, payload: str) -> None:
        heard(payload)

    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    driver = None
    try:
        async with engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            await connection.run_sync(lambda one: one.detach())  # it ends with us and never serves another
            try:
                await driver.add_listener(channel, note)
            except (PostgresError, InterfaceError) as error:  # the driver's own: nothing translates them here
                raise ConnectionError("the database does not let us listen") from error
            await connection.execute(_NAME, {"name": channel})
            yield Listening(connection, channel)
    finally:
        if driver is not None and not driver.is_closed():
            driver.terminate()  # who is cancelled while it closes leaves no connection behind
