"""An organisation's templates of answers, encrypted: an official may have typed a name."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import EncryptedColumn, UtcDateTime


class AnswerTemplateRow(Base):
    """One template; `key` is random and names it in buttons."""

    __tablename__ = "answer_templates"

    key: Mapped[str] = mapped_column(String(16), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(64), index=True)
    body_cipher: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


BODY = EncryptedColumn(AnswerTemplateRow.body_cipher, AnswerTemplateRow.key, AnswerTemplateRow.organisation)
