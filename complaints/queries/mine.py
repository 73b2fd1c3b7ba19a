"""A citizen's own complaints with their values, tracked dates and unfinished draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from accounts.errors import GoneError, NotAllowedError
from complaints.actions.context import ComplaintContext
from complaints.actions.drafting import StoredDraft
from complaints.actions.self_filed import SelfFiledBody, SelfFiledComplaint, body_of, self_filed_of
from complaints.case import ComplaintCase, case_of
from complaints.drafts import DraftStore
from complaints.store import CONSENT_VERSION, AttachmentStore, ConsentStore
from complaints.tables import ComplaintRow, SelfFiledRow


@dataclass(frozen=True, slots=True)
class MyComplaints:
    context: ComplaintContext

    async def all(self, by: int, limit: int | None = None) -> Sequence[ComplaintCase]:
        """The person's complaints, newest first."""
        query = select(ComplaintRow).where(ComplaintRow.person == by)
        rows = await self.context.session.scalars(query.order_by(ComplaintRow.id.desc()).limit(limit))
        return [case_of(row) for row in rows]

    async def count(self, by: int) -> int:
        query = select(func.count()).select_from(ComplaintRow).where(ComplaintRow.person == by)
        return (await self.context.session.scalars(query)).one()

    async def self_filed(self, by: int) -> Sequence[SelfFiledComplaint]:
        """The dates of complaints filed outside the bot, while the citizen tracks them."""
        query = select(SelfFiledRow).where(SelfFiledRow.person == by, SelfFiledRow.closed_at.is_(None))
        return [
            self_filed_of(row)
            for row in await self.context.session.scalars(query.order_by(SelfFiledRow.due_on))
        ]

    async def self_filed_body(self, by: int, self_filed: int) -> SelfFiledBody | None:
        """What was handed in and answered; None where it is not kept. Raises GoneError, NotAllowedError."""
        row = await self.context.session.get(SelfFiledRow, self_filed)
        if row is None:
            raise GoneError
        if row.person != by:
            raise NotAllowedError
        return body_of(self.context, row)

    async def consented(self, by: int) -> datetime | None:
        """When the person agreed to the current version of the consent; None if they have not."""
        return await ConsentStore(self.context.session).given(by, CONSENT_VERSION)

    async def draft(self, by: int) -> StoredDraft | None:
        """The person's draft with its files. Raises WrongKeyError."""
        drafts = DraftStore(self.context.session, self.context.cipher)
        found = await drafts.of(by)
        if found is None:
            return None
        files = await AttachmentStore(self.context.session).of_draft(found.id)
        return StoredDraft(id=found.id, draft=drafts.read(found), files=tuple(files))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContent:
    """Decrypted; None where not given or forgotten. `files` came with the complaint."""

    name: str | None
    number: str | None
    phone: str | None
    represented: str | None
    text: str | None
    files: int


@dataclass(frozen=True, slots=True)
class OwnQueries:
    context: ComplaintContext

    async def case(self, by: int, complaint: int) -> ComplaintCase:
        """Raises GoneError, and NotAllowedError for everyone else."""
        return case_of(await self._row(by, complaint))

    async def __call__(self, by: int, complaint: int) -> OwnContent:
        """Raises GoneError, and NotAllowedError for everyone else."""
        row = await self._row(by, complaint)
        files = await AttachmentStore(self.context.session).of_complaints([row.id])
        found = await self.context.keys.content(row)
        return OwnContent(
            name=found.name,
            number=found.iin,
            phone=found.phone,
            represented=found.represented,
            text=found.text,
            files=sum(file.message is None for file in files),
        )

    async def _row(self, by: int, complaint: int) -> ComplaintRow:
        row = await self.context.complaints.get(complaint)
        if row.person != by:
            raise NotAllowedError
        return row
