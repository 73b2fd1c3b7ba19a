"""Questions that found no answer, and what people said of the answers they got. No row knows who wrote it.

An editor marks what he has seen to: `done_by` is his Telegram number.
"""

from datetime import date, datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime


class QuestionRow(Base):
    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    text: Mapped[str] = mapped_column(Text)  # numbers of people masked
    language: Mapped[str] = mapped_column(String(5))
    outcome: Mapped[str] = mapped_column(String(16))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[int | None] = mapped_column(BigId)


class VerdictRow(Base):
    __tablename__ = "verdicts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    slug: Mapped[str] = mapped_column(String(48))
    verdict: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text, default="")  # what is wrong, in the person's words, masked
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[int | None] = mapped_column(BigId)


class CheckedWordingRow(Base):
    """An editor looked after a card whose wording of `version` is old: it needs no look any more."""

    __tablename__ = "checked_wordings"

    slug: Mapped[str] = mapped_column(String(48), primary_key=True)
    version: Mapped[date] = mapped_column(primary_key=True)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_by: Mapped[int] = mapped_column(BigId)
