"""/forget: delete everything stored about a person, closed complaints included."""

from dataclasses import dataclass

from sqlalchemy import delete

from accounts.cipher import Cipher
from accounts.profile.actions import ForgetMe
from complaints.attachments.download_tables import AttachmentDownloadRow, SourceMessageRow
from complaints.forgetting import ForgetComplaints, ForgottenCounts
from database.engine import UnitOfWork, atomic
from knowledge.journal.store import JournalStore


def author_text(telegram_id: int) -> str:
    """What the digest of a journal row's author is made of."""
    return f"journal/{telegram_id}"


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    unit: UnitOfWork
    forget_me: ForgetMe
    forget_complaints: ForgetComplaints
    cipher: Cipher

    @atomic
    async def __call__(self, by: int) -> ForgottenCounts:
        """How many complaints were forgotten, and how many will be once closed."""
        forgotten = await self.forget_complaints(by)
        for table in (AttachmentDownloadRow, SourceMessageRow):
            await self.unit.session.execute(delete(table).where(table.person == by))
        await JournalStore(self.unit.session).forget(self.cipher.digests(author_text(by)))
        await self.forget_me(by)
        return forgotten
