"""The whole bot on the local Telegram: real database, real HTTP, real dialogs.

Starting a bot costs more than most conversations, so the tests of one process share one (`SharedBot`):
between two tests its database is put back, and what the bot and the local Telegram remember is forgotten.
"""

import asyncio
import shutil
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    ExitStack,
    asynccontextmanager,
    contextmanager,
    suppress,
)
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch
from weakref import WeakSet

from localgram.call_log import CallLog
from localgram.client import SimulatedPerson, SimulatorClient
from localgram.faults import FaultQueue
from localgram.keys import WORLD
from localgram.sending_limits import SendingLimits
from localgram.server import TOKEN, Simulator
from sqlalchemy import exists, or_, select
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

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
from messaging.api import TelegramSession
from messaging.inbox.runner import InboxRunner, InboxSettings
from messaging.inbox.tables import IS_UNHANDLED
from messaging.outbox.tables import IS_OPEN, OutboxRow
from messaging.voice.recogniser import SpeechRecogniser
from notifications.tick import Tick
from tests.bot.without_sockets import SocketlessSession, Sockets, socketless_bot_session
from tests.databases import restore, without_threads

SETTLING_SECONDS = 30.0
POLLING_SECONDS = 0.2
WORKING_HOUR = datetime(2026, 11, 23, 10, 0, tzinfo=ALMATY)  # a Monday: officials' notices leave at once
UNHANDLED = exists().where(IS_UNHANDLED)
UNSAID = exists().where(IS_OPEN, OutboxRow.update_id.is_not(None), OutboxRow.attempts == 0)
BUSY = select(or_(UNHANDLED, UNSAID))
BUSY_ON_SQLITE = str(BUSY.compile(dialect=sqlite_dialect(), compile_kwargs={"literal_binds": True}))
GLANCE_SECONDS = 0.002


@dataclass(slots=True, kw_only=True)
class IdleWatch:
    """Tells when the bot has nothing left to do: every update handled, every answer sent.

    Every step of a talk asks, so a SQLite file is asked through a connection that stays open.
    """

    database: Database
    simulator: Simulator
    _glance: sqlite3.Connection | None = None

    async def wait(self, seconds: float = SETTLING_SECONDS) -> None:
        """Returns too when an answer has failed and waits to be tried again. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while await self._is_busy():
                await asyncio.sleep(GLANCE_SECONDS)

    def close(self) -> None:
        if self._glance is not None:
            self._glance.close()

    async def _is_busy(self) -> bool:
        if self.simulator.waiting_updates:
            return True
        if self.database.is_sqlite:
            return self._is_file_busy()
        async with self.database.session() as session:
            return bool(await session.scalar(BUSY))

    def _is_file_busy(self) -> bool:
        if self._glance is None:
            self._glance = sqlite3.connect(str(self.database.url.database), timeout=SETTLING_SECONDS)
        return bool(self._glance.execute(BUSY_ON_SQLITE).fetchone()[0])


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
    quiet: IdleWatch
    sockets: Sockets
    runner: InboxRunner

    async def person(self, language_code: str | None = "ru") -> SimulatedPerson:
        return await self.client.person(language_code=language_code)

    def needless_calls(self) -> list[str]:
        """Edits that Telegram refused, and second answers to a callback."""
        calls = list(self.simulator.app[WORLD].call_log._calls)
        refused = [one for one in calls if one.status == 400 and one.method.startswith("editMessage")]
        answered = Counter(
            one.arguments.get("callback_query_id") for one in calls if one.method == "answerCallbackQuery"
        )
        return [
            *(f"{one.method} {one.arguments}" for one in refused),
            *(f"answer {number}" for number, count in answered.items() if count > 1),
        ]


@asynccontextmanager
async def live_bot_on(
    database: Database,
    catalogue: LiveCatalogue,
    daily: DailyLimit | None = None,
    folder: Path | None = None,
    sockets: Sockets | None = None,
    *,
    speech: SpeechRecogniser | None = None,
) -> AsyncIterator[RunningBot]:
    """`folder` is where files lie, one of its own if it is not given; `speech` hears voice messages."""
    clock, cipher = MovableClock(SystemClock()), Cipher.of(make_key())
    clock.set(WORKING_HOUR)
    async with Simulator(clock=clock, movable=clock) as simulator, AsyncExitStack() as stack:
        profile_set = asyncio.Event()
        quiet, sockets = IdleWatch(database=database, simulator=simulator), sockets or Sockets()
        stack.callback(quiet.close)
        client = await stack.enter_async_context(SimulatorClient(simulator.url, quiet.wait))
        client._session = SocketlessSession(simulator=simulator, sockets=sockets, real=client._session)
        settings = BotSettings(
            token=TOKEN,
            api_url=simulator.url,
            inbox=InboxSettings(poll_wait_s=10, workers=4, messages_per_second=None, polling_interval_s=1.0),
            tick_interval_s=None,  # no notice between the answers that a talk waits for: see RunningBot.tick
            daily=daily or DailyLimit(),
            speech=speech,
            on_profile_set=profile_set.set,
        )
        files = folder or Path(stack.enter_context(TemporaryDirectory()))
        resources = AppResources(
            database=database, clock=clock, catalogue=catalogue, cipher=cipher, files=FileFolder(files)
        )
        session = socketless_bot_session(simulator, sockets)
        async with _started(running_bot(resources, settings), session) as runner:
            jobs = resources.complaints().jobs(LiveCalendar(clock))
            await asyncio.wait_for(profile_set.wait(), SETTLING_SECONDS)
            yield RunningBot(
                database=database,
                clock=clock,
                client=client,
                simulator=simulator,
                cipher=cipher,
                tick=make_tick(database, clock, Translations.load(), jobs),
                catalogue=catalogue,
                files=files,
                quiet=quiet,
                sockets=sockets,
                runner=runner,
            )


@asynccontextmanager
async def _started(
    running: AbstractAsyncContextManager[InboxRunner], session: type[TelegramSession]
) -> AsyncIterator[InboxRunner]:
    """A bot that talks through `session` and looks often for what its tests wait for: notices and files."""
    with patch("bot.app.runner.TelegramSession", session):
        runner = await running.__aenter__()
    notices = replace(runner.delivery.as_job(), name="notices of a test")
    runner.jobs = [
        replace(job, every_s=POLLING_SECONDS) if job.every_s < 1 else job for job in (*runner.jobs, notices)
    ]
    async with AsyncExitStack() as stack:
        stack.push_async_exit(running)
        yield runner


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedBot:
    """A town for one test after the other. `template` is the SQLite file that its database is put back to."""

    live_bot: RunningBot
    template: Path
    live: WeakSet[LiveCalendar | LiveSwitches] = field(default_factory=WeakSet)

    async def put_back(self) -> None:
        """As if it had just been started; people and update ids go on counting."""
        with suppress(TimeoutError):  # what a failed test has left is overwritten
            await self.live_bot.quiet.wait(5)
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
    database = without_threads(Database(f"sqlite:///{copy}"))
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
