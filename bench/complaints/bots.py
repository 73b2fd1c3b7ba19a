"""One complete bot process listening on a webhook; all of them share one key."""

import asyncio
import tempfile
from pathlib import Path

from accounts.cipher import Cipher
from bench.throughput.bots import BotEnvironment
from bot.app.runner import AppResources, running_bot
from cli.gc_freeze import freeze_long_lived
from complaints.attachments.folder import FileFolder
from database.engine import Database
from kernel.clock import SystemClock
from knowledge.catalogue import LiveCatalogue


def run(place: BotEnvironment, key: str) -> None:
    asyncio.run(_serve(place, key))


async def _serve(place: BotEnvironment, key: str) -> None:
    clock = SystemClock()
    resources = AppResources(
        database=Database(place.database_url, pool_size=30),
        clock=clock,
        catalogue=LiveCatalogue(),
        cipher=Cipher.of(key),
        files=FileFolder(Path(tempfile.gettempdir()) / "qyzmet-bench-files"),
    )
    async with running_bot(resources, place.settings()):
        freeze_long_lived()
        await asyncio.Event().wait()
