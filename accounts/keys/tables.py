"""Which data keys a database was written with, and the keys of single records."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import EncryptedColumn, UtcDateTime


class DataKeyRow(Base):
    """A data key that wrote here. `check_value` tells the key, and nothing can be read with it."""

    __tablename__ = "data_keys"

    check_value: Mapped[str] = mapped_column(String(64), primary_key=True)
    first_used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecordKeyRow(Base):
    """The key of a complaint's words or of a file, wrapped by a data key.

    With the row everything under the key is gone, in every copy that was made without the row.
    """

    __tablename__ = "record_keys"

    record: Mapped[str] = mapped_column(String(80), primary_key=True)
    wrapped: Mapped[str] = mapped_column(Text)


WRAPPED = EncryptedColumn(RecordKeyRow.wrapped, RecordKeyRow.record)
