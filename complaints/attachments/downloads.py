"""Pending downloads for drafts, complaints and staff drafts: at most ten for each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.attachments.download_tables import AttachmentDownloadRow
from complaints.attachments.sniffing import LARGEST_BYTES, FileTooLargeError
from complaints.daily_use import check_files_of_complaint
from complaints.draft import MOST_FILES
from complaints.errors import TooManyFilesError
from complaints.store import COUNT_OF_DRAFT
from complaints.tables import AttachmentRow
from kernel import retention
from kernel.clock import Clock
from messaging.downloads.queue import DownloadQueue, SentFile

_WAITING = select(func.count()).where(AttachmentDownloadRow.draft == bindparam("draft_"))
_COUNTS = select(
    COUNT_OF_DRAFT.scalar_subquery().label("stored"), _WAITING.scalar_subquery().label("waiting")
)


@dataclass(frozen=True, slots=True)
class AttachmentDownloads:
    session: AsyncSession
    clock: Clock

    async def for_draft(self, person: int, draft: int, file: SentFile) -> None:
        """Raises FileTooLargeError, TooManyFilesError."""
        _check_size(file)
        if sum(await self.counts(draft)) >= MOST_FILES:
            raise TooManyFilesError(most=MOST_FILES)
        await self._add(AttachmentDownloadRow(person=person, draft=draft, file_id=file.file_id))

    async def for_complaint(self, person: int, complaint: int, file: SentFile) -> None:
        """Raises FileTooLargeError, TooManyFilesError, FilesHeavyError."""
        _check_size(file)
        waiting = select(func.count()).where(AttachmentDownloadRow.complaint == complaint)
        before = [0] * (await self.session.scalar(waiting) or 0)
        await check_files_of_complaint(self.session, complaint, [*before, file.size or 0])
        await self._add(AttachmentDownloadRow(person=person, complaint=complaint, file_id=file.file_id))

    async def for_reply(self, person: int, desk_draft: int, file: SentFile) -> None:
        """A file of a staff draft. Raises FileTooLargeError, TooManyFilesError."""
        _check_size(file)
        stored = select(func.count()).where(
            AttachmentRow.desk_draft == desk_draft, AttachmentRow.erase_asked_at.is_(None)
        )
        count = (await self.session.scalar(stored) or 0) + await self.of_reply(desk_draft)
        if count >= MOST_FILES:
            raise TooManyFilesError(most=MOST_FILES)
        await self._add(AttachmentDownloadRow(person=person, desk_draft=desk_draft, file_id=file.file_id))

    async def of_reply(self, desk_draft: int) -> int:
        """The number of pending files of a staff draft."""
        query = select(func.count()).where(AttachmentDownloadRow.desk_draft == desk_draft)
        return await self.session.scalar(query) or 0

    async def counts(self, draft: int) -> tuple[int, int]:
        """The number of a draft's stored files, and of its pending ones."""
        row = (await self.session.execute(_COUNTS, {"draft_": draft})).one()
        return row.stored, row.waiting

    async def drop(self, draft: int) -> None:
        """Cancel the draft's pending downloads."""
        await self.session.execute(delete(AttachmentDownloadRow).where(AttachmentDownloadRow.draft == draft))

    async def _add(self, row: AttachmentDownloadRow) -> None:
        await DownloadQueue(AttachmentDownloadRow, self.session, self.clock).add(row)


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Retention: delete downloads that failed too long, and those of deleted drafts and complaints."""
    is_old = AttachmentDownloadRow.made_at < now - retention.DOWNLOADS
    over = or_(is_old, AttachmentDownloadRow.attempts > 100)
    await session.execute(delete(AttachmentDownloadRow).where(over))


def _check_size(file: SentFile) -> None:
    if file.size is not None and file.size > LARGEST_BYTES:
        raise FileTooLargeError
