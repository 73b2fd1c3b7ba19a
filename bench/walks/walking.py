"""The three walks, each done a few times by people at the local Telegram."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import reduce
from operator import and_
from typing import Any

from localgram.client import SimulatedPerson, SimulatorClient, labels

from bench.walks.tracing import Walk, traced
from tests.accounts.numbers import iin_from

QUESTION = "сколько стоит загранпаспорт"
RULE = "complaint.provider"
REPEATS = 3  # only what all of them did counts
IDLE_S = 2.0  # each poll of an idle bot runs at least once
AFTERWARDS_S = 0.3  # until what was sent is marked as sent
Begin = Callable[[SimulatorClient, int], Awaitable[Callable[[], Awaitable[None]]]]


async def walk_of(begin: Begin, client: SimulatorClient) -> Walk:
    """What every repetition did. The first is not traced: caches are empty, modules are imported late."""
    walks = [await _once(begin, client, number) for number in range(1 + REPEATS)]
    with traced() as idle:
        await asyncio.sleep(IDLE_S)
    return reduce(and_, walks[1:]) - idle


async def _once(begin: Begin, client: SimulatorClient, number: int) -> Walk:
    finish = await begin(client, number)
    await asyncio.sleep(AFTERWARDS_S)
    with traced() as walk:
        await finish()
        await asyncio.sleep(AFTERWARDS_S)
    return walk


async def question(client: SimulatorClient, _: int) -> Callable[[], Awaitable[None]]:
    """A question whose answer is the card's fee."""
    person = await newcomer(client)
    await person.ask(QUESTION)

    async def ask() -> None:
        assert "МРП" in (answer := (await person.ask(QUESTION))["text"]), answer

    return ask


async def due_date(client: SimulatorClient, _: int) -> Callable[[], Awaitable[None]]:
    """The calculator's last message: a date is given, the due date of a complaint comes back explained."""
    person = await newcomer(client)
    await person.ask("/deadline")
    for ending in ("group:complaint", f"rule:{RULE}"):
        await press(person, ending)

    async def give_date() -> None:
        assert "31.03.2026" in (await person.ask("19.03.2026"))["text"]

    return give_date


async def send(client: SimulatorClient, number: int) -> Callable[[], Awaitable[None]]:
    """The press that sends a complaint's draft, until the receipt is there."""
    person = await newcomer(client)
    await person.ask("/start svc_driving-licence")
    await press(person, "cp:driving-licence")
    await press(person, "agree:office")
    await press(person, "region:almaty")
    await say(person, "Подал документы три недели назад, до сих пор ничего не готово")
    await press(person, "yes")
    await say(person, f"Серикова Айгуль {iin_from(number * 20)}")

    async def send_it() -> None:
        await press(person, "send")
        await person.wait_until(lambda seen: any("document" in one for one in seen))

    return send_it


async def newcomer(client: SimulatorClient) -> SimulatedPerson:
    """Somebody who has chosen a language."""
    person = await client.person(language_code="ru")
    await person.ask("/language")
    await person.press("Русский")
    await person.wait_for_replies(2)
    return person


async def say(person: SimulatedPerson, text: str) -> None:
    await asyncio.sleep(AFTERWARDS_S)
    await person.say(text)
    await asyncio.sleep(AFTERWARDS_S)


async def press(person: SimulatedPerson, ending: str) -> None:
    """Press the newest button whose data end so, once it is there."""
    seen = await person.wait_until(lambda messages: find(messages, ending) is not None)
    found = find(seen, ending)
    assert found is not None
    await person.press(found[1], found[0])


def find(messages: list[dict[str, Any]], ending: str) -> tuple[int, str] | None:
    for message in reversed(messages):
        for label in labels(message):
            if label.endswith(ending):
                return int(message["message_id"]), label
    return None


WALKS: dict[str, Begin] = {"question": question, "send": send, "due date": due_date}
