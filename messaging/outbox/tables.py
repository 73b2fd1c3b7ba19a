"""What the bot has said and has yet to say."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, and_
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime


class OutboxRow(Base):
    """One call of the Bot API, made by nobody yet (neither sent nor given up), or done with.

    `payload` is the call's fields as JSON, emptied once the row is done with: it is somebody's letter.
    `placeholder_message_id` is negative and identifies the message until Telegram numbers it (`message_id`).
    In the database the column is `stand_in`.
    `key` makes a notice unique, for ever. A row without `update_id` is a notice: nobody has just written to
    the bot. `subject` and `version` say what it is about, so that it can be dropped while it waits;
    `audience` holds it back outside the hours in which those may be written to.
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


class NoticeSubject(Base):
    """What notices are about, and which version of its date is the present one: earlier ones are not told."""

    __tablename__ = "notice_subjects"

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column()


class OutboxFile(Base):
    """A file that goes with a row; `field` is the name it is attached under. Gone with its row's text."""

    __tablename__ = "outbox_files"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    row_id: Mapped[int] = mapped_column(BigId, ForeignKey("outbox.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class UnreachableChat(Base):
    """A chat that Telegram refuses us: its notices are given up until an answer reaches it again."""

    __tablename__ = "unreachable_chats"

    chat_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
