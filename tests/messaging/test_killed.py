"""A process killed at any moment loses no question, and two processes share one database."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from multiprocessing.context import ForkServerContext

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from database.engine import Database
from kernel.clock import SystemClock
from messaging.inbox.intake import Intake, parse
from messaging.outbox.tables import IS_OPEN, OutboxRow
from tests.killing import at_rest, forks_of, killed_at_the_end
from tests.messaging import echo_process
from tests.messaging.conftest import until
from tests.messaging.telegram import FakeTelegram, as_text, message

KILLS = 10
QUESTIONS_A_KILL = 4


@pytest.fixture
async def slow_sink() -> AsyncIterator[tuple[FakeTelegram, str]]:
    sink = FakeTelegram(delay_s=0.02)
    server = TestServer(sink.app())
    await server.start_server()
    yield sink, str(server.make_url("")).rstrip("/")
    await server.close()


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    return forks_of("tests.messaging.echo_process")


def _bot(processes: ForkServerContext, database_url: str, api_url: str) -> AbstractContextManager[None]:
    return killed_at_the_end(processes, echo_process.run, database_url, api_url)


def _repeated(before: Counter[str], now: Counter[str]) -> Counter[str]:
    """Answers repeated by one life of the bot: said before by an earlier life, or twice in this one."""
    fresh = now - before
    return Counter({text: count - (text not in before) for text, count in fresh.items()}) + Counter()


async def _sent_but_not_marked(database: Database, sink: FakeTelegram) -> Counter[str]:
    """Answers sent but not marked: the only ones that may be repeated."""
    await sink.at_rest()
    await at_rest(database)
    async with database.session() as session:
        waiting = (await session.scalars(select(OutboxRow.payload).where(IS_OPEN))).all()
    return Counter(set(sink.texts()) & {json.loads(payload)["text"] for payload in waiting})


@pytest.mark.long
async def test_kills_lose_no_answers_and_repeat_only_unmarked(
    database_url: str, slow_sink: tuple[FakeTelegram, str], processes: ForkServerContext
):
    sink, api_url = slow_sink
    database = Database(database_url)
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  shown when the test fails
    moments = random.Random(seed)
    seen: Counter[str] = Counter()
    unmarked: Counter[str] = Counter()
    for kill in range(KILLS):
        polls = sink.polls
        with _bot(processes, database_url, api_url):
            await until(lambda polls=polls: sink.polls > polls, timeout_s=60)
            numbers = range(kill * QUESTIONS_A_KILL, (kill + 1) * QUESTIONS_A_KILL)
            sink.updates += [message(number + 1, f"q{number}", chat_id=1 + number % 3) for number in numbers]
            await asyncio.sleep(moments.uniform(0.0, 0.25))
        left = await _sent_but_not_marked(database, sink)
        assert _repeated(seen, Counter(sink.texts())) <= unmarked
        seen, unmarked = Counter(sink.texts()), left
    with _bot(processes, database_url, api_url):
        await until(lambda: len(set(sink.texts())) == KILLS * QUESTIONS_A_KILL, timeout_s=60)
        await until(lambda: _repeated(seen, Counter(sink.texts())) == unmarked, timeout_s=60)
        await asyncio.sleep(0.2)
    answered = {text.partition(" ")[0] for text in sink.texts()}
    await database.dispose()
    assert answered == {f"q{number}" for number in range(KILLS * QUESTIONS_A_KILL)}
    assert _repeated(seen, Counter(sink.texts())) == unmarked


@pytest.mark.long
async def test_two_processes_keep_chat_order_and_handle_once(
    postgres_url: str, slow_sink: tuple[FakeTelegram, str], processes: ForkServerContext
):
    sink, api_url = slow_sink
    chats, each = 12, 12
    database = Database(postgres_url)
    intake = Intake(database=database, clock=SystemClock(), wake=lambda _: None)
    one, two = (_bot(processes, postgres_url, f"{api_url}/{name}") for name in ("one", "two"))
    with one, two:
        await until(lambda: sink.polls > 2, timeout_s=60)
        for turn in range(each):
            updates = [message(turn * chats + chat, f"{turn}", chat_id=chat) for chat in range(1, chats + 1)]
            await intake.accept([parse(as_text(update)) for update in updates])
            await asyncio.sleep(0.01)
        await until(lambda: len(sink.texts()) >= chats * each, timeout_s=60)
        await asyncio.sleep(0.3)
    await database.dispose()
    for chat in range(1, chats + 1):
        seen = [fields["text"] for _, fields in sink.calls if fields.get("chat_id") == chat]
        assert seen == [f"{turn} is the {turn + 1}." for turn in range(each)]
    assert min(sink.clients["one"], sink.clients["two"]) > 0  # both took part
