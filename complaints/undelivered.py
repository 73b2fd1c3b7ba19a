"""An extension that the bot could not tell of: somebody else has to, and the law gives him three days."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.notifier import NotificationTopic
from complaints.tables import ComplaintRow, ExtensionRow
from messaging.outbox.undelivered import UndeliveredNotice

SUBJECT = "complaint_event"  # of telling.events_subject


async def extension_notice_undelivered(
    session: AsyncSession,
    given_up: UndeliveredNotice,
    now: datetime,  # noqa: ARG001
) -> None:
    """The extension counts as untold again where its notice to the citizen reached nobody.

    The tick then reminds whoever has the complaint; he tells the citizen himself (ConfirmExtensionNotice).
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
