"""What a person may be writing about when their message answers no question: a complaint that is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.lifecycle import ComplaintState
from complaints.staff_drafts.tables import StaffDraftRow
from complaints.tables import ComplaintRow, DraftRow, ExtensionRow

_REPLIES = "complaint/"  # before the id, in the subject of a staff draft


@dataclass(frozen=True, slots=True)
class OpenMatters:
    session: AsyncSession

    async def asked(self, person: int) -> Sequence[int]:
        """The complaints whose officials wait for the person's answer, newest first."""
        query = select(ComplaintRow.id).where(*_asked_of(person))
        return (await self.session.scalars(query.order_by(ComplaintRow.id.desc()))).all()

    async def replying(self, person: int) -> int | None:
        """The complaint to which the person wrote a reply last that is not sent."""
        query = select(StaffDraftRow.subject).where(
            StaffDraftRow.person == person, StaffDraftRow.subject.startswith(_REPLIES)
        )
        subject = await self.session.scalar(query.order_by(StaffDraftRow.changed_at.desc()).limit(1))
        return None if subject is None else int(subject.removeprefix(_REPLIES))

    async def of_notice(self, subject: str) -> int | None:
        """The complaint that a notice with this subject is about."""
        name, _, number = subject.partition("/")
        if name in {"complaint", "complaint_event"}:
            return int(number)
        if name == "complaint_extension":
            return await self.session.scalar(
                select(ExtensionRow.complaint).where(ExtensionRow.id == int(number))
            )
        return None

    async def any(self, person: int) -> bool:
        """Whether the person has an unsent complaint or reply, or an official waits for an answer."""
        open_matters = (
            exists().where(*_asked_of(person)),
            exists().where(DraftRow.person == person),
            exists().where(StaffDraftRow.person == person),
        )
        return any((await self.session.execute(select(*open_matters))).one())


def _asked_of(person: int) -> tuple[ColumnElement[bool], ...]:
    state = ComplaintState.INFORMATION_ASKED.value
    return ComplaintRow.person == person, ComplaintRow.state == state
