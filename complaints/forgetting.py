"""Remove personal data from closed complaints; counts and audit log stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from complaints import daily_use, drafts
from complaints.actions.context import ComplaintContext, citizen
from complaints.actions.drafting import drop_draft
from complaints.audit_log import BY_SYSTEM, Actor, AuditLog
from complaints.lifecycle import OFFER, LifecycleStep
from complaints.notifier import EVENTS, events_subject
from complaints.store import AttachmentStore, ConsentStore
from complaints.tables import IS_RETAINED, AttachmentRow, ComplaintRow, MessageRow, RatingRow, SelfFiledRow
from complaints.thread import BY_CITIZEN
from database.engine import atomic

RETENTION = timedelta(days=5 * 365 + 2)  # after a complaint is closed: five years, never less
DRAFT_FOR = timedelta(days=30)  # after a draft's last change
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
        closed = [row for row in rows if row.closed_at is not None]
        notifier = await self.context.notifier()
        for row in closed:
            await notifier.dropped(events_subject(row.id), EVENTS + 1)
        await erase(session, closed, now, citizen(by))
        for row in rows:
            if row.closed_at is None:
                row.forget_asked_at = row.forget_asked_at or now
        if len(closed) == len(rows):
            await ConsentStore(session).forget(by)
        return ForgottenCounts(now=len(closed), later=len(rows) - len(closed))


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Retention: complaints closed five years ago or whose person asked for it, and abandoned drafts."""
    asked = and_(ComplaintRow.forget_asked_at.is_not(None), ComplaintRow.closed_at < now - OFFER)
    due = or_(ComplaintRow.closed_at < now - RETENTION, asked)
    query = select(ComplaintRow).where(IS_RETAINED, due).order_by(ComplaintRow.closed_at).limit(_BATCH)
    await erase(session, (await session.scalars(query.with_for_update(skip_locked=True))).all(), now)
    await daily_use.forget_old(session, now)
    left = await drafts.abandoned(session, now - DRAFT_FOR, _BATCH)
    await AttachmentStore(session).ask_to_erase(now, AttachmentRow.draft.in_(left))
    await drafts.drop(session, left)


async def erase(
    session: AsyncSession, rows: Sequence[ComplaintRow], now: datetime, actor: Actor = BY_SYSTEM
) -> None:
    """Remove personal data from closed complaints; the caller commits."""
    ids = [row.id for row in rows]
    for row in rows:
        row.name_cipher = row.iin_cipher = row.phone_cipher = row.represented_cipher = row.text_cipher = None
        row.person = row.seal = None
        row.forgotten_at = now
        await AuditLog(session).add(row, LifecycleStep.FORGET, actor, now, {})
    here = MessageRow.complaint.in_(ids)
    await session.execute(update(MessageRow).where(here).values(text_cipher=None))
    by_citizen = [message_kind.value for message_kind in BY_CITIZEN]
    await session.execute(update(MessageRow).where(here, MessageRow.kind.in_(by_citizen)).values(author=None))
    await session.execute(update(RatingRow).where(RatingRow.complaint.in_(ids)).values(word_cipher=None))
    await AttachmentStore(session).ask_to_erase(now, AttachmentRow.complaint.in_(ids))
    await session.flush()
