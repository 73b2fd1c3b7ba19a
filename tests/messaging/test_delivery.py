"""Outbox rows are sent in order, once, and none is lost."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from database.engine import Database
from kernel.clock import FixedClock
from messaging.outbox import writing as outbox
from messaging.outbox.channel import AttachedFile, Refused
from messaging.outbox.delivery import Delivery
from messaging.outbox.sending import without_quotes
from messaging.outbox.tables import OutboxFile, OutboxRow, UnreachableChat
from messaging.outbox.writing import OutboxMessage
from messaging.periodic import PeriodicJobs
from tests.messaging.recording import BLOCKED, Recorder, delivery_of

NETWORK = Refused(code=0, description="TimeoutError")


def answer(text: str, chat_id: int = 1, **more: Any) -> OutboxMessage:
    payload = {"chat_id": chat_id, "text": text}
    return OutboxMessage(chat_id=chat_id, method="sendMessage", payload=payload, update_id=5, **more)


def notice(text: str, chat_id: int = 1, **more: Any) -> OutboxMessage:
    return OutboxMessage(
        chat_id=chat_id, method="sendMessage", payload={"chat_id": chat_id, "text": text}, **more
    )


def edit(text: str, message_id: int, chat_id: int = 1, **more: Any) -> OutboxMessage:
    payload = {"chat_id": chat_id, "message_id": message_id, "text": text}
    return OutboxMessage(chat_id=chat_id, method="editMessageText", payload=payload, update_id=5, **more)


async def put(database: Database, clock: FixedClock, *messages: OutboxMessage) -> None:
    async with database.unit_of_work() as work:
        await outbox.write(work.session, messages, clock.now())
        await work.commit()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def polling(delivery: Delivery) -> AsyncIterator[None]:
    jobs = PeriodicJobs([delivery.as_job()])
    async with asyncio.TaskGroup() as group:
        group.create_task(delivery.run())
        jobs.start()
        yield
        delivery.stop()
        await jobs.stop(grace_s=10)


async def rows(database: Database) -> list[OutboxRow]:
    async with database.session() as session:
        return list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


async def test_fresh_answer_is_left_to_its_writer_then_polled(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await put(database, clock, answer("fresh"), notice("told", chat_id=2))
    async with polling(delivery):
        await until(lambda: channel.texts() == ["told"])
        clock.instant += timedelta(seconds=2)
        await until(lambda: channel.texts() == ["told", "fresh"])


async def test_rows_of_a_chat_are_sent_in_order_and_erased(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await put(database, clock, *[answer(str(number)) for number in range(30)], answer("other", chat_id=2))
    await delivery.deliver(1)
    assert channel.texts() == [str(number) for number in range(30)]
    done = await rows(database)
    assert [row.sent_at is not None for row in done] == [True] * 30 + [False]
    assert {row.payload for row in done[:30]} == {""}
    assert [row.message_id for row in done[:3]] == [1000, 1001, 1002]


async def test_network_failure_delays_the_chat_without_loss(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    channel.outcomes = [NETWORK, NETWORK]
    await put(database, clock, answer("a"), answer("b"))
    await delivery.deliver(1)
    assert channel.texts() == ["a"]
    await delivery.deliver(1)
    assert channel.texts() == ["a"]  # too early
    clock.advance(timedelta(seconds=1))
    await delivery.deliver(1)
    clock.advance(timedelta(seconds=1.9))
    await delivery.deliver(1)
    assert channel.texts() == ["a", "a"]  # the second pause is longer
    clock.advance(timedelta(seconds=0.2))
    await delivery.deliver(1)
    assert channel.texts() == ["a", "a", "a", "b"]


async def test_blocked_chat_drops_its_pending_messages(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    channel.outcomes = [BLOCKED]
    await put(database, clock, notice("a"), notice("b"), notice("elsewhere", chat_id=2))
    await delivery.deliver(1)
    await delivery.deliver(2)
    assert channel.texts() == ["a", "elsewhere"]
    assert [row.reason for row in await rows(database)] == ["unreachable", "unreachable", None]


async def test_notices_to_a_blocked_chat_are_dropped_until_it_answers(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    channel.outcomes = [BLOCKED]
    await put(database, clock, notice("a"))
    await delivery.deliver(1)
    await put(database, clock, notice("b"))
    await delivery.deliver(1)
    assert channel.texts() == ["a"]
    await put(database, clock, answer("c"), notice("d"))
    await delivery.deliver(1)
    assert channel.texts() == ["a", "c", "d"]
    async with database.session() as session:
        assert await session.scalar(select(func.count()).select_from(UnreachableChat)) == 0


async def test_edit_of_a_just_sent_message_gets_its_id(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await put(
        database,
        clock,
        answer("first", placeholder_message_id=-50),
        edit("second", -50, placeholder_message_id=-51),
        edit("third", -51),
    )
    await delivery.deliver(1)
    assert [json.loads(call.payload).get("message_id") for call in channel.calls] == [None, 1000, 1001]


async def test_edit_of_an_unsent_message_becomes_a_new_message(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    channel.outcomes = [Refused(code=400, description="Bad Request: can't parse entities")]
    await put(database, clock, answer("<b", placeholder_message_id=-50), edit("second", -50))
    await delivery.deliver(1)
    assert [call.method for call in channel.calls] == ["sendMessage", "sendMessage"]
    assert "message_id" not in json.loads(channel.calls[1].payload)


async def test_edit_of_a_missing_message_is_sent_as_a_new_one(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    channel.outcomes = [Refused(code=400, description="Bad Request: message to edit not found")]
    await put(database, clock, edit("second", 77))
    await delivery.deliver(1)
    assert [call.method for call in channel.calls] == ["editMessageText", "sendMessage"]
    assert [row.message_id for row in await rows(database)] == [1001]


async def test_unchanged_edit_counts_as_sent(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    channel.outcomes = [Refused(code=400, description="Bad Request: message is not modified")]
    await put(database, clock, edit("same", 77))
    await delivery.deliver(1)
    (row,) = await rows(database)
    assert (row.sent_at is not None, row.message_id) == (True, 77)


async def test_refused_message_is_dropped_and_the_next_is_sent(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    channel.outcomes = [Refused(code=400, description="Bad Request: can't parse entities")]
    await put(database, clock, answer("a"), answer("b"))
    await delivery.deliver(1)
    assert channel.texts() == ["a", "b"]
    assert [row.reason for row in await rows(database)] == ["refused_400", None]


def test_log_holds_the_error_without_personal_text():
    assert (
        without_quotes('Unsupported start tag "Aliya" at byte offset 3')
        == 'Unsupported start tag "…" at byte offset 3'
    )


async def test_future_notice_waits_without_blocking_others(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await put(database, clock, notice("tomorrow", send_at=clock.now() + timedelta(days=1)), notice("now"))
    await delivery.deliver(1)
    assert channel.texts() == ["now"]
    clock.advance(timedelta(days=1))
    await delivery.deliver(1)
    assert channel.texts() == ["now", "tomorrow"]


async def test_notice_with_a_known_key_is_not_written_twice(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await put(database, clock, notice("a", key="due:1"))
    await put(database, clock, notice("a", key="due:1"), notice("b", key="due:2"))
    await delivery.deliver(1)
    assert channel.texts() == ["a", "b"]


async def test_file_is_sent_with_its_row_and_deleted(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    file = AttachedFile(field="f", name="form.xlsx", content=b"\x00\x01")
    payload = {"chat_id": 1, "document": "attach://f"}
    await put(
        database, clock, OutboxMessage(chat_id=1, method="sendDocument", payload=payload, files=(file,))
    )
    await delivery.deliver(1)
    assert channel.calls[0].files == (file,)
    async with database.session() as session:
        assert await session.scalar(select(func.count()).select_from(OutboxFile)) == 0


async def test_database_is_writable_during_a_telegram_call(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    async def write() -> None:
        async with asyncio.timeout(2):
            await put(database, clock, notice("elsewhere", chat_id=2))

    channel.meanwhile = write
    await put(database, clock, answer("a"))
    await delivery.deliver(1)
    assert len(await rows(database)) == 2


async def test_row_written_during_delivery_is_sent_once(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    async def another() -> None:
        channel.meanwhile = None
        await put(database, clock, answer("b"))
        await delivery.deliver(1)

    channel.meanwhile = another
    await put(database, clock, answer("a"))
    await delivery.deliver(1)
    assert channel.texts() == ["a", "b"]


async def test_edits_are_marked_with_their_new_message(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    """A crash repeats unmarked rows: a repeated edit changes nothing, and only one message comes twice."""
    marked: list[int] = []

    async def count_marked() -> None:
        marked.append(sum(row.sent_at is not None for row in await rows(database)))

    channel.meanwhile = count_marked
    await put(database, clock, edit("a", 1), answer("b"), edit("c", 1), answer("d"), edit("e", 1))
    await delivery.deliver(1)
    assert channel.texts() == ["a", "b", "c", "d", "e"]
    assert marked == [0, 0, 0, 3, 3]


@pytest.mark.postgres
async def test_one_process_sends_to_a_chat_at_a_time(
    postgres_database: Database, channel: Recorder, clock: FixedClock
):
    async def pause() -> None:
        await asyncio.sleep(0.01)

    channel.meanwhile = pause
    one, two = (delivery_of(postgres_database, channel, clock) for _ in range(2))
    await put(postgres_database, clock, *[answer(str(number)) for number in range(15)])
    for _ in range(3):
        async with asyncio.TaskGroup() as group:
            group.create_task(one.deliver(1))
            group.create_task(two.deliver(1))
    assert channel.texts() == [str(number) for number in range(15)]


async def test_loop_polls_pending_rows_and_stops_on_request(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await put(database, clock, *[notice(str(chat), chat_id=chat) for chat in range(1, 31)])
    async with polling(delivery):
        await until(lambda: len(channel.calls) == 30)
    assert sorted(channel.texts(), key=int) == [str(chat) for chat in range(1, 31)]
    assert all(row.sent_at is not None for row in await rows(database))


async def test_old_rows_are_deleted_unless_pending(database: Database, delivery: Delivery, clock: FixedClock):
    await put(database, clock, answer("sent"))
    await delivery.deliver(1)
    await put(database, clock, notice("waiting", send_at=clock.now() + timedelta(days=365)))
    clock.advance(outbox.RETENTION + timedelta(days=1))
    async with database.unit_of_work() as work:
        await outbox.forget_old(work.session, clock.now())
        await work.commit()
    assert [row.sent_at for row in await rows(database)] == [None]
