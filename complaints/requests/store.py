"""Requests of complaints in the database; commits nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.requests.rules import RequestEnd, RequestKind, Requisite
from complaints.requests.tables import IS_PENDING, RequestRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRequest:
    """See RequestRow."""

    id: int
    kind: RequestKind
    asked_at: datetime
    missing: tuple[Requisite, ...]
    complete_by: date | None
    due_on: date


@dataclass(frozen=True, slots=True)
class RequestStore:
    session: AsyncSession

    async def pending(self, complaint: int) -> Sequence[PendingRequest]:
        query = select(RequestRow).where(RequestRow.complaint == complaint, IS_PENDING)
        return [request_of(row) for row in await self.session.scalars(query.order_by(RequestRow.id))]

    async def row(self, complaint: int, kind: RequestKind) -> RequestRow | None:
        """The pending one of this kind: there is one at most."""
        mine = (RequestRow.complaint == complaint, RequestRow.kind == kind.value, IS_PENDING)
        return await self.session.scalar(select(RequestRow).where(*mine))

    async def last(self, complaint: int, kind: RequestKind) -> RequestRow | None:
        """The newest of this kind, pending or not."""
        mine = (RequestRow.complaint == complaint, RequestRow.kind == kind.value)
        return await self.session.scalar(
            select(RequestRow).where(*mine).order_by(RequestRow.id.desc()).limit(1)
        )

    async def add(self, row: RequestRow) -> RequestRow:
        self.session.add(row)
        await self.session.flush()
        return row


def request_of(row: RequestRow) -> PendingRequest:
    return PendingRequest(
        id=row.id,
        kind=RequestKind(row.kind),
        asked_at=row.asked_at,
        missing=tuple(Requisite(code) for code in (row.missing or "").split()),
        complete_by=row.complete_by,
        due_on=row.due_on,
    )


def end(row: RequestRow, how: RequestEnd, at: datetime) -> None:
    row.done_at, row.how = at, how.value
