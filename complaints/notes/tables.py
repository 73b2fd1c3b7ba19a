"""Notes that officials write about a complaint for each other, encrypted under the complaint's key."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime


class NoteRow(Base):
    """One note; it stays at its organisation and goes with the complaint's words."""

    __tablename__ = "complaint_notes"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    complaint: Mapped[int] = mapped_column(BigId, ForeignKey("complaints.id"), index=True)
    author: Mapped[int] = mapped_column(BigId)
    text_cipher: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    __table_args__ = ({"sqlite_autoincrement": True},)


def place_of(row: NoteRow) -> tuple[object, ...]:
    """What a text is bound to besides its complaint's key."""
    return "complaint_notes.text", row.author, row.at
