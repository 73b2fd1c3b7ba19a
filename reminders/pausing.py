"""Withdraw unsent reminders when an administrator turns reminders off."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from messaging.outbox.tables import IS_OPEN_NOTICE, OutboxRow
from notifications.notices import NoticeKind
from reminders.generation import lock
from reminders.store import chunks
from reminders.tables import IS_OPEN, FilingRow

_QUIET = {"synchronize_session": False}


async def withdraw_reminders(session: AsyncSession, now: datetime) -> None:
    """Cancel unsent reminders and make their filings due again, so that they are sent once reminders are on.

    Waits for a running tick; messages being delivered right now still go out. The caller commits.
    """
    await lock(session)
    pending = select(OutboxRow.id, OutboxRow.made_at).where(
        IS_OPEN_NOTICE, OutboxRow.subject.startswith(f"{NoticeKind.REMINDERS}/")
    )
    rows = (await session.execute(pending.with_for_update(skip_locked=True))).all()
    dropped = {"given_up_at": now, "reason": "dropped", "payload": ""}
    for part in chunks([row.id for row in rows]):
        drop = update(OutboxRow).where(OutboxRow.id.in_(part)).values(dropped)
        await session.execute(drop, execution_options=_QUIET)
    for made_at in {row.made_at for row in rows}:  # a tick stamps all its reminders with one moment
        due = update(FilingRow).where(IS_OPEN, FilingRow.told_at == made_at).values(remind_at=made_at)
        await session.execute(due, execution_options=_QUIET)
