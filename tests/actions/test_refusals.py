"""A refusing action leaves the database unchanged, in the bot and in the command line.

Each action is made to refuse after its last write.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker

from accounts.cipher import Cipher
from database.base import Base
from database.engine import Database, UnitOfWork, atomic
from deadlines.store import LiveCalendar
from kernel.errors import DomainError
from messaging.inbox.unit import update_unit
from tests.actions import of_casework, of_complaints, of_officials
from tests.actions.world import Trial, World, new_clock

TRIALS = (*of_complaints.TRIALS, *of_casework.TRIALS, *of_officials.TRIALS)
Sessions = async_sessionmaker[AsyncSession]


class LateError(DomainError):
    """Raised after the last write."""

    code = "late"


class OneConnection(Database):
    """Units of work on one connection whose transaction is never committed."""

    def __init__(self, sessions: Sessions) -> None:
        self._shared = sessions

    def unit_of_work(self) -> UnitOfWork:
        return UnitOfWork(self._shared)


@asynccontextmanager
async def command(sessions: Sessions) -> AsyncIterator[UnitOfWork]:
    """As cli/transaction.py opens it: the refusal ends the unit."""
    async with UnitOfWork(sessions) as unit:
        yield unit


@asynccontextmanager
async def update(sessions: Sessions) -> AsyncIterator[UnitOfWork]:
    """As the bot's worker opens it: the refusal is answered and the update committed."""
    async with update_unit(OneConnection(sessions), new_clock(), chat_id=1) as unit:
        try:
            yield unit.part
        except DomainError:
            await unit.commit()
            raise
        await unit.commit()


ROWS = """SELECT '{0}', md5(string_agg(one::text, ' ' ORDER BY one::text)) FROM "{0}" AS one"""


async def dump(connection: AsyncConnection) -> object:
    """Every row of every table: on SQLite as they are, on PostgreSQL as a digest of each table.

    It is asked four times for each action, so it goes round SQLAlchemy.
    """
    tables = sorted(Base.metadata.tables)
    if connection.dialect.name == "sqlite":
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        return {name: driver._conn.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    found = await connection.exec_driver_sql(" UNION ALL ".join(ROWS.format(name) for name in tables))
    return dict(found.all())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Runs the actions one by one on one connection and rolls back after each."""

    connection: AsyncConnection
    cipher: Cipher
    calendar: LiveCalendar

    async def faults(self, trial: Trial) -> list[str]:
        """Faults of the action: rows left by its refusal, or no write at all."""
        async with self.connection.begin() as transaction:
            world = World(cipher=self.cipher, calendar=self.calendar, clock=new_clock())
            async with command(self._sessions) as unit:
                given = await trial.ready(world.on(unit))
                await unit.commit()
            before = await dump(self.connection)
            found = []
            with late(trial):
                for way in (command, update):
                    with pytest.raises(LateError):
                        async with way(self._sessions) as unit:
                            await trial.act(world.on(unit), given)
                    if await dump(self.connection) != before:
                        found.append(f"{trial.name} leaves something behind in the {way.__name__}")
            async with command(self._sessions) as unit:
                await trial.act(world.on(unit), given)
            if await dump(self.connection) == before:
                found.append(f"{trial.name} changes nothing: the trial proves nothing")
            await transaction.rollback()
        return found

    @property
    def _sessions(self) -> Sessions:
        return async_sessionmaker(
            self.connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )


@contextmanager
def late(trial: Trial) -> Iterator[None]:
    """Make the action refuse after its last write."""
    method = getattr(trial.action, trial.method)

    async def whole(self: object, *args: object, **kwargs: object) -> object:
        await method.__wrapped__(self, *args, **kwargs)
        raise LateError

    with patch.object(trial.action, trial.method, atomic(whole)):
        yield


@pytest.mark.slow
async def test_refused_action_writes_nothing(
    rollback_database: Database, cipher: Cipher, live_calendar: LiveCalendar
):
    async with rollback_database.engine.connect() as connection:
        stage = Stage(connection=connection, cipher=cipher, calendar=live_calendar)
        faults = [fault for trial in TRIALS for fault in await stage.faults(trial)]
    assert faults == []
