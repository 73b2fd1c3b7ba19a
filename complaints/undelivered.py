"""A notice that the bot could not deliver: what an official must then tell the citizen in another way."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.hearings.telling import preliminary_undelivered
from complaints.notifier import NotificationTopic
from complaints.tables import ComplaintRow, ExtensionRow
from messaging.outbox.undelivered import UndeliveredNotice


async def notice_undelivered(session: AsyncSession, given_up: UndeliveredNotice, now: datetime) -> None:
    """What counted as told to the citizen no longer does when its notice reached nobody.

    Each morning's digest then reminds the assignee, who tells the citizen outside the bot
    (ConfirmExtensionNotice, NotePreliminaryTold).
    """
    _, complaint, _, stage, recipient = given_up.key.split("/")
    topic = stage.rpartition("_")[0]
    if topic not in {NotificationTopic.EXTENDED, NotificationTopic.PRELIMINARY}:
        return
    citizen = await session.scalar(select(ComplaintRow.person).where(ComplaintRow.id == int(complaint)))
    if citizen != int(recipient):
        return
    if topic == NotificationTopic.PRELIMINARY:
        await preliminary_undelivered(session, int(complaint), now)
        return
    undelivered = update(ExtensionRow).where(
        ExtensionRow.complaint == int(complaint), ExtensionRow.approved.is_(True)
    )
    await session.execute(undelivered.values(told_at=None))
