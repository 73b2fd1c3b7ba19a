"""How two flooding accounts delay a third: `python -m bench.flood.told_to_wait [--questions 200]`.

Telegram tells the chats of the two to wait, 40 seconds each time, while they go on writing. A third person
asks one question after the other. Prints how long the answers took and their ratio to the limit; the exit
status is 1 where an answer is missing or the 99th percentile is above two seconds.
"""

import argparse
import asyncio
import json
import logging
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from localgram.client import SimulatedPerson, SimulatorClient
from localgram.errors import too_many_requests
from localgram.keys import WORLD
from localgram.sending_limits import SendingLimits
from localgram.server import TOKEN, Simulator

from accounts.cipher import Cipher, make_key
from bot.app.runner import AppResources, BotSettings, running_bot
from cli.local_database import ready_database
from database.engine import Database
from kernel.clock import SystemClock
from knowledge.catalogue import LiveCatalogue
from messaging.inbox.runner import InboxSettings

QUESTION = "поставить апостиль"
FLOODERS, RETRY_AFTER_S = 2, 40
BETWEEN_S = 0.1  # a flooder's messages
LIMIT_S = 2.0
PATIENCE_S = 60.0


class ToldToWait(SendingLimits):
    """Tells these chats to wait; the others have Telegram's own limits."""

    def __init__(self, chats: Iterable[int]) -> None:
        super().__init__()
        self.chats, self.told = frozenset(chats), 0

    def spend(self, chat_id: int, now: float) -> None:
        if chat_id in self.chats:
            self.told += 1
            raise too_many_requests(RETRY_AFTER_S)
        super().spend(chat_id, now)


async def flood(person: SimulatedPerson) -> None:
    while True:
        await person.say(QUESTION)
        await asyncio.sleep(BETWEEN_S)


async def waits_of(person: SimulatedPerson, questions: int) -> list[float]:
    """Seconds that each of the answers took; those that never came are left out."""
    waited = []
    for _ in range(questions):
        asked_at = time.perf_counter()
        with suppress(TimeoutError):
            await person.ask(QUESTION, wait=PATIENCE_S)
            waited.append(time.perf_counter() - asked_at)
    return sorted(waited)


async def measured(database: Database, catalogue: LiveCatalogue, questions: int) -> dict[str, Any]:
    clock = SystemClock()
    resources = AppResources(
        database=database, clock=clock, catalogue=catalogue, cipher=Cipher.of(make_key())
    )
    async with Simulator(clock=clock) as simulator, SimulatorClient(simulator.url) as client:
        settings = BotSettings(
            token=TOKEN, api_url=simulator.url, inbox=InboxSettings(poll_wait_s=5), tick_interval_s=None
        )
        async with running_bot(resources, settings):
            flooders = [await client.person(language_code="ru") for _ in range(FLOODERS)]
            limits = ToldToWait(flooder.number for flooder in flooders)
            simulator.app[WORLD].limits = limits
            async with asyncio.TaskGroup() as group:
                floods = [group.create_task(flood(flooder)) for flooder in flooders]
                waited = await waits_of(await client.person(language_code="ru"), questions)
                for task in floods:
                    task.cancel()
    return figures(waited, questions, limits.told)


def figures(waited: list[float], questions: int, told: int) -> dict[str, Any]:
    p99 = waited[min(len(waited) - 1, int(len(waited) * 0.99))] if waited else float("inf")
    return {
        "asked": questions,
        "answered": len(waited),
        "told to wait": told,
        "p50_s": round(waited[len(waited) // 2], 3) if waited else None,
        "p99_s": round(p99, 3),
        "limit_s": LIMIT_S,
        "p99 of limit": round(p99 / LIMIT_S, 3),
    }


async def run(questions: int) -> int:
    with tempfile.TemporaryDirectory(prefix="qyzmet-flood-") as folder:
        async with ready_database(f"sqlite:///{Path(folder) / 'q.sqlite3'}") as database:
            found = await measured(database, LiveCatalogue(), questions)
    print(json.dumps(found, indent=1))
    return int(found["answered"] < questions or found["p99_s"] > LIMIT_S or not found["told to wait"])


def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=200)
    return asyncio.run(run(parser.parse_args().questions))


if __name__ == "__main__":
    raise SystemExit(main())
