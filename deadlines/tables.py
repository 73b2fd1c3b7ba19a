"""Tables of the working-day calendar, loaded from the file under a version."""

from datetime import date, datetime

from sqlalchemy import Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import UtcDateTime


class CalendarDayRow(Base):
    """A day that differs from its weekday."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    name_kk: Mapped[str] = mapped_column(Text)  # empty if the day is not a holiday
    name_ru: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    other: Mapped[date | None] = mapped_column(Date)
    act_kk: Mapped[str] = mapped_column(Text)  # empty if no decree moved the day
    act_ru: Mapped[str] = mapped_column(Text)
    act_en: Mapped[str] = mapped_column(Text)


class CalendarVersionRow(Base):
    """A single row: `number` grows with every load, which tells processes to read the calendar again."""

    __tablename__ = "calendar_version"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    published_until: Mapped[date] = mapped_column(Date)
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of everything loaded, in hexadecimal
    checked: Mapped[date] = mapped_column(Date)  # the file's own date; an older file is ignored
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
