"""Who can be reached: Telegram tells when somebody has blocked the bot."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from messaging.outbox.tables import UnreachableChat


async def unreachable_since(session: AsyncSession, chats: Collection[int]) -> dict[int, datetime]:
    """Those of `chats` whose notices are given up, and since when; until an answer reaches them again."""
    query = select(UnreachableChat.chat_id, UnreachableChat.since).where(UnreachableChat.chat_id.in_(chats))
    return {row.chat_id: row.since for row in await session.execute(query)}
