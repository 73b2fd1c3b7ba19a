"""Spreadsheets that officials sent and we have not fetched from Telegram yet. Ids and codes only."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime


class SheetFetchRow(Base):
    """One file for one report; with `materials` it is a correction. `try_at`: the next attempt."""

    __tablename__ = "report_fetches"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person: Mapped[int] = mapped_column(BigId, index=True)
    form: Mapped[str] = mapped_column(String(16))
    organisation: Mapped[str] = mapped_column(String(64))
    period: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(2))
    materials: Mapped[str | None] = mapped_column(Text)
    file_id: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    try_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
