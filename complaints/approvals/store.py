"""Approvals of answers in the database; commits nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.approvals.tables import IS_WAITING, ApprovalRow, ApprovalSettingRow

NOTE = "complaint_approvals.note"  # what the head's note is bound to besides its complaint's key


@dataclass(frozen=True, slots=True)
class ApprovalStore:
    session: AsyncSession

    async def is_required(self, organisation: str) -> bool:
        found = await self.session.get(ApprovalSettingRow, organisation)
        return found is not None and found.required

    async def set(self, organisation: str, *, required: bool, by: int, at: datetime) -> None:
        row = ApprovalSettingRow(organisation=organisation, required=required, changed_by=by, changed_at=at)
        await self.session.merge(row)

    async def waiting(self, complaint: int) -> ApprovalRow | None:
        query = select(ApprovalRow).where(ApprovalRow.complaint == complaint, IS_WAITING)
        return await self.session.scalar(query)

    async def last(self, complaint: int) -> ApprovalRow | None:
        query = select(ApprovalRow).where(ApprovalRow.complaint == complaint)
        return await self.session.scalar(query.order_by(ApprovalRow.id.desc()).limit(1))
