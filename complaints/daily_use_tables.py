"""What one person has used of a day's limits."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId


class DailyUseRow(Base):
    """`person` is a keyed digest of person and day: it names nobody, and outlives withdrawal and /forget."""

    __tablename__ = "complaint_daily_use"

    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    complaints: Mapped[int] = mapped_column(default=0)
    additions: Mapped[int] = mapped_column(default=0)
    file_bytes: Mapped[int] = mapped_column(BigId, default=0)
