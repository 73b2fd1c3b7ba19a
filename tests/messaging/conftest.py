"""A bot with a fake Telegram, and a runner that can be stepped or run."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, Router
from aiohttp.test_utils import TestServer

from database.engine import Database
from kernel.clock import Clock, SystemClock
from messaging.capture import install_capture
from messaging.inbox.intake import parse
from messaging.inbox.reading import Addressee
from messaging.inbox.runner import InboxRunner, InboxSettings
from messaging.inbox.unit import DatabaseStorage
from tests.messaging.recording import channel, delivery
from tests.messaging.telegram import FakeTelegram, as_text, bot_of

__all__ = ["channel", "delivery"]


@dataclass(slots=True)
class ErrorReporter:
    """Reports failures as "sorry"; a LookupError is expected and its message is the answer."""

    reported: list[tuple[str, str | None]] = field(default_factory=list)

    def is_expected(self, error: Exception) -> bool:
        return isinstance(error, LookupError)

    async def report(self, bot: Bot, to: Addressee, error: Exception, incident: str | None) -> None:
        self.reported.append((type(error).__name__, incident))
        if to.chat_id is not None:
            await bot.send_message(to.chat_id, "expected" if incident is None else "sorry")


@pytest.fixture
def sink() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
async def bot(sink: FakeTelegram) -> AsyncIterator[Bot]:
    server = TestServer(sink.app())
    await server.start_server()
    bot = bot_of(server)
    install_capture(bot)
    yield bot
    await bot.session.close()
    await server.close()


@pytest.fixture
def router() -> Router:
    return Router()


@pytest.fixture
def reporter() -> ErrorReporter:
    return ErrorReporter()


@pytest.fixture
def wall_clock() -> Clock:
    return SystemClock()


@pytest.fixture
def runner(
    database: Database, bot: Bot, router: Router, reporter: ErrorReporter, wall_clock: Clock
) -> InboxRunner:
    dispatcher = Dispatcher(storage=DatabaseStorage(database, wall_clock))
    dispatcher.include_router(router)
    return InboxRunner(
        database=database,
        bot=bot,
        dispatcher=dispatcher,
        clock=wall_clock,
        error_reporter=reporter,
        settings=InboxSettings(poll_wait_s=0, messages_per_second=None),
    )


@asynccontextmanager
async def running(runner: InboxRunner) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        group.create_task(runner.run())
        try:
            yield
        finally:
            await runner.stop()


async def take_in(runner: InboxRunner, *updates: dict[str, Any]) -> None:
    await runner.intake.accept([parse(as_text(update)) for update in updates])


async def until(condition: Callable[[], bool], timeout_s: float = 60) -> None:
    """Wait for `condition`; TimeoutError if it does not come true."""
    async with asyncio.timeout(timeout_s):
        while not condition():
            await asyncio.sleep(0.01)


Running = Callable[[InboxRunner], AbstractAsyncContextManager[None]]
