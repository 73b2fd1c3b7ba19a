"""An extension that the bot could not tell of: somebody else has to, and the law gives him three days."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.tables import ComplaintRow, ExtensionRow
from complaints.telling import Told
from messaging.outbox.given_up import GivenUp

SUBJECT = "complaint_event"  # of telling.events_subject


async def extension_not_told(session: AsyncSession, given_up: GivenUp, now: datetime) -> None:  # noqa: ARG001
    """The extension counts as untold again where its notice to the citizen reached nobody.

    The tick then reminds whoever has the complaint; he tells the citizen himself (TellExtension).
    """
    _, complaint, _, stage, recipient = given_up.key.split("/")
    if not stage.startswith(f"{Told.EXTENDED}_"):
        return
    citizen = await session.scalar(select(ComplaintRow.person).where(ComplaintRow.id == int(complaint)))
    if citizen == int(recipient):
        untold = update(ExtensionRow).where(
            ExtensionRow.complaint == int(complaint), ExtensionRow.approved.is_(True)
        )
        await session.execute(untold.values(told_at=None))
