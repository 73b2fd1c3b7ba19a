"""Signals between processes on one PostgreSQL, told at a transaction's commit; lost where nobody listens."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from asyncpg import InterfaceError, PostgresError
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database

_NAME = text("SELECT set_config('application_name', :name, false)")


async def signal(session: AsyncSession, channel: str, payload: str) -> None:
    """Tell those who listen to `channel`, once the session's transaction commits; PostgreSQL only."""
    await session.execute(select(func.pg_notify(channel, payload)))


@asynccontextmanager
async def listening(
    database: Database, channel: str, heard: Callable[[str], None]
) -> AsyncIterator[asyncio.Event]:
    """Give each signal's payload to `heard`, on a connection of its own; the event is set when that is lost.

    Raises what the database raises, OSError.
    """
    lost = asyncio.Event()

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
                driver.add_termination_listener(lambda _: lost.set())
                await driver.add_listener(channel, note)
            except (PostgresError, InterfaceError) as error:  # the driver's own: nothing translates them here
                raise ConnectionError("the database does not let us listen") from error
            await connection.execute(_NAME, {"name": channel})
            yield lost
    finally:
        if driver is not None and not driver.is_closed():
            driver.terminate()  # who is cancelled while it closes leaves no connection behind
