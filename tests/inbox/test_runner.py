"""An update's way from the inbox to the answer, with a bot that only echoes."""

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

from messaging.inbox import queue
from messaging.inbox.runner import InboxRunner
from messaging.inbox.tables import InboxRow
from messaging.inbox.worker import MOST_ATTEMPTS
from messaging.outbox.tables import OutboxRow
from tests.inbox.conftest import Apologies, running, take_in, until
from tests.inbox.telegram import Sink, message, press


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
    async def pressed(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("pressed")
        await query.answer()


async def _all(runner: InboxRunner, model: Any) -> list[Any]:
    async with runner.database.session() as session:
        return list(await session.scalars(select(model).order_by(*model.__table__.primary_key)))


async def test_each_question_is_answered_in_order(runner: InboxRunner, sink: Sink):
    async with running(runner):
        await take_in(runner, *[message(number, f"q{number}") for number in range(1, 11)])
        await until(lambda: len(sink.texts()) == 10)
    assert sink.texts() == [f"{number}: q{number}" for number in range(1, 11)]


async def test_an_update_that_comes_twice_is_handled_once(runner: InboxRunner, sink: Sink):
    async with running(runner):
        await take_in(runner, message(1, "a"))
        await until(lambda: len(sink.texts()) == 1)
        await take_in(runner, message(1, "a"), message(2, "b"))
        await until(lambda: len(sink.texts()) == 2)
    assert sink.texts() == ["1: a", "2: b"]


async def test_what_was_said_and_asked_is_forgotten_once_it_is_done_with(runner: InboxRunner, sink: Sink):
    async with running(runner):
        await take_in(runner, message(1, "my words"))
        await until(lambda: len(sink.texts()) == 1)
    (inbox,) = await _all(runner, InboxRow)
    (outbox,) = await _all(runner, OutboxRow)
    assert (inbox.payload, outbox.payload) == ("", "")
    assert inbox.handled_at is not None
    assert outbox.sent_at is not None
    assert outbox.message_id == 100


async def test_an_unexpected_error_is_told_once_with_an_incident_and_leaves_no_trace(
    runner: InboxRunner, sink: Sink, apologies: Apologies
):
    async with running(runner):
        await take_in(runner, message(1, "a"), message(2, "break"), message(3, "b"))
        await until(lambda: len(sink.texts()) == 3)
    assert sink.texts() == [
        "1: a",
        "sorry",
        "2: b",
    ]  # the state the broken update had changed was rolled back
    ((kind, incident),) = apologies.told
    assert kind == "RuntimeError"
    assert [row.failed for row in await _all(runner, InboxRow)] == [None, incident, None]


async def test_an_expected_error_is_an_answer_and_no_incident(
    runner: InboxRunner, sink: Sink, apologies: Apologies
):
    async with running(runner):
        await take_in(runner, message(1, "refuse"))
        await until(lambda: len(sink.texts()) == 1)
    assert apologies.told == [("LookupError", None)]
    assert [row.failed for row in await _all(runner, InboxRow)] == [None]


async def test_a_press_edits_the_message_and_is_answered(runner: InboxRunner, sink: Sink):
    async with running(runner):
        await take_in(runner, press(1, "any", message_id=55))
        await until(lambda: len(sink.calls) == 3)
    assert [name for name, _ in sink.calls[1:]] == ["editMessageText", "answerCallbackQuery"]
    assert sink.calls[1][1]["message_id"] == 55


async def test_polled_updates_are_answered(runner: InboxRunner, sink: Sink):
    sink.updates = [message(number, "hello") for number in (1, 2, 3)]
    async with running(runner):
        await until(lambda: len(sink.texts()) == 3)
    assert sink.updates == []  # confirmed


async def test_a_running_update_is_finished_and_no_other_begun_when_the_bot_stops(
    runner: InboxRunner, router: Router, sink: Sink
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


async def test_a_failing_database_is_waited_for_and_nothing_is_marked(
    runner: InboxRunner, router: Router, sink: Sink, apologies: Apologies
):
    failures = [OperationalError("SELECT", {}, sqlite3.OperationalError("database is locked"))] * 2

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
    assert apologies.told == []


async def test_an_update_that_keeps_killing_the_process_is_given_up(
    runner: InboxRunner, sink: Sink, apologies: Apologies
):
    await take_in(runner, message(1, "a"), message(2, "b"))
    async with runner.database.unit_of_work() as work:
        for _ in range(MOST_ATTEMPTS - 1):
            await queue.count_attempt(work.session, 1)
        await work.commit()
    async with running(runner):
        await until(lambda: len(sink.texts()) == 2)
    assert sink.texts() == ["sorry", "1: b"]
    assert [row.attempts for row in await _all(runner, InboxRow)] == [MOST_ATTEMPTS, 1]
    assert apologies.told[0][0] == "KilledTooOftenError"


async def test_an_update_that_cannot_be_read_is_given_up_in_silence(runner: InboxRunner, sink: Sink):
    broken = {"update_id": 1, "message": {"chat": {"id": 7}}}
    async with running(runner):
        await take_in(runner, broken, message(2, "b"))
        await until(lambda: len(sink.texts()) == 1)
    first, second = await _all(runner, InboxRow)
    assert (first.handled_at is not None, first.failed is not None, second.failed) == (True, True, None)


async def test_an_answer_that_a_handler_returns_is_sent_too(runner: InboxRunner, router: Router, sink: Sink):
    @router.edited_message()
    async def returns(message: Message) -> SendMessage:
        return message.answer("returned")

    edited = message(1, "a")
    edited["edited_message"] = edited.pop("message")
    async with running(runner):
        await take_in(runner, edited)
        await until(lambda: sink.texts() == ["returned"])
