"""Edits wait for the message that they change, and are marked together with the next one."""

import json

from database.engine import Database
from kernel.clock import FixedClock
from messaging.outbox.channel import Refused
from messaging.outbox.delivery import Delivery
from tests.messaging.outgoing import answer, edit, put, rows
from tests.messaging.recording import Recorder


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
    refused = Refused(code=400, description="Bad Request: can't parse entities")
    channel.outcomes = [refused] * 3  # its plain and its short form too
    await put(database, clock, answer("<b", placeholder_message_id=-50), edit("second", -50))
    await delivery.deliver(1)
    assert [call.method for call in channel.calls] == ["sendMessage"] * 4
    assert "message_id" not in json.loads(channel.calls[-1].payload)


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
