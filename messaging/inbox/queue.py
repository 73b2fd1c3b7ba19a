"""The inbox as a queue: claims a chat's lowest unhandled update and marks updates as handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from messaging.inbox.tables import IS_UNHANDLED, InboxRow

# Telegram offers an update for a day at most, and restarts from a random id after a week of silence.
RETENTION = timedelta(days=3)
_INBOX = cast(Table, InboxRow.__table__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """An update to handle now; `more` if the chat has later ones."""

    update_id: int
    payload: str
    attempts: int
    more: bool
    received_at: datetime


_LATER = _INBOX.alias("later")
_LOWEST = (
    select(func.min(_INBOX.c.update_id))
    .where(_INBOX.c.chat_id == bindparam("chat_id"), _INBOX.c.handled_at.is_(None))
    .scalar_subquery()
)
_MORE = exists().where(
    _LATER.c.chat_id == bindparam("chat_id"),
    _LATER.c.handled_at.is_(None),
    _LATER.c.update_id > _INBOX.c.update_id,
)


_CLAIM = (
    select(_INBOX.c.update_id, _INBOX.c.payload, _INBOX.c.attempts, _INBOX.c.received_at, _MORE.label("more"))
    .where(_INBOX.c.update_id == _LOWEST, _INBOX.c.handled_at.is_(None))
    .with_for_update(skip_locked=True, of=_INBOX)
)
_MARK_HANDLED = (
    update(_INBOX)
    .where(_INBOX.c.update_id == bindparam("of"))
    .values(handled_at=bindparam("now"), failed=bindparam("why_failed"), payload="")
)
_WAITING = (
    select(InboxRow.chat_id)
    .where(IS_UNHANDLED)
    .group_by(InboxRow.chat_id)
    .order_by(func.min(InboxRow.update_id))
    .limit(bindparam("limit"))
)


async def claim(session: AsyncSession, chat_id: int) -> Claimed | None:
    """Lock the chat's lowest unhandled update until the transaction ends; None if none is free."""
    row = (await session.execute(_CLAIM, {"chat_id": chat_id})).first()
    return None if row is None else Claimed(**row._mapping)  # noqa: SLF001  public API of SQLAlchemy despite the underscore


async def mark_handled(
    session: AsyncSession, update_id: int, now: datetime, failed: str | None = None
) -> None:
    """Never handle the update again, and erase its payload."""
    await session.execute(_MARK_HANDLED, {"of": update_id, "now": now, "why_failed": failed})


async def count_attempt(session: AsyncSession, update_id: int) -> None:
    await session.execute(
        update(_INBOX).where(_INBOX.c.update_id == update_id).values(attempts=_INBOX.c.attempts + 1)
    )


async def waiting_chats(session: AsyncSession, limit: int) -> Sequence[int]:
    """Chats with an unhandled update, longest waiting first."""
    return (await session.scalars(_WAITING, {"limit": limit})).all()


async def unhandled(session: AsyncSession) -> Sequence[int]:
    """The ids of unhandled updates, left by an earlier run."""
    return (await session.scalars(select(InboxRow.update_id).where(IS_UNHANDLED))).all()


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Delete updates handled more than three days ago."""
    await session.execute(delete(InboxRow).where(InboxRow.handled_at < now - RETENTION))
