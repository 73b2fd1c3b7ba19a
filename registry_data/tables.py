"""Tables of the registry: each record as JSON, with a digest to detect changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, Json, UtcDateTime

KEY = String(64)
DIGEST = String(64)  # SHA-256 in hexadecimal


class KeyedBody:
    """A record by key: its fields as JSON, their digest, and the time of the last change."""

    key: Mapped[str] = mapped_column(KEY, primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(DIGEST)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CardRow(KeyedBody, Base):
    __tablename__ = "cards"


class ActRow(KeyedBody, Base):
    __tablename__ = "acts"


class OrganisationRow(KeyedBody, Base):
    __tablename__ = "organisations"


class RegionRow(KeyedBody, Base):
    __tablename__ = "regions"


class GuideRow(KeyedBody, Base):
    __tablename__ = "guides"


class MonthlyIndexRow(KeyedBody, Base):
    """The key is the date the value applies from."""

    __tablename__ = "monthly_indices"


class CardHistoryRow(Base):
    """A card before it was changed or removed; append-only."""

    __tablename__ = "card_history"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    slug: Mapped[str] = mapped_column(KEY, index=True)
    body: Mapped[dict[str, Any] | None] = mapped_column(Json)  # empty if the card did not exist
    changed_by: Mapped[str] = mapped_column(String(128))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CardProposalRow(Base):
    """A card made from a draft, waiting for an editor; `based_on` is the digest of the card it changes."""

    __tablename__ = "card_proposals"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    slug: Mapped[str] = mapped_column(KEY, index=True)
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    based_on: Mapped[str] = mapped_column(DIGEST)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RegistryImportRow(Base):
    """An import with what stood before it and what it left, by kind of record and key."""

    __tablename__ = "registry_imports"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    imported_by: Mapped[str] = mapped_column(String(128))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    before: Mapped[dict[str, Any]] = mapped_column(Json)  # bodies
    after: Mapped[dict[str, Any]] = mapped_column(Json)  # digests
    was_shipped: Mapped[bool]
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SourceCheckRow(Base):
    """Whether the page at an address answered when it was visited last."""

    __tablename__ = "source_checks"

    address: Mapped[str] = mapped_column(String(1500), primary_key=True)
    answered: Mapped[bool]
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RegistryVersionRow(Base):
    """A single row: a number that grows with every change, which tells processes to read the registry again.

    `shipped` is the fingerprint of the last shipped registry seen, `shipped_number` the number after it was
    loaded: while it equals `number`, nobody has imported another one.
    """

    __tablename__ = "registry_version"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    shipped: Mapped[str] = mapped_column(DIGEST, default="")
    shipped_number: Mapped[int] = mapped_column(Integer, default=0)
