"""Profiles: stored only encrypted, and only after consent."""

from datetime import datetime

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import EncryptedColumn, UtcDateTime


class ConsentRow(Base):
    """A person's agreement to a version of the consent, and when."""

    __tablename__ = "consents"

    telegram_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(String(16), primary_key=True)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProfileValueRow(Base):
    __tablename__ = "kept_values"

    telegram_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(16), primary_key=True)
    ciphertext: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)


VALUE = EncryptedColumn(ProfileValueRow.ciphertext, ProfileValueRow.telegram_id, ProfileValueRow.field)
