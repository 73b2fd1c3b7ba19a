"""Telegram answers with errors, garbage, late or not at all: every question is answered, and once."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from accounts.cipher import Cipher, make_key
from bot.catalogue import LiveCatalogue
from bot.inbox.runner import InboxSettings
from bot.service import BotSettings, Ground, running_bot
from database.engine import Database
from deadlines.clock import SystemClock
from simulator.client import Door, Person
from simulator.server import TOKEN, Simulator

QUESTION, ANSWER = "поставить апостиль", "Апостилирование"
PATIENCE_S = 200.0

FAULTS: list[dict[str, Any]] = [
    {"status": 429, "retry_after": 1, "times": 2},
    {"status": 500, "times": 2},
    {"status": 502, "times": 2},
    {"kind": "garbage", "times": 2},
    {"delay": 1.5},  # slow, but it comes
    {"kind": "hang"},  # never an answer: the call is given up, and made again
]
LOST = {"kind": "lost"}  # Telegram did it, and the connection broke before it could say so


def named(fault: dict[str, Any]) -> str:
    return str(fault.get("kind") or fault.get("status") or "slow")


@pytest.fixture
async def door(registry_database: Database, catalogue: LiveCatalogue) -> AsyncIterator[Door]:
    """The door to a bot that waits twenty seconds for Telegram: no busy machine takes so long."""
    clock = SystemClock()
    ground = Ground(
        database=registry_database, clock=clock, catalogue=catalogue, cipher=Cipher.of(make_key())
    )
    async with Simulator(clock=clock) as simulator, Door(simulator.url) as door:
        settings = BotSettings(
            token=TOKEN,
            api_url=simulator.url,
            inbox=InboxSettings(poll_wait_s=1, call_timeout_s=20.0),
            tick_interval_s=None,
        )
        async with running_bot(ground, settings):
            yield door


async def answers(person: Person) -> list[str]:
    return [one["text"] for one in await person.messages() if one["from"]["is_bot"]]


async def asked(door: Door, times: int = 1) -> list[str]:
    """What came back for the question, once as much came as was to come."""
    person = await door.person(language_code="ru")
    await person.say(QUESTION)
    await person.wait_for_replies(times, wait=PATIENCE_S)
    other = await door.person(language_code="ru")  # by its answer the first one's is long through
    await other.say(QUESTION)
    await other.wait_for_reply(wait=PATIENCE_S)
    return await answers(person)


@pytest.mark.parametrize("fault", FAULTS, ids=named)
async def test_an_answer_that_fails_to_leave_leaves_later_and_once(door: Door, fault: dict[str, Any]):
    await door.order_fault(method="sendMessage", **fault)
    (answer,) = await asked(door)
    assert ANSWER in answer


@pytest.mark.parametrize("fault", [one for one in FAULTS if one.get("kind") != "hang"], ids=named)
async def test_updates_that_fail_to_arrive_arrive_later_and_once(door: Door, fault: dict[str, Any]):
    await door.order_fault(method="getUpdates", **fault)
    (answer,) = await asked(door)
    assert ANSWER in answer


async def test_an_answer_that_telegram_took_in_silence_is_repeated_once_and_never_lost(door: Door):
    await door.order_fault(method="sendMessage", **LOST)
    found = await asked(door, times=2)
    assert [ANSWER in answer for answer in found] == [True, True]


async def test_one_chat_that_telegram_holds_back_does_not_hold_back_the_others(door: Door):
    slow, quick = [await door.person(language_code="ru") for _ in range(2)]
    await door.order_fault(method="sendMessage", status=429, retry_after=3_600)
    await slow.say(QUESTION)
    async with asyncio.timeout(PATIENCE_S):
        while not await door.calls("sendMessage"):
            await asyncio.sleep(0.05)
    await quick.say(QUESTION)
    first = await quick.wait_for_reply(wait=PATIENCE_S)
    assert ANSWER in first["text"]
