"""What Telegram and complaints have to do with each other: files still to be fetched, messages that became a
complaint's text. Ids only.
"""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime


class FetchRow(Base):
    """A file that somebody sent and we have not fetched from Telegram yet: for his draft, a complaint, or
    what he types at an official's desk.

    `try_at` is the earliest moment of the next attempt; who tries moves it on before he begins.
    """

    __tablename__ = "complaint_fetches"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person: Mapped[int] = mapped_column(BigId, index=True)
    draft: Mapped[int | None] = mapped_column(BigId)
    complaint: Mapped[int | None] = mapped_column(BigId)
    desk_draft: Mapped[int | None] = mapped_column(BigId)
    file_id: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    try_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class ToldMessageRow(Base):
    """A message of a chat that is part of a complaint's text: edited later, it becomes an addition."""

    __tablename__ = "complaint_told_messages"

    person: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    message: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    complaint: Mapped[int] = mapped_column(BigId, index=True)
