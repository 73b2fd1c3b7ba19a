"""The bot's processes, restarted when they end, as by a supervisor."""

import asyncio
import logging
import multiprocessing
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.context import SpawnContext, SpawnProcess

import psutil
import structlog
from localgram.server import TOKEN

from accounts.cipher import Cipher
from bot.app.runner import AppResources, BotSettings, running_bot
from cli.local_database import ready_database
from kernel.clock import MovableClock, SystemClock
from knowledge.catalogue import LiveCatalogue
from messaging.inbox.runner import InboxSettings, Webhook

SECRET = "secret-of-the-soak"
CALL_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SoakEnvironment:
    """The shared environment of the processes, encryption key included; `shift_s` sets their clocks."""

    database_url: str
    api_url: str
    port: int
    key: str
    shift_s: float = 0.0
    call_timeout_s: float = CALL_TIMEOUT_S

    def inbox(self, part: str) -> InboxSettings:
        webhook = Webhook(url=f"http://127.0.0.1:{self.port}/webhook", secret=SECRET, port=self.port)
        is_web = part == "web"
        return InboxSettings(
            webhook=webhook, takes_in=is_web, works=not is_web, call_timeout_s=self.call_timeout_s
        )


def shifted_clock(seconds: float) -> MovableClock:
    """A clock that many processes share: the system's, set forward or back."""
    clock = MovableClock(SystemClock())
    clock.advance(timedelta(seconds=seconds))
    return clock


async def serve(part: str, place: SoakEnvironment) -> None:
    clock = shifted_clock(place.shift_s)
    async with ready_database(place.database_url, clock) as database:
        resources = AppResources(
            database=database, clock=clock, catalogue=LiveCatalogue(), cipher=Cipher.of(place.key)
        )
        settings = BotSettings(token=TOKEN, api_url=place.api_url, inbox=place.inbox(part))
        async with running_bot(resources, settings):
            await asyncio.Event().wait()


def run(part: str, place: SoakEnvironment) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(serve(part, place))


@dataclass(slots=True)
class SupervisedProcess:
    """One process; `rss_mb` are the memory samples of its current life, in megabytes."""

    name: str
    place: SoakEnvironment
    lives: int = 0
    rss_mb: list[float] = field(default_factory=list)
    _context: SpawnContext = field(default_factory=lambda: multiprocessing.get_context("spawn"))
    _process: SpawnProcess | None = None

    def keep_alive(self) -> None:
        """Start it when it is not running, and sample its memory."""
        if self._process is None or not self._process.is_alive():
            self._process = self._context.Process(target=run, args=(self.name, self.place), daemon=True)
            self._process.start()
            self.lives += 1
            self.rss_mb = []
        elif self._process.pid is not None:
            self.rss_mb.append(psutil.Process(self._process.pid).memory_info().rss / 2**20)

    @property
    def lived_s(self) -> int:
        """The age of its current life, from one sample a second."""
        return len(self.rss_mb)

    def kill(self) -> None:
        """Like `kill -9`."""
        if self._process is not None:
            self._process.kill()
            self._process.join()


async def supervise(parts: list[SupervisedProcess]) -> None:
    while True:
        for part in parts:
            part.keep_alive()
        await asyncio.sleep(1)
