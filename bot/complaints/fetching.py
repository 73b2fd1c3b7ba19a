"""Files on their way from Telegram: noted in the update's transaction, fetched when none is open.

A download may hang, so no transaction waits for it; and a process that is killed meanwhile loses nothing, as
the note stays until the file is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.complaints.tables import FetchRow
from complaints.attachments.sniffing import LARGEST_BYTES, FileTooLargeError
from complaints.draft import MOST_FILES
from complaints.errors import TooManyFilesError
from complaints.tables import AttachmentRow
from deadlines.clock import Clock

MOST_ATTEMPTS = 8
_LEASE = timedelta(minutes=2)  # longer than a download may take
_AT_ONCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file as a message names it; its size is what the client says, checked again once it is here."""

    file_id: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Fetches:
    session: AsyncSession
    clock: Clock

    async def for_draft(self, person: int, draft: int, file: Incoming) -> None:
        """Raises FileTooLargeError, TooManyFilesError."""
        _check_size(file)
        kept = select(func.count()).where(
            AttachmentRow.draft == draft, AttachmentRow.erase_asked_at.is_(None)
        )
        waiting = select(func.count()).where(FetchRow.draft == draft)
        count = (await self.session.scalar(kept) or 0) + (await self.session.scalar(waiting) or 0)
        if count >= MOST_FILES:
            raise TooManyFilesError(most=MOST_FILES)
        self._add(FetchRow(person=person, draft=draft, file_id=file.file_id))
        await self.session.flush()

    async def for_complaint(self, person: int, complaint: int, file: Incoming) -> None:
        """Raises FileTooLargeError, TooManyFilesError."""
        _check_size(file)
        waiting = select(func.count()).where(FetchRow.complaint == complaint)
        if (await self.session.scalar(waiting) or 0) >= MOST_FILES:
            raise TooManyFilesError(most=MOST_FILES)
        self._add(FetchRow(person=person, complaint=complaint, file_id=file.file_id))
        await self.session.flush()

    async def for_reply(self, person: int, desk_draft: int, file: Incoming) -> None:
        """A file of what an official is typing. Raises FileTooLargeError, TooManyFilesError."""
        _check_size(file)
        kept = select(func.count()).where(
            AttachmentRow.desk_draft == desk_draft, AttachmentRow.erase_asked_at.is_(None)
        )
        count = (await self.session.scalar(kept) or 0) + await self.of_reply(desk_draft)
        if count >= MOST_FILES:
            raise TooManyFilesError(most=MOST_FILES)
        self._add(FetchRow(person=person, desk_draft=desk_draft, file_id=file.file_id))
        await self.session.flush()

    async def of_reply(self, desk_draft: int) -> int:
        """How many files of what an official is typing are still on their way."""
        query = select(func.count()).where(FetchRow.desk_draft == desk_draft)
        return await self.session.scalar(query) or 0

    async def waiting(self, person: int) -> int:
        """How many files for the person's draft are still on their way."""
        query = select(func.count()).where(FetchRow.person == person, FetchRow.draft.is_not(None))
        return await self.session.scalar(query) or 0

    async def drop(self, draft: int) -> None:
        """What was on its way to the draft is not wanted any more."""
        await self.session.execute(delete(FetchRow).where(FetchRow.draft == draft))

    async def claim(self) -> Sequence[FetchRow]:
        """Files to be fetched now; nobody else takes them for two minutes. The caller commits."""
        now = self.clock.now()
        query = select(FetchRow).where(FetchRow.try_at <= now).order_by(FetchRow.id).limit(_AT_ONCE)
        found = (await self.session.scalars(query.with_for_update(skip_locked=True))).all()
        for row in found:
            row.attempts += 1
            row.try_at = now + _LEASE
        await self.session.flush()
        return found

    async def is_due(self) -> bool:
        query = select(FetchRow.id).where(FetchRow.try_at <= self.clock.now()).limit(1)
        return await self.session.scalar(query) is not None

    async def finish(self, number: int) -> bool:
        """The note is done with; False where it was taken back, and the file is not wanted."""
        gone = delete(FetchRow).where(FetchRow.id == number).returning(FetchRow.id)
        return await self.session.scalar(gone) is not None

    async def try_again(self, number: int, attempts: int) -> None:
        later = self.clock.now() + timedelta(seconds=2**attempts)
        await self.session.execute(update(FetchRow).where(FetchRow.id == number).values(try_at=later))

    def _add(self, row: FetchRow) -> None:
        row.attempts, row.made_at, row.try_at = 0, self.clock.now(), self.clock.now()
        self.session.add(row)


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """A broom: notes that nobody could fetch for a week, and those of drafts and complaints that are gone."""
    await session.execute(
        delete(FetchRow).where(or_(FetchRow.made_at < now - timedelta(days=7), FetchRow.attempts > 100))
    )


def _check_size(file: Incoming) -> None:
    if file.size is not None and file.size > LARGEST_BYTES:
        raise FileTooLargeError
