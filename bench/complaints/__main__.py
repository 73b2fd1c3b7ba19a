"""Whole dialogs of complaints a second: `python -m bench.complaints [--dialogs N] [--processes N]`.

Two bots on one PostgreSQL take the updates in turn. The floor is eight dialogs a second; CPU per dialog is
printed too, because the machine may be busy with other things.
"""

import argparse
import asyncio
import multiprocessing
import time
from multiprocessing.process import BaseProcess

import psutil
from sqlalchemy import func, select

from accounts.cipher import make_key
from accounts.officials.store import ConnectionStore
from accounts.officials.tables import ConnectionRow
from bench.complaints.bots import run
from bench.complaints.citizen import all_complain
from bench.complaints.telegram import Telegram
from bench.servers import postgres
from bench.throughput.bots import BotEnvironment
from bench.throughput.measurement import free_port, until_open
from cli.local_database import ready_database
from complaints.tables import ComplaintRow
from database.engine import Database
from kernel.clock import SystemClock

POLICE = "police-almaty"
AT_ONCE = 40
WARM_UP = 60  # until both bots have said every text and every busy connection knows the statements
LIMIT = 8.0  # dialogs a second on two processes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dialogs", type=int, default=200)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    with postgres() as server:
        asyncio.run(measure(server, asked.dialogs, asked.processes))


async def measure(server: str, dialogs: int, processes: int) -> None:
    telegram = Telegram()
    listening = await asyncio.get_running_loop().create_server(telegram.connection, "127.0.0.1", 0)
    api_url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    await seed(server)
    key = make_key()
    places = [
        BotEnvironment(database_url=server, api_url=api_url, port=free_port()) for _ in range(processes)
    ]
    bots = [start(place, key) for place in places]
    try:
        for place, bot in zip(places, bots, strict=True):
            await until_open(place.port, bot)
        ports = [place.port for place in places]
        await all_complain(telegram, ports, range(WARM_UP), AT_ONCE)
        before, started = cpu_s(bots), time.perf_counter()
        await all_complain(telegram, ports, range(WARM_UP, WARM_UP + dialogs), AT_ONCE)
        seconds, used = time.perf_counter() - started, cpu_s(bots) - before
        await check(server, WARM_UP + dialogs)
    finally:
        for bot in bots:
            bot.kill()
            bot.join()
        listening.close()
    tell(dialogs, processes, seconds, used)


def tell(dialogs: int, processes: int, seconds: float, used_s: float) -> None:
    rate = dialogs / seconds
    each_ms = 1000 * used_s / dialogs
    print(f"{dialogs} dialogs of 13 updates, {AT_ONCE} at once, {processes} processes, PostgreSQL")
    print(f"{rate:.1f} dialogs/s: {rate / LIMIT:.2f} of the limit of {LIMIT:.0f}")
    print(f"bots' CPU a dialog {each_ms:.0f} ms: {processes * 1000 / each_ms:.1f}/s on {processes} cores")


def start(place: BotEnvironment, key: str) -> BaseProcess:
    process = multiprocessing.get_context("spawn").Process(target=run, args=(place, key))
    process.start()
    return process


async def seed(url: str) -> None:
    """The registry, and a police department that takes complaints."""
    async with ready_database(url, SystemClock()) as database, database.unit_of_work() as unit:
        now = SystemClock().now()
        accepted = ConnectionRow(organisation=POLICE, accepted_by=1, accepted_at=now, text="…")
        await ConnectionStore(unit.session).add(accepted)
        await unit.commit()


async def check(url: str, dialogs: int) -> None:
    """Refuse a figure in which a complaint is missing or came twice."""
    database = Database(url)
    async with database.session() as session:
        found = await session.scalar(select(func.count()).select_from(ComplaintRow))
    await database.dispose()
    if found != dialogs:
        raise RuntimeError(f"{found} complaints of {dialogs} dialogs")


def cpu_s(bots: list[BaseProcess]) -> float:
    return sum(sum(psutil.Process(bot.pid).cpu_times()[:2]) for bot in bots)


if __name__ == "__main__":
    main()
