"""The whole bot in a separate process with a fixed key, to be killed and restarted."""

import asyncio
from functools import cache
from pathlib import Path

from localgram.server import TOKEN

from accounts.cipher import Cipher
from bot.app.runner import AppResources, BotSettings, running_bot
from complaints.attachments.folder import FileFolder
from database.engine import Database
from kernel.clock import SystemClock
from knowledge.catalogue import Catalogue, LiveCatalogue, make_catalogue
from messaging.inbox.runner import InboxSettings
from registry_data.contents import load_registry

KEY = "A" * 43 + "="


@cache
def indexed() -> Catalogue:
    return make_catalogue(1, load_registry())


def shipped_catalogue() -> LiveCatalogue:
    """The catalogue of the database's first version, taken from the files."""
    found = LiveCatalogue()
    found._held = indexed()
    return found


async def main(database_url: str, api_url: str) -> None:
    clock = SystemClock()
    resources = AppResources(
        database=Database(database_url),
        clock=clock,
        catalogue=shipped_catalogue(),
        cipher=Cipher.of(KEY),
        files=FileFolder(Path(database_url.removeprefix("sqlite:///")).with_name("files")),
    )
    settings = BotSettings(token=TOKEN, api_url=api_url, inbox=InboxSettings(poll_wait_s=1))
    async with running_bot(resources, settings):
        await asyncio.Event().wait()


def run(database_url: str, api_url: str) -> None:
    asyncio.run(main(database_url, api_url))
