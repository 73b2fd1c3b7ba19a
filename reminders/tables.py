"""Tables of filings, their reminders, organisations' settings and control events."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, and_
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, JsonText, UtcDateTime

CODE = String(64)
OPEN, SUBMITTED, WAIVED = "open", "submitted", "waived"


class ControlEventRow(Base):
    """What an official entered; a chain of dates follows from it, each date a filing of its own.

    `facts` are the known days: ISO dates by name, lists where there are several.
    """

    __tablename__ = "control_events"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    organisation: Mapped[str] = mapped_column(CODE, index=True)
    kind: Mapped[str] = mapped_column(String(16))
    object: Mapped[str] = mapped_column(Text)
    planned: Mapped[bool] = mapped_column()
    facts: Mapped[dict[str, Any]] = mapped_column(JsonText)
    made_by: Mapped[int] = mapped_column(BigId)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FilingRow(Base):
    """One obligation of one organisation for one `occasion`.

    An occasion is a period ("2026Q3"), a step of a control event ("event/12"), or the correction of another
    filing ("correction/345"). The days are those of reminders.plan.DueDates; `version` counts their changes.
    `remind_at` is the next reminder: empty once the filing is closed, and while the organisation has no
    staff; `told_at` is the last reminder of the current version.
    """

    __tablename__ = "filings"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    organisation: Mapped[str] = mapped_column(CODE)
    obligation: Mapped[str] = mapped_column(String(40))
    occasion: Mapped[str] = mapped_column(String(32))
    named_on: Mapped[date] = mapped_column()
    lead_on: Mapped[date] = mapped_column()
    late_after: Mapped[date] = mapped_column()
    expected: Mapped[bool] = mapped_column()
    version: Mapped[int] = mapped_column()
    state: Mapped[str] = mapped_column(String(12))
    remind_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    event_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("control_events.id"))
    corrects_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("filings.id"))
    submitted_on: Mapped[date | None] = mapped_column()
    number: Mapped[str | None] = mapped_column(Text)
    file_id: Mapped[str | None] = mapped_column(Text)
    file_name: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = mapped_column(BigId)
    waiver_asked_by: Mapped[int | None] = mapped_column(BigId)
    waiver_why: Mapped[str | None] = mapped_column(Text)


IS_OPEN = FilingRow.state == OPEN
WAITS = and_(IS_OPEN, FilingRow.remind_at.is_not(None))
Index("uq_filings_once", FilingRow.organisation, FilingRow.obligation, FilingRow.occasion, unique=True)
Index("ix_filings_remind_at", FilingRow.remind_at, postgresql_where=WAITS, sqlite_where=WAITS)
_OF_EVENT = FilingRow.event_id.is_not(None)
Index("ix_filings_event", FilingRow.event_id, postgresql_where=_OF_EVENT, sqlite_where=_OF_EVENT)


class FilingAuditRow(Base):
    """A change of a filing, by whom (empty: the bot itself), and its details; append-only."""

    __tablename__ = "filing_trail"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    filing: Mapped[int] = mapped_column(BigId, ForeignKey("filings.id"), index=True)
    what: Mapped[str] = mapped_column(String(24))
    by: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict[str, Any]] = mapped_column(JsonText)


class SnoozeRow(Base):
    """A snooze by an official: no reminder of that version before `until`, then one."""

    __tablename__ = "filing_snoozes"

    filing: Mapped[int] = mapped_column(BigId, ForeignKey("filings.id"), primary_key=True)
    person: Mapped[int] = mapped_column(BigId, primary_key=True)
    version: Mapped[int] = mapped_column()
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class ReminderScheduleRow(Base):
    """An organisation's own schedule: working days before the last one, and the hour."""

    __tablename__ = "reminder_ladders"

    organisation: Mapped[str] = mapped_column(CODE, primary_key=True)
    days: Mapped[list[int]] = mapped_column(JsonText)
    at: Mapped[time] = mapped_column()
    set_by: Mapped[int] = mapped_column(BigId)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ObligationSwitchRow(Base):
    """A repealed obligation that an administrator turned on or off."""

    __tablename__ = "obligation_switches"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    is_on: Mapped[bool] = mapped_column()
    set_by: Mapped[int] = mapped_column(BigId)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FilingsGeneratedRow(Base):
    """Single row: the day and registry state of the last generation, and of the last dating."""

    __tablename__ = "filings_made"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_for: Mapped[str] = mapped_column(String(64))
    dated_for: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FeedAddressRow(Base):
    """The secret address of a calendar feed: `digest` is the SHA-256 of its token, which is not stored."""

    __tablename__ = "calendar_addresses"

    person: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class InstallationRow(Base):
    """Single row, random, written by the migration: calendar entries of two installations never meet."""

    __tablename__ = "installations"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
