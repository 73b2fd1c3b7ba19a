"""Signals between processes on one PostgreSQL (NOTIFY), sent at commit and lost if nobody listens."""

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
    """Notify the listeners of `channel` when the session's transaction commits; PostgreSQL only."""
    await session.execute(select(func.pg_notify(channel, payload)))


@asynccontextmanager
async def listening(
    database: Database, channel: str, on_signal: Callable[[str], None]
) -> AsyncIterator[asyncio.Event]:
    """Pass each signal's payload to `on_signal`, on a dedicated connection; the event is set when it is lost.

    Raises the database's errors and OSError.
    """
    lost = asyncio.Event()

    def note(_connection: Any, _pid: int, _channel: str, payload: str) -> None:
        on_signal(payload)

    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    driver = None
    try:
        async with engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            await connection.run_sync(lambda sync: sync.detach())  # closed with us, never pooled again
            try:
                driver.add_termination_listener(lambda _: lost.set())
                await driver.add_listener(channel, note)
            except (PostgresError, InterfaceError) as error:  # SQLAlchemy does not translate these
                raise ConnectionError("the database does not let us listen") from error
            await connection.execute(_NAME, {"name": channel})
            yield lost
    finally:
        if driver is not None and not driver.is_closed():
            driver.terminate()  # leaves no connection behind even when cancelled
