"""The access log of personal values, and who stands behind the pseudonyms of the logs."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime


class LogActorRow(Base):
    """The person behind a pseudonym in the logs of one subject ("complaint/17"), from `since` on.

    What is only added to holds pseudonyms: forgetting deletes a row here, never one there. A person has
    another pseudonym in each subject.
    """

    __tablename__ = "log_actors"

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    alias: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    person: Mapped[int] = mapped_column(BigId, index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


Index("uq_log_actors_person", LogActorRow.subject, LogActorRow.person, unique=True)


class AccessLogRow(Base):
    """Who viewed which fields of whom, and why, by pseudonym and field names; the values are not stored.

    `place` counts the rows of a subject and `hash` chains each to the one before; the database refuses
    updates and deletes.
    """

    __tablename__ = "looks"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subject: Mapped[str] = mapped_column(Text)
    place: Mapped[int] = mapped_column()
    viewer: Mapped[int | None] = mapped_column(BigId)
    what: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    hash: Mapped[str] = mapped_column(String(64))


Index("uq_looks_place", AccessLogRow.subject, AccessLogRow.place, unique=True)


class LogSealRow(Base):
    """A day's seal: `hash` is made of the heads that changed since the one before, and of that one's hash."""

    __tablename__ = "log_seals"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    subjects: Mapped[int] = mapped_column()
    hash: Mapped[str] = mapped_column(String(64))


class LogSealHeadRow(Base):
    """The last row of a chain ("complaint_trail/17", "looks/complaint/17") when the seal was made."""

    __tablename__ = "log_seal_heads"

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seal: Mapped[int] = mapped_column(index=True)
    hash: Mapped[str] = mapped_column(String(64))
