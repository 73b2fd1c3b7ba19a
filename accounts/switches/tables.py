"""The history of the switches, which is their state as well."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime


class SwitchRow(Base):
    """One change of a job's switch; append-only: the database refuses updates and deletes.

    `number` counts a job's changes, so two concurrent ones cannot both be next; the last one is the job's
    state, and a job without any is on. `by` is a person, empty for the operator at the command line.
    """

    __tablename__ = "job_switches"
    __table_args__ = (UniqueConstraint("job", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    job: Mapped[str] = mapped_column(String(16))
    number: Mapped[int] = mapped_column()
    is_off: Mapped[bool] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
