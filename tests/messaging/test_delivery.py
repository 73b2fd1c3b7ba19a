"""Outbox rows are sent in order, once, and none is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from database.engine import Database
from kernel.clock import FixedClock
from messaging.outbox import writing as outbox
from messaging.outbox.channel import AttachedFile, Refused
from messaging.outbox.delivery import Delivery
from messaging.outbox.message import OutboxMessage
from messaging.outbox.sending import without_quotes
from messaging.outbox.tables import OutboxFile, UnreachableChat
from messaging.periodic import PeriodicJobs
from tests.messaging.outgoing import answer, notice, put, rows
from tests.messaging.recording import BLOCKED, Recorder, delivery_of

NETWORK = Refused(code=0, description="TimeoutError")


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


async def test_fresh_answer_is_left_to_its_writer_then_polled(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await put(database, clock, answer("fresh"), notice("told", chat_id=2))
    async with polling(delivery):
        await until(lambda: channel.texts() == ["told"])
        clock.instant += timedelta(seconds=2)
        await until(lambda: channel.texts() == ["told", "fresh"])


async def test_unforeseen_error_of_one_chat_stops_no_other(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    async def fail_once() -> None:
        channel.meanwhile = None
        raise RuntimeError("a fault of ours")

    channel.meanwhile = fail_once
    await put(database, clock, notice("broken"), notice("whole", chat_id=2))
    async with polling(delivery):
        await until(lambda: channel.texts() == ["broken", "whole"])
        delivery._failed.clear()
        await until(lambda: channel.texts() == ["broken", "whole", "broken"])


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


async def test_refused_message_is_dropped_and_the_next_is_sent(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    channel.outcomes = [Refused(code=400, description="Bad Request: can't parse entities")] * 3
    await put(database, clock, answer("a"), answer("b"))
    await delivery.deliver(1)
    assert channel.texts() == ["a", "a", "a", "b"]  # its short forms were refused too
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
