"""Encrypted drafts of complaints in the database; commits nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from complaints.draft import Draft, from_json, to_json
from complaints.tables import BODY, DraftRow

_AFRESH: Final = {"populate_existing": True}  # a session outlives its transactions; others write between


@dataclass(frozen=True, slots=True)
class DraftStore:
    session: AsyncSession
    cipher: Cipher

    async def of(self, person: int) -> DraftRow | None:
        """The person's draft."""
        query = select(DraftRow).where(DraftRow.person == person)
        return await self.session.scalar(query, execution_options=_AFRESH)

    async def lock(self, person: int) -> DraftRow | None:
        """The person's draft, for this transaction alone."""
        query = select(DraftRow).where(DraftRow.person == person).with_for_update()
        return await self.session.scalar(query, execution_options=_AFRESH)

    def read(self, row: DraftRow) -> Draft:
        """Raises WrongKeyError where no configured key decrypts it."""
        return from_json(self.cipher.open(row.body_cipher, BODY.field, row.person))

    async def add(self, person: int, draft: Draft, at: datetime) -> DraftRow:
        body = self.cipher.close(to_json(draft), BODY.field, person)
        row = DraftRow(person=person, body_cipher=body, made_at=at, changed_at=at)
        self.session.add(row)
        await self.session.flush()
        return row

    async def change(self, row: DraftRow, draft: Draft, at: datetime) -> None:
        row.body_cipher = self.cipher.close(to_json(draft), BODY.field, row.person)
        row.changed_at = at
        await self.session.flush()

    async def drop(self, row: DraftRow) -> None:
        await self.session.delete(row)
        await self.session.flush()


async def abandoned(session: AsyncSession, before: datetime, limit: int) -> Sequence[int]:
    """Drafts last changed before then, locked; those locked elsewhere are skipped."""
    query = select(DraftRow.id).where(DraftRow.changed_at < before).limit(limit)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


async def drop(session: AsyncSession, drafts: Sequence[int]) -> None:
    await session.execute(delete(DraftRow).where(DraftRow.id.in_(drafts)))
