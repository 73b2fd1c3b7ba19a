"""How a flood from one chat affects others: `python -m bench.flood [--flood 300] [--postgres]`.

One process is the bot with its default limits, another is Telegram. People ask questions while nobody floods,
while one chat sends short messages as fast as it can, and while it sends the longest ones. Exit status 1
where a question was not answered, or the median wait is ten times that without a flood.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import tempfile
from contextlib import ExitStack
from multiprocessing.process import BaseProcess
from pathlib import Path
from statistics import median
from typing import Any

from localgram.client import SimulatedPerson, SimulatorClient
from localgram.server import Simulator

from bench.flood.bot import run
from bench.servers import postgres
from kernel.clock import SystemClock

QUESTIONS = ("поставить апостиль", "замена водительских прав", "справка о несудимости")
PEOPLE, ROUNDS = 10, 4
PATIENCE_S = 120.0
AT_ONCE = 50  # messages of the flood in flight
WORST = 10.0  # times the median without a flood
MESSAGE_LENGTH = "абвгдежзиклмнопрстуәіңғүұқөһ"


def long_message(chance: random.Random) -> str:
    """4,096 characters of unknown words: the most expensive message to search."""
    return " ".join("".join(chance.choices(MESSAGE_LENGTH, k=7)) for _ in range(600))[:4096]


async def asked(person: SimulatedPerson) -> list[float]:
    """Seconds each of a person's questions waited for its answer."""
    loop, waited = asyncio.get_running_loop(), []
    for number in range(ROUNDS):
        begun = loop.time()
        said = await person.say(QUESTIONS[number % len(QUESTIONS)])
        await person.wait_for_reply(said["message_id"], wait=PATIENCE_S)
        waited.append(loop.time() - begun)
        await asyncio.sleep(0.5)
    return waited


async def flood(person: SimulatedPerson, messages: list[str]) -> None:
    for start in range(0, len(messages), AT_ONCE):
        await asyncio.gather(*(person.say(text) for text in messages[start : start + AT_ONCE]))


async def round_of(client: SimulatorClient, messages: list[str]) -> dict[str, Any]:
    people = [await client.person(language_code="ru") for _ in range(PEOPLE)]
    flooding = asyncio.create_task(flood(await client.person(language_code="ru"), messages))
    waited = sorted(one for found in await asyncio.gather(*map(asked, people)) for one in found)
    await flooding
    return {
        "answered": len(waited),
        "waited_s": {"median": round(median(waited), 3), "longest": round(waited[-1], 3)},
        "flood": len(messages),
    }


async def measure(url: str, messages: int) -> int:
    chance = random.Random(7)
    floods: dict[str, list[str]] = {
        "no flood": [],
        "short messages": [f"апостиль {number}" for number in range(messages)],
        "longest messages": [long_message(chance) for _ in range(messages)],
    }
    async with Simulator(clock=SystemClock()) as simulator, SimulatorClient(simulator.url) as client:
        bot: BaseProcess = multiprocessing.get_context("spawn").Process(target=run, args=(url, simulator.url))
        bot.start()
        try:
            first = await client.person(language_code="ru")
            await first.say(QUESTIONS[0])
            await first.wait_for_reply(wait=PATIENCE_S)
            found = {name: await round_of(client, texts) for name, texts in floods.items()}
        finally:
            bot.kill()
            bot.join()
    print(json.dumps(found, ensure_ascii=False, indent=1))
    medians = [one["waited_s"]["median"] for one in found.values()]
    return int(max(medians) > WORST * medians[0])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flood", type=int, default=300)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = stack.enter_context(postgres()) if given.postgres else f"sqlite:///{Path(folder) / 'q.sqlite3'}"
        return asyncio.run(measure(url, given.flood))


if __name__ == "__main__":
    raise SystemExit(main())
