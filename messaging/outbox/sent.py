"""What a message in a chat was: asked when somebody replies to it."""

from dataclasses import dataclass

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
