"""The whole bot on the local Telegram: real database, real HTTP, real talks."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import exists, or_, select

from accounts.cipher import Cipher, make_key
from bot.catalogue import LiveCatalogue
from bot.jobs import make_tick
from bot.service import BotSettings, Ground, running_bot
from bot.translations import Translations
from cli.local import ready_database
from complaints.actions.sending import DailyLimit
from complaints.attachments.folder import FileFolder
from database.engine import Database
from deadlines.clock import ALMATY, MovableClock, SystemClock
from deadlines.queries import LiveCalendar
from messaging.inbox.runner import InboxSettings
from messaging.inbox.tables import IS_UNHANDLED
from messaging.outbox.tables import IS_OPEN, OutboxRow
from notifications.tick import Tick
from simulator.client import SimulatedPerson, SimulatorClient
from simulator.server import TOKEN, Simulator

SETTLING_SECONDS = 30.0
WORKING_HOUR = datetime(2026, 11, 23, 10, 0, tzinfo=ALMATY)  # a Monday: officials' notices leave at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A running bot, its database and clock, and the door to the people.

    `tick.run()` writes the notices that time has made due.
    """

    database: Database
    clock: MovableClock
    door: SimulatorClient
    simulator: Simulator
    cipher: Cipher
    tick: Tick

    async def person(self, language_code: str | None = "ru") -> SimulatedPerson:
        return await self.door.person(language_code=language_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Tells when the bot has nothing left to do: every update handled, every answer sent."""

    database: Database
    simulator: Simulator

    async def wait(self) -> None:
        """Returns too when an answer has failed and waits to be tried again, or after half a minute."""
        loop = asyncio.get_running_loop()
        patience = loop.time() + SETTLING_SECONDS
        while await self._is_busy() and loop.time() < patience:
            await asyncio.sleep(0.01)

    async def _is_busy(self) -> bool:
        if self.simulator.waiting_updates:
            return True
        unhandled = exists().where(IS_UNHANDLED)
        unsaid = exists().where(IS_OPEN, OutboxRow.update_id.is_not(None), OutboxRow.attempts == 0)
        async with self.database.session() as session:
            return bool(await session.scalar(select(or_(unhandled, unsaid))))


@pytest.fixture(scope="session")
def loaded_registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and the whole registry, to be copied."""
    path = tmp_path_factory.mktemp("registry") / "qyzmet.sqlite3"
    asyncio.run(load_into(path))
    return path


async def load_into(path: Path) -> None:
    async with ready_database(f"sqlite:///{path}"):
        """Made and loaded."""


@pytest.fixture
async def registry_database(loaded_registry: Path, tmp_path: Path) -> AsyncIterator[Database]:
    copy = shutil.copy(loaded_registry, tmp_path / "qyzmet.sqlite3")
    async with ready_database(f"sqlite:///{copy}") as database:
        yield database


@pytest.fixture(scope="session")
def catalogue() -> LiveCatalogue:
    """One index for all the tests' bots: their databases are copies of one."""
    return LiveCatalogue(SystemClock())


@pytest.fixture
async def town(registry_database: Database, catalogue: LiveCatalogue) -> AsyncIterator[Town]:
    async with town_on(registry_database, catalogue) as town:
        yield town


@pytest.fixture
async def postgres_town(postgres_url: str, catalogue: LiveCatalogue) -> AsyncIterator[Town]:
    async with ready_database(postgres_url) as database, town_on(database, catalogue) as town:
        yield town


@asynccontextmanager
async def town_on(
    database: Database,
    catalogue: LiveCatalogue,
    daily: DailyLimit | None = None,
    folder: Path | None = None,
) -> AsyncIterator[Town]:
    """`folder` is where files lie, one of its own if it is not given."""
    clock, cipher = MovableClock(SystemClock()), Cipher.of(make_key())
    clock.set(WORKING_HOUR)
    async with Simulator(clock=clock, movable=clock) as simulator, AsyncExitStack() as stack:
        quiet = Quiet(database=database, simulator=simulator)
        door = await stack.enter_async_context(SimulatorClient(simulator.url, quiet.wait))
        settings = BotSettings(
            token=TOKEN,
            api_url=simulator.url,
            inbox=InboxSettings(poll_wait_s=1, workers=4),
            tick_interval_s=None,  # no notice between the answers that a talk waits for: see Town.tick
            daily=daily or DailyLimit(),
        )
        files = FileFolder(folder or Path(stack.enter_context(TemporaryDirectory())))
        ground = Ground(database=database, clock=clock, catalogue=catalogue, cipher=cipher, files=files)
        async with running_bot(ground, settings):
            yield Town(
                database=database,
                clock=clock,
                door=door,
                simulator=simulator,
                cipher=cipher,
                tick=make_tick(
                    database, clock, Translations.load(), ground.complaints().jobs(LiveCalendar(clock))
                ),
            )
