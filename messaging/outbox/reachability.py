"""Which chats can be reached: a person may have blocked the bot."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from messaging.outbox.tables import UnreachableChat


async def unreachable_since(session: AsyncSession, chats: Collection[int]) -> dict[int, datetime]:
    """Unreachable ones of `chats` and since when; they become reachable when an answer gets through."""
    query = select(UnreachableChat.chat_id, UnreachableChat.since).where(UnreachableChat.chat_id.in_(chats))
    return {row.chat_id: row.since for row in await session.execute(query)}
