"""The whole bot in a process of its own, to be killed."""

import asyncio

from accounts.cipher import Cipher, make_key
from bot.catalogue import LiveCatalogue
from bot.service import BotSettings, Ground, running_bot
from database.engine import Database
from deadlines.clock import SystemClock
from messaging.inbox.runner import InboxSettings
from simulator.server import TOKEN


async def main(database_url: str, api_url: str) -> None:
    clock = SystemClock()
    ground = Ground(
        database=Database(database_url),
        clock=clock,
        catalogue=LiveCatalogue(clock),
        cipher=Cipher.of(make_key()),
    )
    settings = BotSettings(token=TOKEN, api_url=api_url, inbox=InboxSettings(poll_wait_s=1))
    async with running_bot(ground, settings):
        await asyncio.Event().wait()


def run(database_url: str, api_url: str) -> None:
    asyncio.run(main(database_url, api_url))
