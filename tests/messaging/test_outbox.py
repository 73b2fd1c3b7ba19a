"""Batches of any size store messages alike, though larger ones use another statement."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from database.engine import Database
from kernel.clock import FixedClock
from messaging.outbox import writing as outbox
from messaging.outbox.hours import Audience
from messaging.outbox.message import OutboxMessage
from messaging.outbox.writing import MANY, TABLE


def message(number: int, clock: FixedClock) -> OutboxMessage:
    """Every other message has all optional fields; the text holds a NUL and a lone surrogate."""
    optional = {
        "send_at": clock.now() + timedelta(hours=number),
        "placeholder_message_id": -number,
        "update_id": number,
        "subject": f"filing/{number}",
        "version": number,
        "audience": Audience.OFFICIAL,
    }
    payload = {"chat_id": number, "text": "ә\0'\"{}\ud800,\\"}
    return OutboxMessage(
        chat_id=number, method="sendMessage", payload=payload, **(optional if number % 2 else {})
    )


@pytest.mark.parametrize("count", [1, MANY, 3 * MANY])
async def test_messages_are_stored_in_order(database: Database, clock: FixedClock, count: int):
    messages = [message(number, clock) for number in range(count, 0, -1)]
    async with database.unit_of_work() as work:
        assert await outbox.write(work.session, messages, clock.now()) == count
        await work.commit()
    async with database.session() as session:
        rows = (await session.execute(select(TABLE).order_by(TABLE.c.id))).mappings().all()
    assert [{name: row[name] for name in outbox.VALUES} for row in rows] == [
        outbox.values_of(one, clock.now()) for one in messages
    ]
    assert {(row["attempts"], row["sent_at"], row["given_up_at"]) for row in rows} == {(0, None, None)}
