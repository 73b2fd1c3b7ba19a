"""The complete bot beside the local Telegram, in this process: the traced code is the production code."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from localgram.client import SimulatorClient
from localgram.server import TOKEN, Simulator

from accounts.cipher import Cipher, make_key
from accounts.officials.store import ConnectionStore
from accounts.officials.tables import ConnectionRow
from bot.app.runner import AppResources, BotSettings, running_bot
from cli.local_database import ready_database
from complaints.attachments.folder import FileFolder
from database.engine import Database
from kernel.clock import ALMATY, MovableClock, SystemClock
from knowledge.catalogue import LiveCatalogue
from messaging.inbox.runner import InboxSettings

WORKING_HOUR = datetime(2026, 11, 23, 10, 0, tzinfo=ALMATY)
POLICE = "police-almaty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    client: SimulatorClient
    database: Database


@asynccontextmanager
async def running() -> AsyncIterator[Surroundings]:
    """A new SQLite database, the shipped registry, and a police department that accepts complaints."""
    clock = MovableClock(SystemClock())
    clock.set(WORKING_HOUR)
    with tempfile.TemporaryDirectory(prefix="qyzmet-walks-") as folder:
        async with (
            ready_database(f"sqlite:///{folder}/qyzmet.sqlite3", clock) as database,
            Simulator(clock=clock, movable=clock) as simulator,
            SimulatorClient(simulator.url) as client,
        ):
            await connect_police(database, clock)
            app = AppResources(
                database=database,
                clock=clock,
                catalogue=LiveCatalogue(),
                cipher=Cipher.of(make_key()),
                files=FileFolder(Path(folder) / "files"),
            )
            settings = BotSettings(
                token=TOKEN,
                api_url=simulator.url,
                inbox=InboxSettings(poll_wait_s=20, workers=2),
                tick_interval_s=None,  # notices are not part of a walk
            )
            async with running_bot(app, settings):
                yield Surroundings(client=client, database=database)


async def connect_police(database: Database, clock: MovableClock) -> None:
    async with database.unit_of_work() as unit:
        accepted = ConnectionRow(organisation=POLICE, accepted_by=1, accepted_at=clock.now(), text="…")
        await ConnectionStore(unit.session).add(accepted)
        await unit.commit()
