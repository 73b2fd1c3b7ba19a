"""SQL of the delivery: claiming a chat's due rows and marking the results."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, case, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import insert_into
from messaging.outbox.channel import AttachedFile
from messaging.outbox.hours import Audience
from messaging.outbox.tables import FORGOTTEN, IS_OPEN, OutboxFile, OutboxRow, UnreachableChat

BATCH = 20
_OUTBOX = cast(Table, OutboxRow.__table__)
_FILES = cast(Table, OutboxFile.__table__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingMessage:
    """A row to send now."""

    id: int
    chat_id: int
    made_at: datetime
    method: str
    payload: str
    attempts: int
    placeholder_message_id: int | None
    is_notice: bool
    has_files: bool
    key: str | None = None
    subject: str | None = None
    audience: Audience | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """The result of a row: sent, given up for `reason`, to retry at `next_try_at` (its chat waits), or moved
    to `postponed_to` (its chat does not wait).
    """

    id: int
    sent_at: datetime | None = None
    message_id: int | None = None
    given_up_at: datetime | None = None
    reason: str | None = None
    next_try_at: datetime | None = None
    postponed_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatClaim:
    """A chat's due rows, in order; `elsewhere` if another process is sending to the chat."""

    rows: tuple[PendingMessage, ...] = ()
    unreachable: bool = False
    elsewhere: bool = False
    next_try_at: datetime | None = None


_IS_DUE = (
    _OUTBOX.c.chat_id == bindparam("chat_id"),
    _OUTBOX.c.sent_at.is_(None),
    _OUTBOX.c.given_up_at.is_(None),
    _OUTBOX.c.send_at <= bindparam("now"),
)
_DUE = (
    select(
        _OUTBOX.c.id,
        _OUTBOX.c.chat_id,
        _OUTBOX.c.made_at,
        _OUTBOX.c.method,
        _OUTBOX.c.payload,
        _OUTBOX.c.attempts,
        _OUTBOX.c.placeholder_message_id,
        _OUTBOX.c.update_id,
        _OUTBOX.c.has_files,
        _OUTBOX.c.key,
        _OUTBOX.c.subject,
        _OUTBOX.c.audience,
        _OUTBOX.c.next_try_at,
        select(func.min(_OUTBOX.c.id)).where(*_IS_DUE).scalar_subquery().label("lowest"),
        exists().where(UnreachableChat.chat_id == bindparam("chat_id")).label("unreachable"),
    )
    .where(*_IS_DUE)
    .order_by(_OUTBOX.c.id)
    .limit(BATCH)
    .with_for_update(skip_locked=True, of=_OUTBOX)
)


_FILES_OF = (
    select(_FILES.c.field, _FILES.c.name, _FILES.c.content)
    .where(_FILES.c.row_id == bindparam("row"))
    .order_by(_FILES.c.id)
)
_DELETE_FILES = delete(_FILES).where(_FILES.c.row_id.in_(bindparam("rows", expanding=True)))


async def claim(session: AsyncSession, chat_id: int, now: datetime) -> ChatClaim:
    """Lock and read the chat's due rows (SQLite, with one process, has no row locks and needs none)."""
    rows = (await session.execute(_DUE, {"chat_id": chat_id, "now": now})).all()
    if not rows:
        return ChatClaim()
    first = rows[0]
    if first.id != first.lowest:
        return ChatClaim(elsewhere=True)
    if first.next_try_at is not None and first.next_try_at > now:
        return ChatClaim(next_try_at=first.next_try_at)
    return ChatClaim(rows=tuple(_pending(row) for row in rows), unreachable=first.unreachable)


