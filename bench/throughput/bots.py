"""The measured bots, each listening on a webhook in its own process."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from accounts.cipher import Cipher, make_key
from bench.throughput.stack import stack_runner
from bot.app.runner import AppResources, BotSettings, make_bot, running_bot
from cli.gc_freeze import freeze_long_lived
from cli.local_database import ready_database
from database.engine import Database
from kernel.clock import SystemClock
from knowledge.catalogue import LiveCatalogue
from messaging.api import TelegramSession
from messaging.inbox.runner import InboxSettings, Webhook

TOKEN = "42:BENCH"
SECRET = "bench"
PATH = "/webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class BotEnvironment:
    """The environment of a measured bot."""

    database_url: str
    api_url: str
    port: int

    def bot(self) -> Bot:
        return Bot(TOKEN, session=TelegramSession(api=TelegramAPIServer.from_base(self.api_url)))

    def settings(self) -> BotSettings:
        """Without Telegram's limit on messages a second."""
        webhook = Webhook(url=f"http://127.0.0.1:{self.port}{PATH}", secret=SECRET, path=PATH, port=self.port)
        inbox = InboxSettings(webhook=webhook, messages_per_second=None)
        return BotSettings(token=TOKEN, api_url=self.api_url, inbox=inbox)


async def bare(place: BotEnvironment) -> None:
    """(a): aiogram alone, an echo without storage."""
    router = Router()

    @router.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    app = web.Application()
    SimpleRequestHandler(dispatcher, place.bot(), secret_token=SECRET).register(app, PATH)
    server = web.AppRunner(app, access_log=None)
    await server.setup()
    await web.TCPSite(server, "127.0.0.1", place.port).start()
    await asyncio.Event().wait()


async def stack(place: BotEnvironment) -> None:
    """(b): inbox, one unit of work, one SELECT, an answer through the outbox; none of our logic."""
    async with make_bot(place.settings()) as bot:
        runner = stack_runner(Database(place.database_url), bot, place.settings().inbox)
        freeze_long_lived()
        await runner.run()


async def ours(place: BotEnvironment) -> None:
    """The whole bot, with the registry in its database."""
    clock = SystemClock()
    async with ready_database(place.database_url, clock) as database:
        resources = AppResources(
            database=database, clock=clock, catalogue=LiveCatalogue(), cipher=Cipher.of(make_key())
        )
        async with running_bot(resources, place.settings()):
            freeze_long_lived()
            await asyncio.Event().wait()


BOTS: dict[str, Callable[[BotEnvironment], Coroutine[Any, Any, None]]] = {"a": bare, "b": stack, "ours": ours}


def run(name: str, place: BotEnvironment, core: int) -> None:
    """Run the bot `name` on one core until killed."""
    os.sched_setaffinity(0, {core})
    asyncio.run(BOTS[name](place))
