"""Which complaint goes on in which other one of the same person."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime


class JoinRow(Base):
    """`complaint` is closed and answered in `into`."""

    __tablename__ = "complaint_joins"

    complaint: Mapped[int] = mapped_column(
        BigId, ForeignKey("complaints.id"), primary_key=True, autoincrement=False
    )
    into: Mapped[int] = mapped_column(BigId, ForeignKey("complaints.id"), index=True)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
