"""Ratings of the services that complaints are about; those of how complaints were handled are beside them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime


class ServiceRatingRow(Base):
    """The citizen's rating of the service that the complaint is about: one to five, and a comment."""

    __tablename__ = "complaint_service_ratings"

    complaint: Mapped[int] = mapped_column(
        BigId, ForeignKey("complaints.id"), primary_key=True, autoincrement=False
    )
    stars: Mapped[int] = mapped_column()
    word_cipher: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
