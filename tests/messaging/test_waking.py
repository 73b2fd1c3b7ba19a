"""Intake-only and worker-only processes on one PostgreSQL."""

from collections.abc import Callable

import pytest
from aiogram import Router
from aiogram.types import Message
from sqlalchemy import text

from database.engine import Database
from messaging.inbox.runner import InboxRunner, InboxSettings
from messaging.inbox.waking import CHANNEL
from tests.messaging.conftest import running, take_in, until
from tests.messaging.telegram import FakeTelegram, message

pytestmark = pytest.mark.postgres
WORKS = InboxSettings(takes_in=False, messages_per_second=None, polling_interval_s=3_600)
CHATS = range(1, 41)
_BREAK = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name")


@pytest.fixture
def database(postgres_database: Database) -> Database:
    return postgres_database


@pytest.fixture
def another(runner: InboxRunner) -> Callable[[InboxSettings], InboxRunner]:
    """Another process beside the runner, with its own queues."""

    def make(settings: InboxSettings) -> InboxRunner:
        return InboxRunner(
            database=runner.database,
            bot=runner.bot,
            dispatcher=runner.dispatcher,
            clock=runner.clock,
            error_reporter=runner.error_reporter,
            settings=settings,
        )

    return make


@pytest.fixture(autouse=True)
def echo(router: Router) -> None:
    @router.message()
    async def answer(message: Message) -> None:
        await message.answer(message.text or "")


async def test_worker_is_woken_by_the_intake_and_needs_no_polling(
    sink: FakeTelegram, another: Callable[[InboxSettings], InboxRunner]
):
    web, worker = another(InboxSettings(works=False)), another(WORKS)
    async with running(worker):
        await until(lambda: worker.listener.is_listening)
        await take_in(web, *[message(chat, f"{chat}", chat_id=chat) for chat in CHATS])
        await until(lambda: len(sink.texts()) == len(CHATS))
    assert sorted(map(int, sink.texts())) == list(CHATS)


async def test_two_workers_answer_each_chat_once_and_in_order(
    sink: FakeTelegram, another: Callable[[InboxSettings], InboxRunner]
):
    web, first, second = another(InboxSettings(works=False)), another(WORKS), another(WORKS)
    updates = [message(1_000 * turn + chat, f"{turn}", chat_id=chat) for turn in range(3) for chat in CHATS]
    async with running(first), running(second):
        await until(lambda: first.listener.is_listening and second.listener.is_listening)
        await take_in(web, *updates[: len(CHATS)])
        await take_in(web, *updates[len(CHATS) :])
        await until(lambda: len(sink.texts()) == len(updates))
    sent = [(fields["chat_id"], fields["text"]) for method, fields in sink.calls if method == "sendMessage"]
    assert {chat: [text for to, text in sent if to == chat] for chat in CHATS} == {
        chat: ["0", "1", "2"] for chat in CHATS
    }


async def test_worker_that_stops_leaves_its_chats_to_the_others(
    sink: FakeTelegram, another: Callable[[InboxSettings], InboxRunner]
):
    web, first, second = another(InboxSettings(works=False)), another(WORKS), another(WORKS)
    async with running(first):
        async with running(second):
            await until(lambda: first.listener.is_listening and second.listener.is_listening)
        await take_in(web, *[message(chat, f"{chat}", chat_id=chat) for chat in CHATS])
        await until(lambda: len(sink.texts()) == len(CHATS))
    assert sorted(map(int, sink.texts())) == list(CHATS)


async def test_lost_connection_is_made_again(
    sink: FakeTelegram, database: Database, another: Callable[[InboxSettings], InboxRunner]
):
    web, worker = another(InboxSettings(works=False)), another(WORKS)
    async with running(worker):
        await until(lambda: worker.listener.is_listening)
        async with database.session() as session:
            await session.execute(_BREAK, {"name": CHANNEL})
        await until(lambda: not worker.listener.is_listening)
        await until(lambda: worker.listener.is_listening)
        await take_in(web, message(1, "1"))
        await until(lambda: sink.texts() == ["1"])
