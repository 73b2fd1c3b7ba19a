"""Tables of what control events hold."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime

_EVENT = "control_events.id"


class ControlEntryRow(Base):
    """One thing known of a control event; what is removed stays, marked."""

    __tablename__ = "control_entries"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    event: Mapped[int] = mapped_column(BigId, ForeignKey(_EVENT), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    code: Mapped[str] = mapped_column(String(8))
    who: Mapped[str] = mapped_column(String(8))
    count: Mapped[int] = mapped_column()
    people: Mapped[int] = mapped_column()
    day: Mapped[date | None] = mapped_column()
    until: Mapped[date | None] = mapped_column()
    text: Mapped[str] = mapped_column(Text)
    done_on: Mapped[date | None] = mapped_column()
    why_not: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int] = mapped_column(BigId)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_by: Mapped[int | None] = mapped_column(BigId)
    removed_by: Mapped[int | None] = mapped_column(BigId)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ControlDetailsRow(Base):
    """What the order on an event says of it; `complaint`: the number of the one it follows from."""

    __tablename__ = "control_details"

    event: Mapped[int] = mapped_column(BigId, ForeignKey(_EVENT), primary_key=True, autoincrement=False)
    ground: Mapped[str | None] = mapped_column(String(16))
    complaint: Mapped[int | None] = mapped_column(BigId)
    questions: Mapped[str] = mapped_column(Text)
    executors: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int] = mapped_column(BigId)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ControlRecordingRow(Base):
    """Since the quarter that begins on `since`, the body's rows 1 to 9.2 are counted from its events."""

    __tablename__ = "control_recordings"

    organisation: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[date] = mapped_column()
    set_by: Mapped[int] = mapped_column(BigId)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
