"""Complaint tables. Columns that end in `_cipher` hold personal data, encrypted.

What belongs to a complaint is under a key of its own (`ComplaintKeys`), drafts are under a data key.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, EncryptedColumn, Json, UtcDateTime

CODE = String(64)
CODE_WORD = String(24)


class ComplaintRow(Base):
    """One complaint at one organisation; passed on or taken to the Agency, another row follows (`previous`).

    `registered_at` is the instant of arrival, `came_on` its day in Asia/Almaty and `after_hours` whether the
    working day was over: the dates are computed from these. `registered_on` is the registration day,
    `entered_at` when the system learnt of it (an official may enter it days later). `due_on` is the last day
    in time, `late_after` the last day before anyone may be called late; `due_version` grows with every change
    of the date and once more at `closed_at`. `person` is the citizen's Telegram id, empty if the complaint
    came elsewhere or was forgotten; `seal` is the key of its digests in the audit log. `root` is the first
    complaint of the chain, empty for the first itself. `steps` counts its audit log rows. `incoming_number`
    and `outgoing_number` are the organisation's own, of a complaint on paper and of its answer.
    """

    __tablename__ = "complaints"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    state: Mapped[str] = mapped_column(CODE_WORD)
    steps: Mapped[int] = mapped_column(default=0)
    root: Mapped[int | None] = mapped_column(BigId)
    previous: Mapped[int | None] = mapped_column(BigId)
    came_by: Mapped[str] = mapped_column(CODE_WORD)
    draft: Mapped[int | None] = mapped_column(BigId)
    origin: Mapped[str] = mapped_column(CODE_WORD)
    entered_by: Mapped[int | None] = mapped_column(BigId)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[int | None] = mapped_column(BigId)
    complainant: Mapped[str] = mapped_column(CODE_WORD)
    behalf: Mapped[str] = mapped_column(CODE_WORD)
    name_cipher: Mapped[str | None] = mapped_column(Text)
    iin_cipher: Mapped[str | None] = mapped_column(Text)
    phone_cipher: Mapped[str | None] = mapped_column(Text)
    represented_cipher: Mapped[str | None] = mapped_column(Text)
    text_cipher: Mapped[str | None] = mapped_column(Text)
    iin_digest: Mapped[str | None] = mapped_column(String(64))
    phone_digest: Mapped[str | None] = mapped_column(String(64))
    seal: Mapped[str | None] = mapped_column(String(64))

    service: Mapped[str | None] = mapped_column(CODE)
    organisation: Mapped[str] = mapped_column(CODE)
    region: Mapped[str | None] = mapped_column(CODE)
    district: Mapped[str | None] = mapped_column(CODE)
    delivery: Mapped[str] = mapped_column(CODE_WORD)
    kind: Mapped[str] = mapped_column(String(8))
    source: Mapped[str] = mapped_column(CODE_WORD)
    applied_on: Mapped[date | None] = mapped_column()
    happened_on: Mapped[date | None] = mapped_column()

    rule: Mapped[str] = mapped_column(String(32))
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    came_on: Mapped[date] = mapped_column()
    after_hours: Mapped[bool] = mapped_column()
    registered_on: Mapped[date] = mapped_column()
    due_on: Mapped[date] = mapped_column()
    late_after: Mapped[date] = mapped_column()
    due_version: Mapped[int] = mapped_column(default=1)
    certainty: Mapped[str] = mapped_column(CODE_WORD)
    extended_by: Mapped[int] = mapped_column(default=0)
    redated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    assignee: Mapped[int | None] = mapped_column(BigId)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_on: Mapped[date | None] = mapped_column()
    answered_on: Mapped[date | None] = mapped_column()
    outcome: Mapped[str | None] = mapped_column(CODE_WORD)
    restored: Mapped[bool | None] = mapped_column()
    passed_to: Mapped[str | None] = mapped_column(CODE)
    incoming_number: Mapped[str | None] = mapped_column(CODE)
    outgoing_number: Mapped[str | None] = mapped_column(CODE)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    void_reason: Mapped[str | None] = mapped_column(CODE_WORD)
    forget_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


IS_OPEN = ComplaintRow.closed_at.is_(None)
IS_OVER = ComplaintRow.closed_at.is_not(None)
IS_RETAINED = IS_OVER & ComplaintRow.forgotten_at.is_(None)
IS_RESTORED = ComplaintRow.restored.is_(True)
IS_ASSIGNED = ComplaintRow.person.is_not(None)
FOLLOWS = ComplaintRow.previous.is_not(None)


def _only(condition: ColumnElement[bool]) -> dict[str, Any]:
    """A partial index: rows outside cost nothing, while a moved due date rewrites every index of its row."""
    return {"postgresql_where": condition, "sqlite_where": condition}


Index("ix_complaints_open", ComplaintRow.organisation, ComplaintRow.due_on, ComplaintRow.id, **_only(IS_OPEN))
Index(
    "ix_complaints_held",
    ComplaintRow.organisation,
    ComplaintRow.assignee,
    ComplaintRow.due_on,
    ComplaintRow.id,
    **_only(IS_OPEN),
)
Index("ix_complaints_over", ComplaintRow.organisation, ComplaintRow.due_on, ComplaintRow.id, **_only(IS_OVER))
Index("uq_complaints_draft", ComplaintRow.draft, unique=True, **_only(ComplaintRow.draft.is_not(None)))
Index("ix_complaints_due", ComplaintRow.due_on, **_only(IS_OPEN))
Index("ix_complaints_registered", ComplaintRow.organisation, ComplaintRow.registered_on)
Index("ix_complaints_restored", ComplaintRow.organisation, ComplaintRow.answered_on, **_only(IS_RESTORED))
Index("ix_complaints_person", ComplaintRow.person, ComplaintRow.id, **_only(IS_ASSIGNED))
Index("ix_complaints_root", ComplaintRow.root, **_only(ComplaintRow.root.is_not(None)))
Index("uq_complaints_followed", ComplaintRow.previous, ComplaintRow.came_by, unique=True, **_only(FOLLOWS))
Index("ix_complaints_iin", ComplaintRow.iin_digest, **_only(ComplaintRow.iin_digest.is_not(None)))
Index("ix_complaints_phone", ComplaintRow.phone_digest, **_only(ComplaintRow.phone_digest.is_not(None)))
Index("ix_complaints_to_forget", ComplaintRow.closed_at, **_only(IS_RETAINED))


class ComplaintCounterRow(Base):
    """The last number issued in a year."""

    __tablename__ = "complaint_counters"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column()


class ComplaintConsentRow(Base):
    """A person's agreement to a version of the complaint consent, and when."""

    __tablename__ = "complaint_consents"

    person: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(String(16), primary_key=True)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DraftRow(Base):
    """An unsubmitted complaint: one per person, one encrypted document."""

    __tablename__ = "complaint_drafts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person: Mapped[int] = mapped_column(BigId, unique=True)
    body_cipher: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    __table_args__ = ({"sqlite_autoincrement": True},)  # one number makes one complaint


