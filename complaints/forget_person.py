"""/forget: delete everything stored about a person, closed complaints included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from accounts.cipher import Cipher
from accounts.keys.tables import destroy_keys, owner_of_author, owner_of_person
from accounts.officials.store import MembershipStore
from accounts.officials.tables import InvitationRow
from accounts.profile.actions import ForgetMe
from complaints.attachments.download_tables import AttachmentDownloadRow, SourceMessageRow
from complaints.forgetting import ForgetComplaints, ForgottenCounts
from complaints.notifier import dates_subject, events_subject
from complaints.staff_drafts.tables import StaffDraftRow
from complaints.tables import ComplaintRow
from database.engine import UnitOfWork, atomic
from knowledge.journal.store import JournalStore
from messaging.inbox import unit as inbox
from messaging.outbox import writing as outbox
from messaging.outbox.hours import Audience
from messaging.outbox.tables import NoticeSubject, OutboxRow, UnreachableChat
from messaging.voice.tables import VoiceDownloadRow
from notifications.notices import NoticeKind

PERSONAL: tuple[InstrumentedAttribute[Any], ...] = (  # rows that are the person's own, by whose they are
    AttachmentDownloadRow.person,
    SourceMessageRow.person,
    StaffDraftRow.person,
    VoiceDownloadRow.person,
    UnreachableChat.chat_id,
)


def author_text(telegram_id: int) -> str:
    """What the digest of a journal row's author is made of."""
    return f"journal/{telegram_id}"


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """`also` are personal rows of rooms that this one does not know.

    What was done in office stays with the organisation, and so do notices of it while a role lasts.
    """

    unit: UnitOfWork
    forget_me: ForgetMe
    forget_complaints: ForgetComplaints
    cipher: Cipher
    also: Sequence[InstrumentedAttribute[Any]] = ()

    @atomic
    async def __call__(self, by: int) -> ForgottenCounts:
        """How many complaints were forgotten, and how many will be once closed."""
        session = self.unit.session
        forgotten = await self.forget_complaints(by)
        for whose in (*PERSONAL, *self.also):
            await session.execute(delete(whose.class_).where(whose == by))
        authors = self.cipher.digests(author_text(by))
        await JournalStore(session).forget(authors)
        await destroy_keys(session, [owner_of_person(by), *map(owner_of_author, authors)])
        await self.forget_me(by)
        await _forget_invitations(session, by, self.forget_complaints.context.now())
        await self._forget_messages(by)
        if (unit := inbox.current_unit()) is not None:
            unit.forgotten = True
        return forgotten

    async def _forget_messages(self, by: int) -> None:
        session = self.unit.session
        left = select(ComplaintRow.id).where(ComplaintRow.person == by)
        open_matters = [
            subject(one) for one in await session.scalars(left) for subject in (dates_subject, events_subject)
        ]
        which = OutboxRow.subject.is_(None) | OutboxRow.subject.not_in(open_matters)
        if await MembershipStore(session).of_person(by):
            which &= OutboxRow.audience.is_distinct_from(Audience.OFFICIAL.value)
        else:
            of_person = [kind.of(by) for kind in (NoticeKind.COMPLAINT_DIGEST, NoticeKind.REMINDERS)]
            await session.execute(delete(NoticeSubject).where(NoticeSubject.subject.in_(of_person)))
        now = self.forget_complaints.context.now()
        await outbox.forget_chat(session, by, now, which)
        await inbox.forget_handled(session, by)


async def _forget_invitations(session: AsyncSession, by: int, now: datetime) -> None:
    """Links that were opened and led to no role; one that still waits is of no use to anybody else."""
    opened = update(InvitationRow).where(InvitationRow.taken_by == by, InvitationRow.accepted.is_not(True))
    refused = {
        "decided_at": func.coalesce(InvitationRow.decided_at, literal(now, InvitationRow.decided_at.type)),
        "accepted": False,
        "taken_by": None,
    }
    await session.execute(opened.values(refused), execution_options={"synchronize_session": False})
