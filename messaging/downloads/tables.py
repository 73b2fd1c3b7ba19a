"""The columns shared by all download queues."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime


class DownloadRow(Base):
    """A file sent by `person`; `try_at` is the earliest time of the next attempt, moved on before each
    attempt. `readings` counts how often the file was about to be read: reading it may end the process.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person: Mapped[int] = mapped_column(BigId, index=True)
    file_id: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    readings: Mapped[int] = mapped_column(default=0, server_default="0")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    try_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
