"""Read and write the access log."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.access_log.chain import alias_of, linked, look_record, persons_of
from accounts.access_log.tables import AccessLogRow
from database.types import dialect_of

_IDS = re.compile(r"[a-z_]+/(\d+|[a-z][a-z0-9-]*)")
_FIELDS = re.compile(r"[a-z_]+(,[a-z_]+)*")
_REASON = re.compile(r"[a-z_]{1,24}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLogEntry:
    """`viewer` is a Telegram id, None where forgotten, `subject` the owner of the values ("complaint/17"),
    `what` the names of fields, `reason` a code, None where the viewer has the case.

    Raises ValueError where one of them could hold a value instead of ids, names and codes.
    """

    viewer: int | None
    subject: str
    what: str
    reason: str | None = None

    def __post_init__(self) -> None:
        if not _IDS.fullmatch(self.subject) or not _FIELDS.fullmatch(self.what):
            raise ValueError("a look is kept by id and by names of fields")
        if self.reason is not None and not _REASON.fullmatch(self.reason):
            raise ValueError("the reason of a look is a code")


@dataclass(frozen=True, slots=True)
class AccessLog:
    session: AsyncSession

    async def keep(self, access: AccessLogEntry, at: datetime) -> None:
        assert access.viewer is not None
        await self._lock(access.subject)
        of = AccessLogRow.subject == access.subject
        last = select(AccessLogRow.place, AccessLogRow.hash).where(of).order_by(AccessLogRow.place.desc())
        before = (await self.session.execute(last.limit(1))).first()
        row = AccessLogRow(
            subject=access.subject,
            place=1 if before is None else before.place + 1,
            viewer=await alias_of(self.session, access.subject, access.viewer, at),
            what=access.what,
            reason=access.reason,
            at=at,
        )
        row.hash = linked("" if before is None else before.hash, look_record(row))
        self.session.add(row)
        await self.session.flush()

    async def of(self, subject: str) -> Sequence[tuple[AccessLogEntry, datetime]]:
        """Every access to the subject's values, oldest first."""
        rows = await self.session.scalars(
            select(AccessLogRow).where(AccessLogRow.subject == subject).order_by(AccessLogRow.place)
        )
        persons = await persons_of(self.session, subject)
        return [
            (
                AccessLogEntry(
                    viewer=persons.get(row.viewer), subject=row.subject, what=row.what, reason=row.reason
                ),
                row.at,
            )
            for row in rows
        ]

    async def _lock(self, subject: str) -> None:
        """Two looks at once would follow the same one; SQLite has one writer."""
        if dialect_of(self.session) != "sqlite":
            await self.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(subject, 0))))