class MessageRow(Base):
    """A message about a complaint, from the citizen or to the citizen."""

    __tablename__ = "complaint_messages"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    complaint: Mapped[int] = mapped_column(BigId, ForeignKey("complaints.id"), index=True)
    kind: Mapped[str] = mapped_column(CODE_WORD)
    author: Mapped[int | None] = mapped_column(BigId)
    text_cipher: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class AttachmentRow(Base):
    """A file of a draft (citizen's or staff), a complaint or a message.

    Its bytes are on disk under `name`, `digest` is their SHA-256; `erase_asked_at` and `erased_at` end them.
    """

    __tablename__ = "complaint_attachments"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    draft: Mapped[int | None] = mapped_column(BigId, index=True)
    complaint: Mapped[int | None] = mapped_column(BigId, ForeignKey("complaints.id"), index=True)
    message: Mapped[int | None] = mapped_column(BigId)
    desk_draft: Mapped[int | None] = mapped_column(BigId, index=True)
    type: Mapped[str] = mapped_column(CODE_WORD)
    size_bytes: Mapped[int] = mapped_column()
    digest: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erase_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


IS_TO_ERASE = AttachmentRow.erase_asked_at.is_not(None) & AttachmentRow.erased_at.is_(None)
Index(
    "ix_complaint_attachments_to_erase",
    AttachmentRow.id,
    postgresql_where=IS_TO_ERASE,
    sqlite_where=IS_TO_ERASE,
)


