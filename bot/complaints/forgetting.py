"""/forget: all that is kept of a person, his complaints included as far as they are closed."""

from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.kept.actions import ForgetMe
from bot.complaints.tables import FetchRow, ToldMessageRow
from complaints.forgetting import ForgetComplaints, Forgotten


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    session: AsyncSession
    forget_me: ForgetMe
    forget_complaints: ForgetComplaints

    async def __call__(self, by: int) -> Forgotten:
        """How many complaints were forgotten, and how many will be once they are closed."""
        forgotten = await self.forget_complaints(by)
        for table in (FetchRow, ToldMessageRow):
            await self.session.execute(delete(table).where(table.person == by))
        await self.forget_me(by)
        return forgotten
