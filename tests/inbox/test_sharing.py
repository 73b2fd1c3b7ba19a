"""Processes that only take in and processes that only work, on one PostgreSQL."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from aiogram import Router
from aiogram.types import Message
from sqlalchemy import text

from bot.inbox.ready import ReadyChats
from bot.inbox.runner import InboxRunner, InboxSettings
from bot.inbox.sharing import CHANNEL, FORSAKEN_AFTER, Sharing
from database.engine import Database
from database.signals import Seat
from tests.inbox.conftest import running, take_in, until
from tests.inbox.telegram import Sink, message

pytestmark = pytest.mark.postgres
WORKS = InboxSettings(takes_in=False, messages_per_second=None, sweep_interval_s=3_600)
CHATS = range(1, 41)
_BREAK = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name")


@pytest.fixture
def database(postgres_database: Database) -> Database:
    return postgres_database


@pytest.fixture
def another(runner: InboxRunner) -> Callable[[InboxSettings], InboxRunner]:
    """One more process beside the runner, with queues of its own."""

    def make(settings: InboxSettings) -> InboxRunner:
        return InboxRunner(
            database=runner.database,
            bot=runner.bot,
            dispatcher=runner.dispatcher,
            clock=runner.clock,
            failures=runner.failures,
            settings=settings,
        )

    return make


@pytest.fixture(autouse=True)
def echo(router: Router) -> None:
    @router.message()
    async def answer(message: Message) -> None:
        await message.answer(message.text or "")


async def test_who_works_is_called_by_who_takes_in_and_waits_for_no_sweep(
    sink: Sink, another: Callable[[InboxSettings], InboxRunner]
):
    web, worker = another(InboxSettings(works=False)), another(WORKS)
    async with running(worker):
        await until(lambda: worker.sharing.is_listening)
        await take_in(web, *[message(chat, f"{chat}", chat_id=chat) for chat in CHATS])
        await until(lambda: len(sink.texts()) == len(CHATS))
    assert sorted(map(int, sink.texts())) == list(CHATS)


async def test_two_who_work_share_the_chats_and_who_ends_leaves_his_to_the_other(
    sink: Sink, another: Callable[[InboxSettings], InboxRunner]
):
    web, first, second = another(InboxSettings(works=False)), another(WORKS), another(WORKS)
    async with running(first):
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(running(second))
            await until(lambda: {first.sharing.seat.of, second.sharing.seat.of} == {2})
            assert [first.sharing.is_ours(chat) != second.sharing.is_ours(chat) for chat in CHATS] == [
                True
            ] * len(CHATS)
            await take_in(web, *[message(chat, f"{chat}", chat_id=chat) for chat in CHATS])
            await until(lambda: len(sink.texts()) == len(CHATS))
        await until(lambda: first.sharing.seat.of == 1)
        await take_in(web, *[message(100 + chat, f"{100 + chat}", chat_id=chat) for chat in CHATS])
        await until(lambda: len(sink.texts()) == 2 * len(CHATS))
    assert sorted(map(int, sink.texts())) == [*CHATS, *(100 + chat for chat in CHATS)]


async def test_a_line_that_breaks_is_taken_up_again(
    sink: Sink, database: Database, another: Callable[[InboxSettings], InboxRunner]
):
    web, worker = another(InboxSettings(works=False)), another(WORKS)
    async with running(worker):
        await until(lambda: worker.sharing.is_listening)
        async with database.session() as session:
            await session.execute(_BREAK, {"name": CHANNEL})
        await until(lambda: not worker.sharing.is_listening)
        await until(lambda: worker.sharing.is_listening)
        await take_in(web, message(1, "1"))
        await until(lambda: sink.texts() == ["1"])


@pytest.mark.parametrize(
    ("chat", "waited", "ours"),
    [
        (4, timedelta(), True),
        (5, timedelta(), False),
        (-2, timedelta(), True),  # a group
        (5, FORSAKEN_AFTER, False),
        (5, FORSAKEN_AFTER + timedelta(seconds=1), True),  # whoever has it does nothing
    ],
)
async def test_a_chat_is_one_processes_until_it_was_forsaken(
    database: Database, chat: int, waited: timedelta, ours: bool
):
    async def sleep(_: float) -> None: ...

    sharing = Sharing(database=database, ready=ReadyChats(), sleep=sleep, seat=Seat(place=0, of=2))
    assert sharing.is_ours(chat, waited) is ours
