"""Which organisations' heads approve answers, and the answers that waited for it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from complaints.tables import CODE
from database.base import Base
from database.types import BigId, UtcDateTime


class ApprovalSettingRow(Base):
    """Whether an organisation's answers wait for its head; without a row they do not."""

    __tablename__ = "complaint_approval_settings"

    organisation: Mapped[str] = mapped_column(CODE, primary_key=True)
    required: Mapped[bool] = mapped_column()
    changed_by: Mapped[int] = mapped_column(BigId)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ApprovalRow(Base):
    """An answer that waits, or waited, for the head; its text is the draft of `asked_by`.

    `note_cipher` is the head's note on an answer returned, under the complaint's key.
    """

    __tablename__ = "complaint_approvals"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    complaint: Mapped[int] = mapped_column(BigId, ForeignKey("complaints.id"), index=True)
    asked_by: Mapped[int] = mapped_column(BigId)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(BigId)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved: Mapped[bool | None] = mapped_column()
    note_cipher: Mapped[str | None] = mapped_column(Text)


IS_WAITING = ApprovalRow.approved.is_(None)
Index(
    "uq_complaint_approvals_waiting",
    ApprovalRow.complaint,
    unique=True,
    postgresql_where=IS_WAITING,
    sqlite_where=IS_WAITING,
)
