"""The inbox, and what it could not handle."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, EncryptedColumn, UtcDateTime


class InboxRow(Base):
    """One update; `payload` is Telegram's JSON, erased once the update is handled.

    `chat_id` is the chat, the sender if there is none (inline queries), else 0. `failed` is the reason code
    of an update that was given up.
    """

    __tablename__ = "inbox"

    update_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigId)
    payload: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    failed: Mapped[str | None] = mapped_column(Text)


class FailedUpdate(Base):
    """An update that was given up. `ciphertext` is its payload, to be handled again after an upgrade.

    `why` names the error and the fields that could not be read, never what is in them; `incident` is the
    number in the log. Deleted after ninety days, and when the person is forgotten.
    """

    __tablename__ = "failed_updates"

    update_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigId, index=True)
    kind: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    incident: Mapped[str] = mapped_column(Text)
    ciphertext: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


PAYLOAD = EncryptedColumn(FailedUpdate.ciphertext, FailedUpdate.update_id)
IS_UNHANDLED = InboxRow.handled_at.is_(None)
Index(
    "ix_inbox_unhandled",
    InboxRow.chat_id,
    InboxRow.update_id,
    postgresql_where=IS_UNHANDLED,
    sqlite_where=IS_UNHANDLED,
)
