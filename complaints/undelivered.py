"""An extension notice the bot could not deliver: an official must notify the citizen within three days."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.notifier import NotificationTopic
from complaints.tables import ComplaintRow, ExtensionRow
from messaging.outbox.undelivered import UndeliveredNotice


async def extension_notice_undelivered(
    session: AsyncSession,
    given_up: UndeliveredNotice,
    now: datetime,  # noqa: ARG001
) -> None:
    """Mark the extension as unannounced again when its notice reached nobody.

    The tick then reminds the assignee, who notifies the citizen outside the bot (ConfirmExtensionNotice).
    """
    _, complaint, _, stage, recipient = given_up.key.split("/")
    if not stage.startswith(f"{NotificationTopic.EXTENDED}_"):
        return
    citizen = await session.scalar(select(ComplaintRow.person).where(ComplaintRow.id == int(complaint)))
    if citizen == int(recipient):
        undelivered = update(ExtensionRow).where(
            ExtensionRow.complaint == int(complaint), ExtensionRow.approved.is_(True)
        )
        await session.execute(undelivered.values(told_at=None))
