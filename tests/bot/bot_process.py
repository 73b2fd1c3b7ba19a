"""The whole bot in a separate process, to be killed."""

import asyncio

from localgram.server import TOKEN

from accounts.cipher import Cipher, make_key
from bot.app.runner import AppResources, BotSettings, running_bot
from database.engine import Database
from kernel.clock import SystemClock
from knowledge.catalogue import LiveCatalogue
from messaging.inbox.runner import InboxSettings


async def main(database_url: str, api_url: str) -> None:
    clock = SystemClock()
    resources = AppResources(
        database=Database(database_url),
        clock=clock,
        catalogue=LiveCatalogue(),
        cipher=Cipher.of(make_key()),
    )
    settings = BotSettings(token=TOKEN, api_url=api_url, inbox=InboxSettings(poll_wait_s=1))
    async with running_bot(resources, settings):
        await asyncio.Event().wait()


def run(database_url: str, api_url: str) -> None:
    asyncio.run(main(database_url, api_url))
