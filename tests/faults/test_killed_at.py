"""A process killed with -9 while receiving, handling, committing or sending loses nothing."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from tests.faults import killing_process
from tests.faults.figures import FaultFigures
from tests.faults.killing_process import POINTS
from tests.killing import forks_of
from tests.messaging.conftest import until
from tests.messaging.telegram import FakeTelegram, message

QUESTIONS = 3
PATIENCE_S = 200.0


@pytest.fixture
async def sink() -> AsyncIterator[tuple[FakeTelegram, str]]:
    sink = FakeTelegram()
    server = TestServer(sink.app())
    await server.start_server()
    yield sink, str(server.make_url("")).rstrip("/")
    await server.close()


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    return forks_of("tests.faults.killing_process")


async def ended(process: BaseProcess) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while process.is_alive():
            await asyncio.sleep(0.02)


ON_POSTGRES = ("after handle", "after commit", "after send")


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.mark.long
@pytest.mark.parametrize(
    ("database_url", "point"),
    [
        *(("sqlite", point) for point in POINTS),
        *(pytest.param("postgres", point, marks=pytest.mark.postgres) for point in ON_POSTGRES),
    ],
    indirect=["database_url"],
)
async def test_killed_process_loses_nothing(
    database_url: str,
    sink: tuple[FakeTelegram, str],
    processes: ForkServerContext,
    tmp_path: Path,
    point: str,
):
    telegram, api_url = sink
    telegram.updates = [message(number, f"q{number}") for number in range(1, QUESTIONS + 1)]
    arguments = (database_url, api_url, point, str(tmp_path / "killed"))
    first = processes.Process(target=killing_process.run, args=arguments)
    first.start()
    await ended(first)
    assert first.exitcode == -9
    second = processes.Process(target=killing_process.run, args=arguments)
    second.start()
    try:
        await until(lambda: len(set(telegram.texts())) == QUESTIONS, timeout_s=PATIENCE_S)
        await telegram.at_rest()
    finally:
        second.kill()
        second.join()
    once = [f"q{number} is the {number}." for number in range(1, QUESTIONS + 1)]
    doubled = ["q1 is the 1."] if point == "after send" else []
    came = Counter(telegram.texts())
    FaultFigures.of(came[text] for text in once).report(f"kill -9 {point}, {database_url.partition(':')[0]}")
    assert sorted(telegram.texts()) == sorted(once + doubled)
