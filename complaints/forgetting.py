"""Remove personal data from closed complaints; counts and audit log stay.

A complaint that was passed on, or taken to the Agency, is one matter: its text and files are needed until the
last body has answered, so the whole chain decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from accounts.access_log.tables import LogActorRow
from accounts.keys.tables import destroy_keys
from complaints import daily_use, drafts
from complaints.actions.context import ComplaintContext, citizen
from complaints.actions.drafting import drop_draft
from complaints.actions.self_filed import forget_old_bodies
from complaints.approvals.tables import ApprovalRow
from complaints.attachments.download_tables import SourceMessageRow
from complaints.audit_log import BY_SYSTEM, Actor, AuditLog, subject_of
from complaints.lifecycle import OFFER, LifecycleStep
from complaints.notes.tables import NoteRow
from complaints.notifier import EVENTS, dates_subject, events_subject
from complaints.service_rating_tables import ServiceRatingRow
from complaints.store import AttachmentStore, ConsentStore, record_of
from complaints.tables import (
    IS_RETAINED,
    AttachmentRow,
    ComplaintConsentRow,
    ComplaintRow,
    MessageRow,
    RatingRow,
    SelfFiledRow,
)
from complaints.thread import BY_CITIZEN
from database.engine import atomic
from kernel import retention
from messaging.outbox import writing as outbox
from messaging.outbox.tables import OutboxRow

RETENTION = retention.COMPLAINTS
OFFICIALS_FOR = retention.OFFICIALS
DRAFT_FOR = retention.DRAFTS
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgottenCounts:
    """How many complaints were forgotten, and how many open ones will be, thirty days after closing."""

    now: int
    later: int


@dataclass(frozen=True, slots=True)
class ForgetComplaints:
    """/forget: delete the person's draft, tracked dates and the content of closed complaints now, of open
    ones later.
    """

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int) -> ForgottenCounts:
        session, now = self.context.session, self.context.now()
        await drop_draft(self.context, by)
        await session.execute(delete(SelfFiledRow).where(SelfFiledRow.person == by))
        mine = ComplaintRow.person == by
        rows = (await session.scalars(select(ComplaintRow).where(mine).with_for_update())).all()
        open_chains = {chain_of(row) for row in rows if row.closed_at is None}
        over = [row for row in rows if chain_of(row) not in open_chains]
        notifier = await self.context.notifier()
        for row in over:
            await notifier.dropped(events_subject(row.id), EVENTS + 1)
        await erase(session, over, now, citizen(by))
        for row in rows:
            if chain_of(row) in open_chains:
                row.forget_asked_at = row.forget_asked_at or now
        if len(over) == len(rows):
            await ConsentStore(session).forget(by)
        return ForgottenCounts(now=len(over), later=len(rows) - len(over))


def chain_of(row: ComplaintRow) -> int:
    """The first complaint of the chain."""
    return row.root or row.id


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Retention: chains closed five years ago or whose person asked for it, and abandoned drafts."""
    asked = and_(ComplaintRow.forget_asked_at.is_not(None), _is_over(now - OFFER))
    query = select(ComplaintRow).where(IS_RETAINED, or_(asked, _is_over(now - RETENTION)))
    locked = query.order_by(ComplaintRow.closed_at).limit(_BATCH).with_for_update(skip_locked=True)
    await erase(session, (await session.scalars(locked)).all(), now)
    await session.execute(delete(LogActorRow).where(LogActorRow.since < now - OFFICIALS_FOR))
    await daily_use.forget_old(session, now)
    await forget_old_bodies(session, now)
    left = await drafts.abandoned(session, now - DRAFT_FOR, _BATCH)
    await AttachmentStore(session).ask_to_erase(now, AttachmentRow.draft.in_(left))
    await drafts.drop(session, left)


def _is_over(since: datetime) -> ColumnElement[bool]:
    """Every complaint of the chain was closed before `since`."""
    other = aliased(ComplaintRow)
    same = func.coalesce(other.root, other.id) == func.coalesce(ComplaintRow.root, ComplaintRow.id)
    open_since = or_(other.closed_at.is_(None), other.closed_at >= since)
    return and_(ComplaintRow.closed_at < since, ~exists().where(same, open_since))


async def erase(
    session: AsyncSession, rows: Sequence[ComplaintRow], now: datetime, actor: Actor = BY_SYSTEM
) -> None:
    """Remove personal data from closed complaints; the caller commits.

    The person behind the citizen's pseudonym goes last: the logs say that it was the citizen who forgot.
    """
    ids = [row.id for row in rows]
    for row in rows:
        await AuditLog(session).add(row, LifecycleStep.FORGET, actor, now, {})
    await _forget_persons(session, rows, now)
    for row in rows:
        row.name_cipher = row.iin_cipher = row.phone_cipher = row.represented_cipher = row.text_cipher = None
        row.person = row.seal = row.iin_digest = row.phone_digest = None
        row.forgotten_at = now
    await destroy_keys(session, [record_of(one) for one in ids])
    here = MessageRow.complaint.in_(ids)
    await session.execute(delete(NoteRow).where(NoteRow.complaint.in_(ids)))
    await session.execute(update(MessageRow).where(here).values(text_cipher=None))
    by_citizen = [message_kind.value for message_kind in BY_CITIZEN]
    await session.execute(update(MessageRow).where(here, MessageRow.kind.in_(by_citizen)).values(author=None))
    for rating in (RatingRow, ServiceRatingRow):
        await session.execute(update(rating).where(rating.complaint.in_(ids)).values(word_cipher=None))
    await session.execute(update(ApprovalRow).where(ApprovalRow.complaint.in_(ids)).values(note_cipher=None))
    await AttachmentStore(session).ask_to_erase(now, AttachmentRow.complaint.in_(ids))
    await session.flush()


async def _forget_persons(session: AsyncSession, rows: Iterable[ComplaintRow], now: datetime) -> None:
    """What else names the citizens: pseudonyms, notices, messages in the chat, and the last consents."""
    forgotten: dict[int, list[int]] = {}
    for row in rows:
        if row.person is not None:
            forgotten.setdefault(row.person, []).append(row.id)
    for person, complaints in forgotten.items():
        aliases = LogActorRow.subject.in_([subject_of(one) for one in complaints])
        await session.execute(delete(LogActorRow).where(LogActorRow.person == person, aliases))
        await session.execute(delete(SourceMessageRow).where(SourceMessageRow.complaint.in_(complaints)))
        subjects = [subject(one) for one in complaints for subject in (dates_subject, events_subject)]
        await outbox.forget_notices(session, person, now, OutboxRow.subject.in_(subjects))
        asked = exists().where(ComplaintRow.person == person, ComplaintRow.id.not_in(complaints))
        consent = delete(ComplaintConsentRow).where(ComplaintConsentRow.person == person, ~asked)
        await session.execute(consent, execution_options={"synchronize_session": False})
