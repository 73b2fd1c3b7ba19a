"""The whole bot on the local Telegram: real database, real HTTP, real dialogs.

Starting a bot costs more than most conversations, so the tests of one process share one (`SharedBot`):
between two tests its database is put back, and what the bot and the local Telegram remember is forgotten.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch
from weakref import WeakSet

from sqlalchemy import exists, or_, select

from accounts.cipher import Cipher, make_key
from accounts.switches.store import LiveSwitches
from bot.app.jobs import make_tick
from bot.app.runner import AppResources, BotSettings, running_bot
from complaints.actions.sending import DailyLimit
from complaints.attachments.folder import FileFolder
from database.engine import Database
from deadlines.store import LiveCalendar
from kernel.clock import ALMATY, MovableClock, SystemClock
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging.inbox.runner import InboxSettings
from messaging.inbox.tables import IS_UNHANDLED
from messaging.outbox.tables import IS_OPEN, OutboxRow
from notifications.tick import Tick
from simulator.call_log import CallLog
from simulator.client import SimulatedPerson, SimulatorClient
from simulator.faults import FaultQueue
from simulator.keys import WORLD
from simulator.sending_limits import SendingLimits
from simulator.server import TOKEN, Simulator
from tests.databases import restore

SETTLING_SECONDS = 30.0
WORKING_HOUR = datetime(2026, 11, 23, 10, 0, tzinfo=ALMATY)  # a Monday: officials' notices leave at once


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningBot:
    """A running bot, its database and clock, and the door to the people.

    `tick.run()` writes the notices that time has made due.
    """

    database: Database
    clock: MovableClock
    client: SimulatorClient
    simulator: Simulator
    cipher: Cipher
    tick: Tick
    catalogue: LiveCatalogue
    files: Path

    async def person(self, language_code: str | None = "ru") -> SimulatedPerson:
        return await self.client.person(language_code=language_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleWatch:
    """Tells when the bot has nothing left to do: every update handled, every answer sent."""

    database: Database
    simulator: Simulator

    async def wait(self, seconds: float = SETTLING_SECONDS) -> None:
        """Returns too when an answer has failed and waits to be tried again. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while await self._is_busy():
                await asyncio.sleep(0.01)

    async def _is_busy(self) -> bool:
        if self.simulator.waiting_updates:
            return True
        unhandled = exists().where(IS_UNHANDLED)
        unsaid = exists().where(IS_OPEN, OutboxRow.update_id.is_not(None), OutboxRow.attempts == 0)
        async with self.database.session() as session:
            return bool(await session.scalar(select(or_(unhandled, unsaid))))


@asynccontextmanager
async def live_bot_on(
    database: Database,
    catalogue: LiveCatalogue,
    daily: DailyLimit | None = None,
    folder: Path | None = None,
) -> AsyncIterator[RunningBot]:
    """`folder` is where files lie, one of its own if it is not given."""
    clock, cipher = MovableClock(SystemClock()), Cipher.of(make_key())
    clock.set(WORKING_HOUR)
    async with Simulator(clock=clock, movable=clock) as simulator, AsyncExitStack() as stack:
        quiet = IdleWatch(database=database, simulator=simulator)
        client = await stack.enter_async_context(SimulatorClient(simulator.url, quiet.wait))
        settings = BotSettings(
            token=TOKEN,
            api_url=simulator.url,
            inbox=InboxSettings(poll_wait_s=10, workers=4, messages_per_second=None, polling_interval_s=1.0),
            tick_interval_s=None,  # no notice between the answers that a talk waits for: see RunningBot.tick
            daily=daily or DailyLimit(),
        )
        files = folder or Path(stack.enter_context(TemporaryDirectory()))
        resources = AppResources(
            database=database, clock=clock, catalogue=catalogue, cipher=cipher, files=FileFolder(files)
        )
        async with running_bot(resources, settings):
            jobs = resources.complaints().jobs(LiveCalendar(clock))
            yield RunningBot(
                database=database,
                clock=clock,
                client=client,
                simulator=simulator,
                cipher=cipher,
                tick=make_tick(database, clock, Translations.load(), jobs),
                catalogue=catalogue,
                files=files,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedBot:
    """A town for one test after the other. `template` is the SQLite file that its database is put back to."""

    live_bot: RunningBot
    template: Path
    live: WeakSet[LiveCalendar | LiveSwitches] = field(default_factory=WeakSet)

    async def put_back(self) -> None:
        """As if it had just been started; people and update ids go on counting."""
        with suppress(TimeoutError):  # what a failed test has left is overwritten
            await IdleWatch(database=self.live_bot.database, simulator=self.live_bot.simulator).wait(5)
        self._forget_in_telegram()
        await asyncio.to_thread(restore, self.template, Path(str(self.live_bot.database.url.database)))
        self._forget_in_bot()
        self.live_bot.clock.set(WORKING_HOUR)

    def _forget_in_telegram(self) -> None:
        world = self.live_bot.simulator.app[WORLD]
        world.updates.clear()
        world.call_log, world.faults, world.limits = CallLog(), FaultQueue(), SendingLimits()

    def _forget_in_bot(self) -> None:
        for live in self.live:
            live._asked_at = None
            if isinstance(live, LiveCalendar):
                live._held = None
        shutil.rmtree(self.live_bot.files, ignore_errors=True)
        self.live_bot.files.mkdir()


@asynccontextmanager
async def shared_bot_on(template: Path, folder: Path, catalogue: LiveCatalogue) -> AsyncIterator[SharedBot]:
    """`folder` holds its database, a copy of `template`, and its files."""
    copy = shutil.copy(template, folder / "qyzmet.sqlite3")
    database = Database(f"sqlite:///{copy}")
    with instances_of(LiveCalendar, LiveSwitches) as live:
        try:
            async with live_bot_on(database, catalogue, folder=folder / "files") as live_bot:
                yield SharedBot(live_bot=live_bot, template=template, live=live)
        finally:
            await database.dispose()


@contextmanager
def instances_of(*kinds: type[Any]) -> Iterator[WeakSet[Any]]:
    """The objects of these classes that are made from now on and still alive."""
    made: WeakSet[Any] = WeakSet()

    def noting(init: Callable[..., None]) -> Callable[..., None]:
        def noted(self: Any, *given: Any, **named: Any) -> None:
            init(self, *given, **named)
            made.add(self)

        return noted

    with ExitStack() as stack:
        for kind in kinds:
            stack.enter_context(patch.object(kind, "__init__", noting(kind.__init__)))
        yield made
