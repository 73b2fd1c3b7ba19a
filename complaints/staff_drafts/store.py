"""Staff drafts in the database; commits nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from complaints.staff_drafts.drafts import StaffDraft, to_json
from complaints.staff_drafts.tables import BODY, StaffDraftRow
from complaints.store import AttachmentStore
from complaints.tables import AttachmentRow
from kernel import retention

RETENTION = retention.STAFF_DRAFTS


@dataclass(frozen=True, slots=True)
class StaffDraftStore:
    session: AsyncSession
    cipher: Cipher

    async def find(self, person: int, subject: str) -> StaffDraftRow | None:
        query = select(StaffDraftRow).where(StaffDraftRow.person == person, StaffDraftRow.subject == subject)
        return await self.session.scalar(
            query.with_for_update(), execution_options={"populate_existing": True}
        )

    def body(self, row: StaffDraftRow) -> str:
        """Raises WrongKeyError where no configured key decrypts it."""
        return self.cipher.open(row.body_cipher, BODY.field, row.person, row.subject)

    async def keep(self, person: int, subject: str, draft: StaffDraft, at: datetime) -> StaffDraftRow:
        row = await self.find(person, subject)
        if row is None:
            row = StaffDraftRow(person=person, subject=subject)
            self.session.add(row)
        row.body_cipher = self.cipher.close(to_json(draft), BODY.field, person, subject)
        row.changed_at = at
        await self.session.flush()
        return row

    async def drop(self, row: StaffDraftRow, at: datetime) -> None:
        """Delete the draft and its unsent files."""
        await AttachmentStore(self.session).ask_to_erase(at, AttachmentRow.desk_draft == row.id)
        await self.session.execute(delete(StaffDraftRow).where(StaffDraftRow.id == row.id))

    async def files(self, draft: int) -> tuple[AttachmentRow, ...]:
        return tuple(await AttachmentStore(self.session).of_staff_draft(draft))


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Retention: delete drafts unchanged for a month, with their files."""
    old = select(StaffDraftRow.id).where(StaffDraftRow.changed_at < now - RETENTION)
    await AttachmentStore(session).ask_to_erase(now, AttachmentRow.desk_draft.in_(old))
    await session.execute(delete(StaffDraftRow).where(StaffDraftRow.changed_at < now - RETENTION))
