"""Acts that the contact centre is told of."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, Json


class ActNoticeRow(Base):
    """One act, approved or changed on a day, and the event that reminds one organisation of it.

    `changes` are the names of the changed facts by the slug of their card.
    """

    __tablename__ = "act_notices"
    __table_args__ = (UniqueConstraint("organisation", "act", "approved_on"),)

    event: Mapped[int] = mapped_column(BigId, ForeignKey("control_events.id"), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(64))
    act: Mapped[str] = mapped_column(String(64))
    approved_on: Mapped[date] = mapped_column()
    changes: Mapped[dict[str, Any]] = mapped_column(Json)
