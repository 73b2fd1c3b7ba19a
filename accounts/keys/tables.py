"""Which data keys a database was written with."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import UtcDateTime


class DataKeyRow(Base):
    """A data key that wrote here. `check_value` tells the key, and nothing can be read with it."""

    __tablename__ = "data_keys"

    check_value: Mapped[str] = mapped_column(String(64), primary_key=True)
    first_used_at: Mapped[datetime] = mapped_column(UtcDateTime)
