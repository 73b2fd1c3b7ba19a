"""What a person may send on one day in Asia/Almaty, and what a complaint may hold in all."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from complaints.daily_use_tables import DailyUseRow
from complaints.draft import MOST_FILES
from complaints.errors import FilesHeavyError, FilesOfTheDayError, TooManyAdditionsError, TooManyFilesError
from complaints.tables import AttachmentRow, MessageRow
from complaints.thread import BY_CITIZEN
from database.types import dialect_of, insert_into
from kernel import retention
from kernel.clock import almaty_date

MEGABYTE: Final = 1024 * 1024
MOST_BYTES_A_DAY: Final = 200 * MEGABYTE
MOST_BYTES_OF_A_COMPLAINT: Final = 100 * MEGABYTE
MOST_ADDITIONS_A_DAY: Final = 30
_KEPT_FOR: Final = retention.DAILY_USE


@dataclass(frozen=True, slots=True)
class DailyUse:
    """Counts in the transaction of what is counted: what is refused or rolled back counts for nothing."""

    session: AsyncSession
    cipher: Cipher

    async def add_complaint(self, person: int, day: date) -> int:
        """One more complaint; returns how many there are."""
        return await self._add(person, day, "complaints", 1)

    async def add_addition(self, person: int, day: date) -> None:
        """Raises TooManyAdditionsError."""
        if await self._add(person, day, "additions", 1) > MOST_ADDITIONS_A_DAY:
            raise TooManyAdditionsError(most=MOST_ADDITIONS_A_DAY)

    async def add_file(self, person: int, day: date, size: int) -> None:
        """Raises FilesOfTheDayError."""
        if await self._add(person, day, "file_bytes", size) > MOST_BYTES_A_DAY:
            raise FilesOfTheDayError(most_mb=MOST_BYTES_A_DAY // MEGABYTE)

    async def check_files(self, person: int, day: date, size: int) -> None:
        """Whether so much more may come today. Raises FilesOfTheDayError."""
        query = select(DailyUseRow.file_bytes).where(DailyUseRow.person == self._key(person, day))
        if (await self.session.scalar(query) or 0) + size > MOST_BYTES_A_DAY:
            raise FilesOfTheDayError(most_mb=MOST_BYTES_A_DAY // MEGABYTE)

    async def add_refused(self, person: int, day: date, size: int) -> None:
        """A file that was refused has cost as much as one that was taken."""
        await self._add(person, day, "file_bytes", size)

    def _key(self, person: int, day: date) -> str:
        return self.cipher.digest(f"daily use/{day.isoformat()}/{person}")

    async def _add(self, person: int, day: date, column: str, amount: int) -> int:
        """The column after the addition; concurrent callers wait for this transaction."""
        row = {
            "person": self._key(person, day),
            "day": day,
            "complaints": 0,
            "additions": 0,
            "file_bytes": 0,
            column: amount,
        }
        grown = _grown(dialect_of(self.session), column)
        return await self.session.scalar(grown, {**row, "amount": amount}) or 0


@cache
def _grown(dialect: str, column: str) -> Any:
    table = cast(Table, DailyUseRow.__table__)
    told = table.c[column]
    grown = insert_into(dialect, table).on_conflict_do_update(
        index_elements=["person"], set_={column: told + bindparam("amount")}
    )
    return grown.returning(told)


async def check_files_of_draft(session: AsyncSession, draft: int, size: int) -> None:
    """Whether one more file of `size` bytes fits. Raises TooManyFilesError, FilesHeavyError."""
    await _check_files(session, size, AttachmentRow.draft == draft)


async def check_files_of_complaint(session: AsyncSession, complaint: int, sizes: list[int]) -> None:
    """The same of a complaint, additions included, officials' files not."""
    if sizes:
        by_citizen = select(MessageRow.id).where(
            MessageRow.complaint == complaint, MessageRow.kind.in_([kind.value for kind in BY_CITIZEN])
        )
        mine = or_(AttachmentRow.message.is_(None), AttachmentRow.message.in_(by_citizen))
        await _check_files(session, sum(sizes), AttachmentRow.complaint == complaint, mine, more=len(sizes))


async def _check_files(session: AsyncSession, size: int, *whose: ColumnElement[bool], more: int = 1) -> None:
    query = select(func.count(), func.coalesce(func.sum(AttachmentRow.size_bytes), 0))
    count, held = (await session.execute(query.where(*whose, AttachmentRow.erase_asked_at.is_(None)))).one()
    if count + more > MOST_FILES:
        raise TooManyFilesError(most=MOST_FILES)
    if held + size > MOST_BYTES_OF_A_COMPLAINT:
        raise FilesHeavyError(most_mb=MOST_BYTES_OF_A_COMPLAINT // MEGABYTE)


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Retention: what was counted on earlier days decides nothing any more."""
    await session.execute(delete(DailyUseRow).where(DailyUseRow.day < almaty_date(now - _KEPT_FOR)))
