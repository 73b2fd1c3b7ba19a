"""A complaint's audit log: one immutable row per step, with ids, dates, codes, digests and pseudonyms only.

Each row is chained to the one before by its hash.
"""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.access_log.chain import ALIAS_BITS, alias_of, persons_of
from accounts.access_log.tables import LogActorRow
from complaints.lifecycle import ComplaintState, LifecycleStep
from complaints.tables import AuditLogRow, ComplaintRow

CITIZEN, SYSTEM = "citizen", "system"  # roles besides those of accounts
_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
AuditValue = str | int | date | Enum | None
AuditData = Mapping[str, AuditValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, by Telegram id (None: the system itself), and in which role."""

    id: int | None
    role: str


BY_SYSTEM = Actor(id=None, role=SYSTEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLogEntry:
    """One row of the audit log; `what` holds plain codes and numbers."""

    at: datetime
    actor: Actor
    step: LifecycleStep
    state: ComplaintState
    what: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class AuditLog:
    session: AsyncSession

    async def add(
        self, row: ComplaintRow, step: LifecycleStep, actor: Actor, at: datetime, what: AuditData
    ) -> None:
        """Record that `step` led to the row's current state; the row is locked.

        Raises ValueError for what is not a code.
        """
        alias = None if actor.id is None else await self.alias(row, actor.id, at)
        before = select(AuditLogRow.hash).where(
            AuditLogRow.complaint == row.id, AuditLogRow.place == row.steps
        )
        previous = await self.session.scalar(before)
        self._write(row, entry_of(row, step, at, what, Actor(id=alias, role=actor.role)), previous or "")

    def begin(self, row: ComplaintRow, actor: Actor, at: datetime, what: AuditData) -> None:
        """The first step of a new complaint, where nobody has a pseudonym yet: nothing is to be read."""
        alias = None if actor.id is None else secrets.randbits(ALIAS_BITS)
        if alias is not None:
            self.session.add(LogActorRow(subject=subject_of(row.id), alias=alias, person=actor.id, since=at))
        entry = entry_of(row, LifecycleStep.REGISTER, at, what, Actor(id=alias, role=actor.role))
        self._write(row, entry, "")

    async def alias(self, row: ComplaintRow, person: int, at: datetime) -> int:
        """The person's pseudonym in the logs of this complaint."""
        return await alias_of(self.session, subject_of(row.id), person, at)

    async def of(self, complaint: int) -> Sequence[AuditLogEntry]:
        """The complaint's steps, oldest first; of a forgotten actor only the role is known."""
        query = select(AuditLogRow).where(AuditLogRow.complaint == complaint).order_by(AuditLogRow.place)
        persons = await persons_of(self.session, subject_of(complaint))
        return [
            AuditLogEntry(
                at=row.at,
                actor=Actor(id=persons.get(row.actor), role=row.role),
                step=LifecycleStep(row.step),
                state=ComplaintState(row.state),
                what=row.what,
            )
            for row in await self.session.scalars(query)
        ]

    def _write(self, row: ComplaintRow, entry: AuditLogRow, previous: str) -> None:
        entry.hash = linked(previous, {name: getattr(entry, name) for name in HASHED})
        row.steps = entry.place
        self.session.add(entry)


def subject_of(complaint: int) -> str:
    """The complaint in the logs and in the access log."""
    return f"complaint/{complaint}"


def entry_of(
    row: ComplaintRow, step: LifecycleStep, at: datetime, what: AuditData, actor: Actor
) -> AuditLogRow:
    """The complaint's next step, not chained yet; `actor` is a pseudonym. Raises ValueError."""
    return AuditLogRow(
        complaint=row.id,
        place=row.steps + 1,
        at=at,
        actor=actor.id,
        role=actor.role,
        step=step.value,
        state=row.state,
        what=plain(what),
    )


_ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
HASHED = ("complaint", "place", "actor", "role", "step", "state", "what", "at")


def linked(previous: str, entry: Mapping[str, Any]) -> str:
    """The hash of an entry (its HASHED values) that follows the one with the hash `previous`, empty for the
    first.
    """
    record = {**entry, "at": entry["at"].astimezone(UTC).isoformat(timespec="microseconds")}
    return hashlib.sha256(f"{previous}\n{_ENCODE(record)}".encode()).hexdigest()


def plain(what: AuditData) -> dict[str, str | int]:
    """`what` as stored, without None values. Raises ValueError for what is not a code."""
    return {name: _code(value) for name, value in what.items() if value is not None}


def new_seal() -> str:
    """A key for one complaint's digests: once erased, the digests reveal nothing."""
    return secrets.token_hex(32)


def digest(seal: str, text: str) -> str:
    return hmac.new(seal.encode(), text.encode(), hashlib.sha256).hexdigest()


def _code(value: AuditValue) -> str | int:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise ValueError("the trail holds ids, dates, codes and digests only")
    return value
