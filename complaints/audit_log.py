"""A complaint's audit log: one immutable row per step, with ids, dates, codes and digests only."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

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

    def add(
        self, row: ComplaintRow, step: LifecycleStep, actor: Actor, at: datetime, what: AuditData
    ) -> None:
        """Record that `step` led to the row's current state. Raises ValueError for what is not a code."""
        row.steps += 1
        self.session.add(
            AuditLogRow(
                complaint=row.id,
                at=at,
                actor=actor.id,
                role=actor.role,
                step=step.value,
                state=row.state,
                what=plain(what),
            )
        )

    async def of(self, complaint: int) -> Sequence[AuditLogEntry]:
        """The complaint's steps, oldest first."""
        query = select(AuditLogRow).where(AuditLogRow.complaint == complaint).order_by(AuditLogRow.id)
        return [
            AuditLogEntry(
                at=row.at,
                actor=Actor(id=row.actor, role=row.role),
                step=LifecycleStep(row.step),
                state=ComplaintState(row.state),
                what=row.what,
            )
            for row in await self.session.scalars(query)
        ]


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
