"""The complete bot in its own process, polling, with its default limits."""

import asyncio
import logging

import structlog
from localgram.server import TOKEN

from accounts.cipher import Cipher, make_key
from bot.app.runner import AppResources, BotSettings, running_bot
from cli.local_database import ready_database
from cli.serve import limits_of
from cli.settings import Settings
from kernel.clock import SystemClock
from knowledge.catalogue import LiveCatalogue
from messaging.inbox.runner import InboxSettings


def run(url: str, api_url: str) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(_serve(url, api_url))


async def _serve(url: str, api_url: str) -> None:
    clock = SystemClock()
    async with ready_database(url, clock) as database:
        resources = AppResources(
            database=database, clock=clock, catalogue=LiveCatalogue(), cipher=Cipher.of(make_key())
        )
        bot = BotSettings(
            token=TOKEN, api_url=api_url, inbox=InboxSettings(poll_wait_s=5), limits=limits_of(Settings())
        )
        async with running_bot(resources, bot):
            await asyncio.Event().wait()
