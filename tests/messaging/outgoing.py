"""Rows of the outbox: answers, notices and edits."""

from typing import Any

from sqlalchemy import select

from database.engine import Database
from kernel.clock import FixedClock
from messaging.outbox import writing as outbox
from messaging.outbox.message import OutboxMessage
from messaging.outbox.tables import OutboxRow


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


async def rows(database: Database) -> list[OutboxRow]:
    async with database.session() as session:
        return list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))
