"""Tables of unanswered questions and of verdicts on answers.

No row names its author: `author` is a keyed digest of their id, by which /forget finds what they left. It
goes with the row after 90 days.
`done_by` is the Telegram id of the editor who reviewed the row.
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
    text: Mapped[str] = mapped_column(Text)  # personal numbers masked
    language: Mapped[str] = mapped_column(String(5))
    outcome: Mapped[str] = mapped_column(String(16))
    author: Mapped[str | None] = mapped_column(String(64), index=True)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[int | None] = mapped_column(BigId)


class VerdictRow(Base):
    __tablename__ = "verdicts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    slug: Mapped[str] = mapped_column(String(48))
    verdict: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text, default="")  # what is wrong, in the person's words, masked
    author: Mapped[str | None] = mapped_column(String(64), index=True)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[int | None] = mapped_column(BigId)


class CheckedWordingRow(Base):
    """An editor has reviewed the outdated wording of `version`, so it needs no further review."""

    __tablename__ = "checked_wordings"

    slug: Mapped[str] = mapped_column(String(48), primary_key=True)
    version: Mapped[date] = mapped_column(primary_key=True)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_by: Mapped[int] = mapped_column(BigId)
