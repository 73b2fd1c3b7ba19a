"""A group that became a supergroup has another id: what waits for it and what is stored of it moves."""

import json
from typing import cast

from sqlalchemy import Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import insert_into
from messaging.dialog_tables import DialogState
from messaging.outbox.tables import IS_OPEN, OutboxRow, UnreachableChat
from messaging.outbox.writing import dumped

_OF_CHAT = ("chat_id", "user_id")  # the state of a whole chat has its id in both
_STATE = cast(Table, DialogState.__table__)


async def follow(session: AsyncSession, old: int, new: int) -> None:
    """Move the open rows of the outbox and the dialog state; what the new chat has already stays."""
    if old == new:
        return
    await _move_outbox(session, old, new)
    await _move_state(session, old, new)
    await session.execute(delete(UnreachableChat).where(UnreachableChat.chat_id == old))


async def _move_outbox(session: AsyncSession, old: int, new: int) -> None:
    waiting = select(OutboxRow.id, OutboxRow.payload).where(OutboxRow.chat_id == old, IS_OPEN)
    for number, payload in (await session.execute(waiting)).all():
        moved = {"chat_id": new, "payload": _addressed(payload, old, new), "next_try_at": None}
        await session.execute(update(OutboxRow).where(OutboxRow.id == number).values(moved))


def _addressed(payload: str, old: int, new: int) -> str:
    fields = json.loads(payload)
    return dumped(fields | {"chat_id": new}) if fields.get("chat_id") == old else payload


async def _move_state(session: AsyncSession, old: int, new: int) -> None:
    rows = (await session.execute(select(_STATE).where(_STATE.c.chat_id == old))).mappings().all()
    if rows:
        moved = [dict(row) | {name: new for name in _OF_CHAT if row[name] == old} for row in rows]
        await session.execute(insert_into(session, _STATE).on_conflict_do_nothing(), moved)
        await session.execute(delete(_STATE).where(_STATE.c.chat_id == old))
