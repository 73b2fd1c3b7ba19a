"""Reminders that were written when an administrator turns them off, and wait to be sent: taken back."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from messaging.outbox.tables import IS_OPEN_NOTICE, OutboxRow
from reminders.generation import lock
from reminders.notifier import SUBJECT
from reminders.store import chunks
from reminders.tables import IS_OPEN, FilingRow

_QUIET = {"synchronize_session": False}


async def withdraw_reminders(session: AsyncSession, now: datetime) -> None:
    """Send none of them, and let what they told of be due again: it is told anew once reminders are on.

    Waits for a tick that is telling; what is on its way to Telegram this second goes out. The caller commits.
    """
    await lock(session)
    letters = select(OutboxRow.id, OutboxRow.made_at).where(
        IS_OPEN_NOTICE, OutboxRow.subject.startswith(SUBJECT, autoescape=True)
    )
    rows = (await session.execute(letters.with_for_update(skip_locked=True))).all()
    dropped = {"given_up_at": now, "reason": "dropped", "payload": ""}
    for part in chunks([row.id for row in rows]):
        gone = update(OutboxRow).where(OutboxRow.id.in_(part)).values(dropped)
        await session.execute(gone, execution_options=_QUIET)
    for made_at in {row.made_at for row in rows}:  # a tick notes one moment for all that it tells of
        due = update(FilingRow).where(IS_OPEN, FilingRow.told_at == made_at).values(remind_at=made_at)
        await session.execute(due, execution_options=_QUIET)