class AuditLogRow(Base):
    """A step of a complaint; the database refuses updates and deletes.

    `actor` is a pseudonym (LogActorRow), empty for the system. `what` holds ids, dates, codes, digests and
    pseudonyms only. `place` counts the steps of a complaint and `hash` chains each to the one before.
    """

    __tablename__ = "complaint_trail"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    complaint: Mapped[int] = mapped_column(BigId)
    place: Mapped[int] = mapped_column()
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[int | None] = mapped_column(BigId)
    role: Mapped[str] = mapped_column(CODE_WORD)
    step: Mapped[str] = mapped_column(CODE_WORD)
    state: Mapped[str] = mapped_column(CODE_WORD)
    what: Mapped[dict[str, str | int]] = mapped_column(Json)
    hash: Mapped[str] = mapped_column(String(64))


Index("uq_complaint_trail_place", AuditLogRow.complaint, AuditLogRow.place, unique=True)


class ExtensionRow(Base):
    """A requested extension of `days` working days, told by `tell_by`; `tell_version` counts its changes."""

    __tablename__ = "complaint_extensions"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    complaint: Mapped[int] = mapped_column(BigId, ForeignKey("complaints.id"), index=True)
    days: Mapped[int] = mapped_column()
    reason: Mapped[str] = mapped_column(CODE_WORD)
    asked_by: Mapped[int] = mapped_column(BigId)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(BigId)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved: Mapped[bool | None] = mapped_column()
    tell_by: Mapped[date | None] = mapped_column()
    tell_version: Mapped[int] = mapped_column(default=1, server_default="1")
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


IS_NOTICE_PENDING = ExtensionRow.tell_by.is_not(None) & ExtensionRow.told_at.is_(None)
Index(
    "ix_complaint_extensions_untold",
    ExtensionRow.tell_by,
    postgresql_where=IS_NOTICE_PENDING,
    sqlite_where=IS_NOTICE_PENDING,
)


class RatingRow(Base):
    """The citizen's rating of how the complaint was handled: one to five, and a comment."""

    __tablename__ = "complaint_ratings"

    complaint: Mapped[int] = mapped_column(
        BigId, ForeignKey("complaints.id"), primary_key=True, autoincrement=False
    )
    stars: Mapped[int] = mapped_column()
    word_cipher: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SelfFiledRow(Base):
    """The dates of a complaint that the citizen filed outside the bot.

    `body_cipher` is its draft and the answer, for the text to the Agency's body: until the citizen stops
    tracking it, a year at most. `answered_on` ends the reminders.
    """

    __tablename__ = "complaint_self_kept"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person: Mapped[int] = mapped_column(BigId, index=True)
    draft: Mapped[int | None] = mapped_column(BigId, unique=True)
    service: Mapped[str | None] = mapped_column(CODE)
    organisation: Mapped[str | None] = mapped_column(CODE)
    rule: Mapped[str] = mapped_column(String(32))
    filed_on: Mapped[date] = mapped_column()
    due_on: Mapped[date] = mapped_column(index=True)
    late_after: Mapped[date] = mapped_column()
    due_version: Mapped[int] = mapped_column(default=1)
    certainty: Mapped[str] = mapped_column(CODE_WORD)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_on: Mapped[date | None] = mapped_column()
    body_cipher: Mapped[str | None] = mapped_column(Text)


SELF_FILED_BODY = EncryptedColumn(SelfFiledRow.body_cipher, SelfFiledRow.person)
BODY = EncryptedColumn(DraftRow.body_cipher, DraftRow.person)