async def due_chats(
    session: AsyncSession, now: datetime, limit: int, fresh: timedelta = timedelta()
) -> Sequence[int]:
    """Chats with messages to send now, longest waiting first.

    Skips untried answers younger than `fresh`: the process that wrote them sends them.
    """
    waits_until = func.max(OutboxRow.next_try_at)
    is_left = or_(OutboxRow.update_id.is_(None), OutboxRow.attempts > 0, OutboxRow.made_at <= now - fresh)
    query = (
        select(OutboxRow.chat_id)
        .where(IS_OPEN, OutboxRow.send_at <= now, is_left)
        .group_by(OutboxRow.chat_id)
        .having(or_(waits_until.is_(None), waits_until <= now))
        .order_by(func.min(OutboxRow.id))
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def files_of(session: AsyncSession, row_id: int) -> tuple[AttachedFile, ...]:
    return tuple(
        AttachedFile(field=file.field, name=file.name, content=file.content)
        for file in await session.execute(_FILES_OF, {"row": row_id})
    )


async def message_ids(session: AsyncSession, placeholders: Collection[int]) -> dict[int, int]:
    """Telegram's ids for the placeholders; messages never created are omitted."""
    query = select(OutboxRow.placeholder_message_id, OutboxRow.message_id).where(
        OutboxRow.placeholder_message_id.in_(placeholders)
    )
    return {
        row.placeholder_message_id: row.message_id
        for row in await session.execute(query)
        if row.message_id is not None
    }


async def mark(session: AsyncSession, results: Sequence[RowResult]) -> None:
    """Store the results of rows; the payload of a finished row is erased."""
    sent = [_sent(result) for result in results if result.sent_at is not None]
    if sent:
        await session.execute(_MARK_SENT, sent)
    for result in results:
        if result.given_up_at is not None:
            given_up = {
                "given_up_at": result.given_up_at,
                "reason": result.reason,
                "payload": "",
                "chat_id": _CHAT_TO_KEEP,
            }
            await session.execute(update(OutboxRow).where(OutboxRow.id == result.id).values(given_up))
        elif result.next_try_at is not None:
            again = {"next_try_at": result.next_try_at, "attempts": OutboxRow.attempts + 1}
            await session.execute(update(OutboxRow).where(OutboxRow.id == result.id).values(again))
        elif result.postponed_to is not None:
            later = {"send_at": result.postponed_to}
            await session.execute(update(OutboxRow).where(OutboxRow.id == result.id).values(later))


async def forget_files(session: AsyncSession, row_ids: Collection[int]) -> None:
    await session.execute(_DELETE_FILES, {"rows": list(row_ids)})


async def mark_unreachable(
    session: AsyncSession, chat_id: int, reason: str, now: datetime, *, forgotten: bool = False
) -> Sequence[str | None]:
    """Give up all that waits for the chat; notices to it are given up from now on, unless the person is
    forgotten. Returns the keys of what waited.
    """
    known = {"chat_id": chat_id, "since": now, "reason": reason}
    if not forgotten:
        await session.execute(insert_into(session, UnreachableChat).values(known).on_conflict_do_nothing())
    given_up = (
        update(OutboxRow)
        .where(OutboxRow.chat_id == chat_id, IS_OPEN, OutboxRow.send_at <= now)
        .values(given_up_at=now, reason=reason, payload="", chat_id=_CHAT_TO_KEEP)
        .returning(OutboxRow.key)
    )
    return (await session.scalars(given_up, execution_options={"synchronize_session": False})).all()


async def mark_reachable(session: AsyncSession, chat_id: int) -> None:
    await session.execute(delete(UnreachableChat).where(UnreachableChat.chat_id == chat_id))


# Of a person who is forgotten, the last message leaves no chat behind.
_CHAT_TO_KEEP = case((_OUTBOX.c.subject == FORGOTTEN, 0), else_=_OUTBOX.c.chat_id)
_MARK_SENT = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("row_id"))
    .values(sent_at=bindparam("at"), message_id=bindparam("message"), payload="", chat_id=_CHAT_TO_KEEP)
)


def _sent(result: RowResult) -> dict[str, Any]:
    return {"row_id": result.id, "at": result.sent_at, "message": result.message_id}


def _pending(row: Row[*tuple[Any, ...]]) -> PendingMessage:
    return PendingMessage(
        id=row.id,
        chat_id=row.chat_id,
        made_at=row.made_at,
        method=row.method,
        payload=row.payload,
        attempts=row.attempts,
        placeholder_message_id=row.placeholder_message_id,
        is_notice=row.update_id is None,
        has_files=row.has_files,
        key=row.key,
        subject=row.subject,
        audience=None if row.audience is None else Audience(row.audience),
    )
