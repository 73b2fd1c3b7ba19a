"""Which data keys a database was written with, the keys of single records, and those of backups' rows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, Text, delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import EncryptedColumn, UtcDateTime


class DataKeyRow(Base):
    """A data key that wrote here. `check_value` tells the key, and nothing can be read with it."""

    __tablename__ = "data_keys"

    check_value: Mapped[str] = mapped_column(String(64), primary_key=True)
    first_used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecordKeyRow(Base):
    """The key of a complaint's words or of a file, wrapped by a data key.

    With the row everything under the key is gone, in every copy that was made without the row.
    """

    __tablename__ = "record_keys"

    record: Mapped[str] = mapped_column(String(80), primary_key=True)
    wrapped: Mapped[str] = mapped_column(Text)


WRAPPED = EncryptedColumn(RecordKeyRow.wrapped, RecordKeyRow.record)


class ArchiveKeyRow(Base):
    """The key of an owner's rows in backups; backups themselves do not hold it, only the newest key archive.

    `record` is whom they are about: "person/17", "author/<digest>", "complaint/4", "file/<name>". Under
    "lineage" is what tells this database's backups from those of another one.
    """

    __tablename__ = "archive_keys"

    record: Mapped[str] = mapped_column(String(96), primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))


def owner_of_person(telegram_id: int) -> str:
    return f"person/{telegram_id}"


def owner_of_author(digest: str) -> str:
    """Of a row whose author is known by a keyed digest only."""
    return f"author/{digest}"


async def destroy_keys(session: AsyncSession, records: Sequence[str]) -> None:
    """What was under the keys of these records, or is theirs in a backup, is gone, in copies too."""
    for table in (RecordKeyRow, ArchiveKeyRow):
        await session.execute(delete(table).where(table.record.in_(records)))
