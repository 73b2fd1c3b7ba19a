"""What a person may be writing about when their message answers no question: a complaint that is open."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.lifecycle import ComplaintState
from complaints.staff_drafts.tables import StaffDraftRow
from complaints.tables import ComplaintRow, DraftRow


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatter:
    """`asked` is the id of a complaint whose official waits for the citizen's answer, if there is one."""

    asked: int | None


@dataclass(frozen=True, slots=True)
class OpenMatters:
    session: AsyncSession

    async def of(self, person: int) -> OpenMatter | None:
        """None if the person has no unsent complaint or reply, and no official waits for an answer."""
        asked = await self.session.scalar(
            select(ComplaintRow.id)
            .where(
                ComplaintRow.person == person, ComplaintRow.state == ComplaintState.INFORMATION_ASKED.value
            )
            .order_by(ComplaintRow.id.desc())
            .limit(1)
        )
        if asked is not None:
            return OpenMatter(asked=asked)
        writing = exists().where(DraftRow.person == person), exists().where(StaffDraftRow.person == person)
        found = await self.session.execute(select(*writing))
        return OpenMatter(asked=None) if any(found.one()) else None
