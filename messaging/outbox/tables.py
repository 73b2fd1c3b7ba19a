"""The outbox tables."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, and_
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime

FORGOTTEN = "forgotten"  # the subject of a message whose chat is erased as soon as it is sent


class OutboxRow(Base):
    """One Bot API call: open, sent or given up.

    `payload` is the call's fields as JSON, erased when the row is finished because it is private.
    `placeholder_message_id` is negative and identifies the message until Telegram assigns `message_id`; its
    database column is `stand_in`. `key` makes a notice unique forever. A row without `update_id` is a notice:
    it answers no message. `subject` and `version` allow dropping it while it waits; `audience` holds it back
    outside that audience's hours.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigId)
    method: Mapped[str] = mapped_column(Text)
    payload: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    send_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message_id: Mapped[int | None] = mapped_column(BigId)
    placeholder_message_id: Mapped[int | None] = mapped_column(
        "stand_in", BigId, key="placeholder_message_id", unique=True
    )
    update_id: Mapped[int | None] = mapped_column(BigId)
    key: Mapped[str | None] = mapped_column(Text, unique=True)
    has_files: Mapped[bool] = mapped_column(default=False)
    subject: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int | None] = mapped_column()
    audience: Mapped[str | None] = mapped_column(String(16))


IS_OPEN = and_(OutboxRow.sent_at.is_(None), OutboxRow.given_up_at.is_(None))
Index("ix_outbox_open", OutboxRow.chat_id, OutboxRow.id, postgresql_where=IS_OPEN, sqlite_where=IS_OPEN)
IS_OPEN_NOTICE = and_(IS_OPEN, OutboxRow.subject.is_not(None))
Index(
    "ix_outbox_open_subject",
    OutboxRow.subject,
    postgresql_where=IS_OPEN_NOTICE,
    sqlite_where=IS_OPEN_NOTICE,
)
IS_NOTICE = OutboxRow.key.is_not(None)
Index(
    "ix_outbox_sent_notice",
    OutboxRow.chat_id,
    OutboxRow.message_id,
    postgresql_where=IS_NOTICE,
    sqlite_where=IS_NOTICE,
)


class NoticeSubject(Base):
    """What notices are about, with the current version of its date; notices of earlier
    versions are not sent.
    """

    __tablename__ = "notice_subjects"

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column()


class OutboxFile(Base):
    """A file attached to a row under the name `field`; deleted when the row is finished."""

    __tablename__ = "outbox_files"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    row_id: Mapped[int] = mapped_column(BigId, ForeignKey("outbox.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class UnreachableChat(Base):
    """An unreachable chat: its notices are given up until an answer gets through."""

    __tablename__ = "unreachable_chats"

    chat_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
