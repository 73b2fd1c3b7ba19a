"""Staff drafts: unsent texts of officials, encrypted."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, EncryptedColumn, UtcDateTime


class StaffDraftRow(Base):
    """One per person and subject: `complaint/17` for a reply, `entry/<code>` for a complaint that arrived
    elsewhere.
    """

    __tablename__ = "complaint_desk_drafts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person: Mapped[int] = mapped_column(BigId)
    subject: Mapped[str] = mapped_column(String(96))
    body_cipher: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    __table_args__ = (UniqueConstraint("person", "subject"), {"sqlite_autoincrement": True})


BODY = EncryptedColumn(StaffDraftRow.body_cipher, StaffDraftRow.person, StaffDraftRow.subject)
