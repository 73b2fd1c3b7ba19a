"""One of the bots: the whole of it, listening on a webhook; all of them have one key."""

import asyncio
import tempfile
from pathlib import Path

from accounts.cipher import Cipher
from bench.throughput.bots import Place
from bot.catalogue import LiveCatalogue
from bot.collecting import spare_what_stays
from bot.service import Ground, running_bot
from complaints.attachments.folder import FileFolder
from database.engine import Database
from deadlines.clock import SystemClock


def run(place: Place, key: str) -> None:
    asyncio.run(_serve(place, key))


async def _serve(place: Place, key: str) -> None:
    clock = SystemClock()
    ground = Ground(
        database=Database(place.database_url, pool_size=30),
        clock=clock,
        catalogue=LiveCatalogue(clock),
        cipher=Cipher.of(key),
        files=FileFolder(Path(tempfile.gettempdir()) / "qyzmet-bench-files"),
    )
    async with running_bot(ground, place.settings()):
        spare_what_stays()
        await asyncio.Event().wait()
