"""Officials' drafts in the database; commits nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from complaints.desk_drafts.drafts import DeskDraft, to_json
from complaints.desk_drafts.tables import DeskDraftRow
from complaints.store import AttachmentStore
from complaints.tables import AttachmentRow

KEPT_FOR = timedelta(days=30)  # since it was last changed


@dataclass(frozen=True, slots=True)
class DeskDraftStore:
    session: AsyncSession
    cipher: Cipher

    async def find(self, person: int, subject: str) -> DeskDraftRow | None:
        query = select(DeskDraftRow).where(DeskDraftRow.person == person, DeskDraftRow.subject == subject)
        return await self.session.scalar(
            query.with_for_update(), execution_options={"populate_existing": True}
        )

    def body(self, row: DeskDraftRow) -> str:
        """Raises WrongKeyError where no key of the settings opens it."""
        return self.cipher.open(row.body_cipher)

    async def keep(self, person: int, subject: str, draft: DeskDraft, at: datetime) -> DeskDraftRow:
        row = await self.find(person, subject)
        if row is None:
            row = DeskDraftRow(person=person, subject=subject)
            self.session.add(row)
        row.body_cipher, row.changed_at = self.cipher.close(to_json(draft)), at
        await self.session.flush()
        return row

    async def drop(self, row: DeskDraftRow, at: datetime) -> None:
        """With the files that were not sent."""
        await AttachmentStore(self.session).ask_to_erase(at, AttachmentRow.desk_draft == row.id)
        await self.session.execute(delete(DeskDraftRow).where(DeskDraftRow.id == row.id))

    async def files(self, draft: int) -> tuple[AttachmentRow, ...]:
        return tuple(await AttachmentStore(self.session).of_desk_draft(draft))


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """A broom: what nobody has touched for a month, with its files."""
    old = select(DeskDraftRow.id).where(DeskDraftRow.changed_at < now - KEPT_FOR)
    await AttachmentStore(session).ask_to_erase(now, AttachmentRow.desk_draft.in_(old))
    await session.execute(delete(DeskDraftRow).where(DeskDraftRow.changed_at < now - KEPT_FOR))
