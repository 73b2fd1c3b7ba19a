"""Hearings in the database; commits nothing."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.errors import GoneError
from complaints.facts import ComplaintOutcome
from complaints.hearings.hearing import Hearing, HearingForm, HearingGround
from complaints.hearings.tables import HearingRow

IS_STANDING = HearingRow.removed_at.is_(None)


@dataclass(frozen=True, slots=True)
class HearingStore:
    session: AsyncSession

    async def find(self, complaint: int) -> HearingRow | None:
        """The complaint's hearing, unless removed; of older records the last."""
        query = select(HearingRow).where(HearingRow.complaint == complaint, IS_STANDING)
        return await self.session.scalar(query.order_by(HearingRow.id.desc()).limit(1))

    async def get(self, complaint: int) -> HearingRow:
        """Raises GoneError."""
        found = await self.find(complaint)
        if found is None:
            raise GoneError
        return found

    async def hearing(self, complaint: int) -> Hearing | None:
        found = await self.find(complaint)
        return None if found is None else hearing_of(found)


def hearing_of(row: HearingRow) -> Hearing:
    return Hearing(
        id=row.id,
        form=HearingForm(row.form),
        ground=None if row.ground is None else HearingGround(row.ground),
        outcome=None if row.outcome is None else ComplaintOutcome(row.outcome),
        told_on=row.told_on,
        object_by=row.object_by,
        act_from=row.act_from,
        oral_asked=row.oral_asked_at is not None,
        held_on=row.held_on,
        protocol_by=row.protocol_by,
        has_protocol=row.protocol is not None,
        remarks_by=row.remarks_by,
    )
