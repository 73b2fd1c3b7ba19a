"""The way of an update from the inbox to the answer, with an echo bot."""

import asyncio
import sqlite3
from typing import Any

import pytest
from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from messaging.inbox.runner import InboxRunner
from messaging.inbox.tables import InboxRow
from messaging.inbox.unit import count_attempt
from messaging.inbox.worker import MAX_ATTEMPTS
from messaging.outbox.tables import OutboxRow
from tests.messaging.conftest import ErrorReporter, running, take_in, until
from tests.messaging.telegram import FakeTelegram, message, press


@pytest.fixture(autouse=True)
def echo(router: Router) -> None:
    @router.message()
    async def answer(message: Message, state: FSMContext) -> None:
        seen = (await state.get_data()).get("seen", 0) + 1
        await state.update_data(seen=seen)
        if message.text == "break":
            raise RuntimeError("the handler's fault")
        if message.text == "refuse":
            raise LookupError("no such card")
        await message.answer(f"{seen}: {message.text}")

    @router.callback_query()
    async def on_callback(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("pressed")
        await query.answer()


async def _all(runner: InboxRunner, model: Any) -> list[Any]:
    async with runner.database.session() as session:
        return list(await session.scalars(select(model).order_by(*model.__table__.primary_key)))


async def test_questions_are_answered_in_order(runner: InboxRunner, sink: FakeTelegram):
    async with running(runner):
        await take_in(runner, *[message(number, f"q{number}") for number in range(1, 11)])
        await until(lambda: len(sink.texts()) == 10)
    assert sink.texts() == [f"{number}: q{number}" for number in range(1, 11)]


async def test_repeated_update_is_handled_once(runner: InboxRunner, sink: FakeTelegram):
    async with running(runner):
        await take_in(runner, message(1, "a"))
        await until(lambda: len(sink.texts()) == 1)
        await take_in(runner, message(1, "a"), message(2, "b"))
        await until(lambda: len(sink.texts()) == 2)
    assert sink.texts() == ["1: a", "2: b"]


async def test_handled_payloads_are_erased(runner: InboxRunner, sink: FakeTelegram):
    async with running(runner):
        await take_in(runner, message(1, "my words"))
        await until(lambda: len(sink.texts()) == 1)
    (inbox,) = await _all(runner, InboxRow)
    (outbox,) = await _all(runner, OutboxRow)
    assert (inbox.payload, outbox.payload) == ("", "")
    assert inbox.handled_at is not None
    assert outbox.sent_at is not None
    assert outbox.message_id == 100


async def test_unexpected_error_is_reported_once_and_rolled_back(
    runner: InboxRunner, sink: FakeTelegram, reporter: ErrorReporter
):
    async with running(runner):
        await take_in(runner, message(1, "a"), message(2, "break"), message(3, "b"))
        await until(lambda: len(sink.texts()) == 3)
    assert sink.texts() == [
        "1: a",
        "sorry",
        "2: b",
    ]  # the state changed by the failed update was rolled back
    ((kind, incident),) = reporter.reported
    assert kind == "RuntimeError"
    assert [row.failed for row in await _all(runner, InboxRow)] == [None, incident, None]


async def test_expected_error_is_an_answer_without_incident(
    runner: InboxRunner, sink: FakeTelegram, reporter: ErrorReporter
):
    async with running(runner):
        await take_in(runner, message(1, "refuse"))
        await until(lambda: len(sink.texts()) == 1)
    assert reporter.reported == [("LookupError", None)]
    assert [row.failed for row in await _all(runner, InboxRow)] == [None]


async def test_callback_edits_the_message_and_is_answered(runner: InboxRunner, sink: FakeTelegram):
    async with running(runner):
        await take_in(runner, press(1, "any", message_id=55))
        await until(lambda: len(sink.calls) == 2)
    assert [name for name, _ in sink.calls] == ["editMessageText", "answerCallbackQuery"]
    assert sink.calls[0][1]["message_id"] == 55


async def test_polled_updates_are_answered(runner: InboxRunner, sink: FakeTelegram):
    sink.updates = [message(number, "hello") for number in (1, 2, 3)]
    async with running(runner):
        await until(lambda: len(sink.texts()) == 3)
    assert sink.updates == []  # confirmed


async def test_stopping_finishes_only_the_running_update(
    runner: InboxRunner, router: Router, sink: FakeTelegram
):
    begun, may_end = asyncio.Event(), asyncio.Event()

    @router.edited_message()
    async def slow(message: Message) -> None:
        begun.set()
        await may_end.wait()
        await message.answer("finished")

    edited = message(1, "slow")
    edited["edited_message"] = edited.pop("message")
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(runner.run())
        await take_in(runner, edited, message(2, "never begun"))
        await begun.wait()
        await runner.stop()
        may_end.set()
    assert sink.texts() == ["finished"]
    assert [row.handled_at is None for row in await _all(runner, InboxRow)] == [False, True]


async def test_database_failure_is_retried_without_marking(
    runner: InboxRunner, router: Router, sink: FakeTelegram, reporter: ErrorReporter
):
    failures = [OperationalError("SELECT", {}, sqlite3.OperationalError("database is locked"))] * 2
    runner.sleep = lambda _: asyncio.sleep(0)

    @router.edited_message()
    async def fails(message: Message) -> None:
        if failures:
            raise failures.pop()
        await message.answer("at last")

    edited = message(1, "a")
    edited["edited_message"] = edited.pop("message")
    async with running(runner):
        await take_in(runner, edited)
        await until(lambda: sink.texts() == ["at last"])
    assert reporter.reported == []


async def test_update_that_kills_the_process_is_dropped(
    runner: InboxRunner, sink: FakeTelegram, reporter: ErrorReporter
):
    await take_in(runner, message(1, "a"), message(2, "b"))
    async with runner.database.unit_of_work() as work:
        for _ in range(MAX_ATTEMPTS - 1):
            await count_attempt(work.session, 1)
        await work.commit()
    async with running(runner):
        await until(lambda: len(sink.texts()) == 2)
    assert sink.texts() == ["sorry", "1: b"]
    assert [row.attempts for row in await _all(runner, InboxRow)] == [MAX_ATTEMPTS, 1]
    assert reporter.reported[0][0] == "KilledTooOftenError"


async def test_unreadable_update_is_apologised_for(runner: InboxRunner, sink: FakeTelegram):
    broken = {"update_id": 1, "message": {"chat": {"id": 7}}}
    async with running(runner):
        await take_in(runner, broken, message(2, "b"))
        await until(lambda: len(sink.texts()) == 2)
    assert sink.texts()[0] == "sorry"
    first, second = await _all(runner, InboxRow)
    assert (first.handled_at is not None, first.failed is not None, second.failed) == (True, True, None)


async def test_answer_returned_by_a_handler_is_sent(runner: InboxRunner, router: Router, sink: FakeTelegram):
    @router.edited_message()
    async def returns(message: Message) -> SendMessage:
        return message.answer("returned")

    edited = message(1, "a")
    edited["edited_message"] = edited.pop("message")
    async with running(runner):
        await take_in(runner, edited)
        await until(lambda: sink.texts() == ["returned"])
