"""The published figures, kept as they were published."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import Json, UtcDateTime


class OpenFiguresRow(Base):
    """The figures of a quarter ("2026Q3") as of an instant, small counts already hidden.

    What is final is never counted anew: the difference of two days would give small counts away.
    """

    __tablename__ = "open_figures"

    quarter: Mapped[str] = mapped_column(String(6), primary_key=True)
    is_final: Mapped[bool] = mapped_column()
    as_of: Mapped[datetime] = mapped_column(UtcDateTime)
    body: Mapped[dict[str, Any]] = mapped_column(Json)
