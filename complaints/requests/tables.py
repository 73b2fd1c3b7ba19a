"""Requests that the Administrative Procedure Code answers with a duty of the organisation in days."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from complaints.tables import CODE_WORD
from database.base import Base
from database.types import BigId, UtcDateTime


class RequestRow(Base):
    """An official's request to complete a complaint, or a citizen's to see the file of the case.

    `missing` (codes, with spaces between) and `complete_by` (inclusive) belong to the first. `due_on` is the
    last day to return the complaint, or to show the materials; `version` counts its changes. `how` says how
    the request ended.
    """

    __tablename__ = "complaint_requests"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    complaint: Mapped[int] = mapped_column(BigId, ForeignKey("complaints.id"), index=True)
    kind: Mapped[str] = mapped_column(CODE_WORD)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    missing: Mapped[str | None] = mapped_column(String(128))
    complete_by: Mapped[date | None] = mapped_column()
    due_on: Mapped[date] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    how: Mapped[str | None] = mapped_column(CODE_WORD)


IS_PENDING = RequestRow.done_at.is_(None)
Index(
    "ix_complaint_requests_pending",
    RequestRow.due_on,
    postgresql_where=IS_PENDING,
    sqlite_where=IS_PENDING,
)
