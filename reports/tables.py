"""Tables of reports: drafts, versions handed in, corrections."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, Json, UtcDateTime

CODE = String(64)


class ReportRow(Base):
    """One version of one organisation's form for one period.

    `body` is what was typed (reports.filled.FilledForm.document); `figures` is what the complaints gave when
    the draft was last opened or, once handed in, at that instant. `corrects` is the version that a correction
    replaces; `materials` are its supporting materials, `refusal` the Agency's reason for refusing it.
    `shown` are the figures that the official saw last. `total` is what was handed in together with the
    reports of those below, `sources` which these were (reports.sources.Sources.document).
    """

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    form: Mapped[str] = mapped_column(String(16))
    organisation: Mapped[str] = mapped_column(CODE)
    period: Mapped[str] = mapped_column(String(8))
    version: Mapped[int] = mapped_column()
    state: Mapped[str] = mapped_column(String(12))
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    figures: Mapped[list[Any]] = mapped_column(Json)
    made_by: Mapped[int | None] = mapped_column(BigId)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[int | None] = mapped_column(BigId)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_in_by: Mapped[int | None] = mapped_column(BigId)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handed_in_on: Mapped[date | None] = mapped_column()
    corrects: Mapped[int | None] = mapped_column()
    materials: Mapped[str | None] = mapped_column(Text)
    shown: Mapped[list[Any] | None] = mapped_column(Json)
    total: Mapped[dict[str, Any] | None] = mapped_column(Json)
    sources: Mapped[dict[str, Any] | None] = mapped_column(Json)
    refusal: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[int | None] = mapped_column(BigId)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


Index(
    "uq_reports_once",
    ReportRow.form,
    ReportRow.period,
    ReportRow.organisation,
    ReportRow.version,
    unique=True,
)
