"""Chat messages that are a complaint's text: editing one adds to the complaint."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.attachments.download_tables import SourceMessageRow


@dataclass(frozen=True, slots=True)
class SourceMessages:
    session: AsyncSession

    async def keep(self, person: int, messages: Iterable[int], complaint: int) -> None:
        await self.forget(person, messages := tuple(messages))
        rows = [{"person": person, "message": one, "complaint": complaint} for one in messages]
        if rows:
            await self.session.execute(insert(SourceMessageRow), rows)

    async def complaint_of(self, person: int, message: int) -> int | None:
        query = select(SourceMessageRow.complaint).where(
            SourceMessageRow.person == person, SourceMessageRow.message == message
        )
        return await self.session.scalar(query)

    async def forget(self, person: int, messages: Iterable[int]) -> None:
        """Telegram may reuse a message id in a chat that was cleared."""
        mine = (SourceMessageRow.person == person, SourceMessageRow.message.in_(tuple(messages)))
        await self.session.execute(delete(SourceMessageRow).where(*mine))
