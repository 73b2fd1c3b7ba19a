"""Read and write the access log."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.access_log.tables import AccessLogRow

_IDS = re.compile(r"[a-z_]+/\d+")
_FIELDS = re.compile(r"[a-z_]+(,[a-z_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLogEntry:
    """`viewer` is a Telegram id, `subject` the owner of the values ("complaint/17"), `what` the names of
    fields.

    Raises ValueError where `subject` or `what` could hold a value instead of ids and names.
    """

    viewer: int
    subject: str
    what: str

    def __post_init__(self) -> None:
        if not _IDS.fullmatch(self.subject) or not _FIELDS.fullmatch(self.what):
            raise ValueError("a look is kept by id and by names of fields")


@dataclass(frozen=True, slots=True)
class AccessLog:
    session: AsyncSession

    async def keep(self, access: AccessLogEntry, at: datetime) -> None:
        self.session.add(AccessLogRow(viewer=access.viewer, subject=access.subject, what=access.what, at=at))
        await self.session.flush()

    async def of(self, subject: str) -> Sequence[tuple[AccessLogEntry, datetime]]:
        """Every access to the subject's values, oldest first."""
        rows = await self.session.scalars(
            select(AccessLogRow).where(AccessLogRow.subject == subject).order_by(AccessLogRow.id)
        )
        return [
            (AccessLogEntry(viewer=row.viewer, subject=row.subject, what=row.what), row.at) for row in rows
        ]
