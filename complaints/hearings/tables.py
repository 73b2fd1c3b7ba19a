"""Hearings (Administrative Procedure Code Art. 73), and the preliminary decisions they are about."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from complaints.tables import CODE_WORD
from database.base import Base
from database.types import BigId, UtcDateTime


class HearingRow(Base):
    """The hearing of a complaint; the annual report counts those held.

    `form` is a HearingForm. `held_on` is the day of an oral one, or the last day for written objections;
    empty where an exception (`ground`) leaves the hearing out. `told_on` is the day the citizen got the
    preliminary decision (`preliminary`, a message), `object_by` the last day to object and `act_from` the
    first day for the decision itself. `protocol` is the message with it, due by `protocol_by`.
    """

    __tablename__ = "complaint_hearings"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    complaint: Mapped[int] = mapped_column(BigId, ForeignKey("complaints.id"), index=True)
    form: Mapped[str] = mapped_column(CODE_WORD, default="oral", server_default="oral")
    ground: Mapped[str | None] = mapped_column(CODE_WORD)
    outcome: Mapped[str | None] = mapped_column(CODE_WORD)
    preliminary: Mapped[int | None] = mapped_column(BigId)
    told_on: Mapped[date | None] = mapped_column()
    object_by: Mapped[date | None] = mapped_column()
    act_from: Mapped[date | None] = mapped_column()
    oral_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_on: Mapped[date | None] = mapped_column(index=True)
    noted_by: Mapped[int] = mapped_column(BigId)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    protocol_by: Mapped[date | None] = mapped_column(index=True)
    protocol: Mapped[int | None] = mapped_column(BigId)
    remarks_by: Mapped[date | None] = mapped_column()
    outgoing_number: Mapped[str | None] = mapped_column(String(64))
    removed_by: Mapped[int | None] = mapped_column(BigId)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
