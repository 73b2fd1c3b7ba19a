"""Telegram answers with errors, garbage, late or never: every question is answered once."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from localgram.client import SimulatorClient
from localgram.server import TOKEN, Simulator

from accounts.cipher import Cipher, make_key
from bot.app.runner import AppResources, BotSettings, running_bot
from database.engine import Database
from kernel.clock import SystemClock
from knowledge.catalogue import LiveCatalogue
from messaging.inbox.runner import InboxSettings
from tests.faults.figures import FaultFigures, answered, everything_sent

QUESTION, ANSWER = "поставить апостиль", "Апостиль"
pytestmark = pytest.mark.bot  # each test runs a whole bot of its own

PATIENCE_S = 200.0
ASKING = 10  # people, all at once
TIMES = 5  # failing calls

FAULTS: list[dict[str, Any]] = [
    {"status": 429, "retry_after": 1, "times": TIMES},
    {"status": 500, "times": TIMES},
    {"status": 502, "times": TIMES},
    {"kind": "garbage", "times": TIMES},
    {"delay": 1.5, "times": TIMES},  # slow but successful
]
HANG = {"kind": "hang"}  # never answered: the call is given up after twenty seconds and retried
POLLS = 2  # failing polls: the pause after each is twice as long
LOST = {"kind": "lost", "times": TIMES}  # Telegram processed it, but the connection broke before the response


def named(fault: dict[str, Any]) -> str:
    return str(fault.get("kind") or fault.get("status") or "slow")


@pytest.fixture
async def client(registry_database: Database, catalogue: LiveCatalogue) -> AsyncIterator[SimulatorClient]:
    """A client of a bot that waits twenty seconds for Telegram, more than any busy machine needs."""
    clock = SystemClock()
    resources = AppResources(
        database=registry_database, clock=clock, catalogue=catalogue, cipher=Cipher.of(make_key())
    )
    async with Simulator(clock=clock) as simulator, SimulatorClient(simulator.url) as client:
        settings = BotSettings(
            token=TOKEN,
            api_url=simulator.url,
            inbox=InboxSettings(poll_wait_s=1, call_timeout_s=20.0),
            tick_interval_s=None,
        )
        async with running_bot(resources, settings):
            yield client


async def asked(client: SimulatorClient, database: Database, fault: str) -> FaultFigures:
    """The figures after many people asked at once and everything was sent."""
    people = [await client.person(language_code="ru") for _ in range(ASKING)]
    await asyncio.gather(*(person.say(QUESTION) for person in people))
    for person in people:
        await person.wait_for_reply(wait=PATIENCE_S)
    await everything_sent(database, wait=PATIENCE_S)
    return (await answered(people, ANSWER)).report(fault)


@pytest.mark.parametrize("fault", [*FAULTS, pytest.param(HANG, marks=pytest.mark.long)], ids=named)
async def test_failed_answer_is_sent_later_once(
    client: SimulatorClient, registry_database: Database, fault: dict[str, Any]
):
    await client.order_fault(method="sendMessage", **fault)
    assert await asked(client, registry_database, f"sendMessage, {named(fault)}") == FaultFigures(
        tried=ASKING
    )


@pytest.mark.parametrize("fault", [{**one, "times": POLLS} for one in FAULTS], ids=named)
async def test_failed_updates_arrive_later_once(
    client: SimulatorClient, registry_database: Database, fault: dict[str, Any]
):
    await client.order_fault(method="getUpdates", **fault)
    assert await asked(client, registry_database, f"getUpdates, {named(fault)}") == FaultFigures(tried=ASKING)


async def test_unconfirmed_answer_is_repeated_once(client: SimulatorClient, registry_database: Database):
    await client.order_fault(method="sendMessage", **LOST)
    found = await asked(client, registry_database, "sendMessage, the connection breaks")
    assert found == FaultFigures(tried=ASKING, doubled=TIMES)


async def test_throttled_chat_does_not_delay_others(client: SimulatorClient):
    slow, quick = [await client.person(language_code="ru") for _ in range(2)]
    await client.order_fault(method="sendMessage", status=429, retry_after=3_600)
    await slow.say(QUESTION)
    async with asyncio.timeout(PATIENCE_S):
        while not await client.calls("sendMessage"):
            await asyncio.sleep(0.05)
    await quick.say(QUESTION)
    first = await quick.wait_for_reply(wait=PATIENCE_S)
    assert ANSWER in first["text"]
