"""What a message in a chat was, and which notices a chat was sent before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from messaging.outbox.tables import IS_NOTICE, OutboxRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SentNotice:
    subject: str
    audience: str | None


async def notice_sent(session: AsyncSession, chat_id: int, message_id: int) -> SentNotice | None:
    """The notice that has this id in the chat, or of which a part has it."""
    query = select(OutboxRow.subject, OutboxRow.audience).where(
        OutboxRow.chat_id == chat_id, OutboxRow.message_id == message_id, IS_NOTICE
    )
    row = (await session.execute(query.limit(1))).first()
    return None if row is None else SentNotice(subject=row.subject or "", audience=row.audience)


_MOST = 200  # of the last notices of a chat


@dataclass(frozen=True, slots=True, kw_only=True)
class PastNotice:
    """A notice that was written: sent, given up, or still waiting until `send_at` or longer."""

    id: int
    key: str
    subject: str
    made_at: datetime
    send_at: datetime
    sent_at: datetime | None
    is_open: bool


async def past_notices(
    session: AsyncSession, chat_id: int, subjects: Collection[str]
) -> Sequence[PastNotice]:
    """The last notices of these subjects in the chat, newest first."""
    row = OutboxRow
    query = select(row.id, row.key, row.subject, row.made_at, row.send_at, row.sent_at, row.given_up_at)
    mine = (row.chat_id == chat_id, IS_NOTICE, row.subject.in_(subjects))
    return [
        PastNotice(
            id=one.id,
            key=one.key,
            subject=one.subject,
            made_at=one.made_at,
            send_at=one.send_at,
            sent_at=one.sent_at,
            is_open=one.sent_at is None and one.given_up_at is None,
        )
        for one in await session.execute(query.where(*mine).order_by(row.id.desc()).limit(_MOST))
    ]
