"""The access log of personal values."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime


class AccessLogRow(Base):
    """Who viewed which fields of whom, by ids and field names; the values themselves are not stored."""

    __tablename__ = "looks"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    viewer: Mapped[int] = mapped_column(BigId, index=True)
    subject: Mapped[str] = mapped_column(Text, index=True)
    what: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
