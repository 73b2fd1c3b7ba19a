"""Tables of roles, joining and leaving, leaves and connections."""

from datetime import date, datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, UtcDateTime

CODE = String(64)


class MembershipRow(Base):
    """A person's role in an organisation, from `joined_at` until `ended_at`; rows are only added and ended.

    `admitted_by` and `ended_by` are persons, empty for the operator at the command line.
    """

    __tablename__ = "memberships"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigId, index=True)
    organisation: Mapped[str] = mapped_column(CODE, index=True)
    role: Mapped[str] = mapped_column(String(16))
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    admitted_by: Mapped[int | None] = mapped_column(BigId)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(BigId)


IS_MEMBER = MembershipRow.ended_at.is_(None)
Index(
    "uq_memberships_active",
    MembershipRow.telegram_id,
    MembershipRow.organisation,
    MembershipRow.role,
    unique=True,
    postgresql_where=IS_MEMBER,
    sqlite_where=IS_MEMBER,
)


class InvitationRow(Base):
    """A one-time link: `digest` is the SHA-256 of its token, which is not stored.

    `taken_by` opened it; at `introduced_at` they gave a name; at `decided_at` the join was confirmed or
    refused, or the invitation withdrawn.
    """

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    organisation: Mapped[str] = mapped_column(CODE)
    role: Mapped[str] = mapped_column(String(16))
    invited_by: Mapped[int | None] = mapped_column(BigId, index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by: Mapped[int | None] = mapped_column(BigId)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    introduced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted: Mapped[bool | None] = mapped_column()


class WrongGuessRow(Base):
    """How many wrong tokens in a row a person has tried, and when last.

    `person` is a keyed digest: the count outlives /forget, and names nobody.
    """

    __tablename__ = "wrong_guesses"

    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int] = mapped_column()
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LeaveRow(Base):
    """A member is on leave from `first_day` to `last_day`, both inclusive; `deputy` has the
    work meanwhile.
    """

    __tablename__ = "leaves"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigId, index=True)
    organisation: Mapped[str] = mapped_column(CODE)
    deputy: Mapped[int] = mapped_column(BigId)
    first_day: Mapped[date] = mapped_column()
    last_day: Mapped[date] = mapped_column()
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HandOverRow(Base):
    """Open work of a member who left: passed to `to_person` or, if empty, unassigned."""

    __tablename__ = "hand_overs"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    organisation: Mapped[str] = mapped_column(CODE)
    from_person: Mapped[int] = mapped_column(BigId, index=True)
    to_person: Mapped[int | None] = mapped_column(BigId)
    made_by: Mapped[int | None] = mapped_column(BigId)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ConnectionRow(Base):
    """A head accepted complaints through the bot: who, when, and the accepted text."""

    __tablename__ = "connections"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    organisation: Mapped[str] = mapped_column(CODE)
    accepted_by: Mapped[int] = mapped_column(BigId)
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(BigId)


IS_CONNECTED = ConnectionRow.ended_at.is_(None)
Index(
    "uq_connections_active",
    ConnectionRow.organisation,
    unique=True,
    postgresql_where=IS_CONNECTED,
    sqlite_where=IS_CONNECTED,
)
