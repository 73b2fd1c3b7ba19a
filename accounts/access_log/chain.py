"""Hash chains over pseudonyms: what the logs that are only added to have in common."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.access_log.tables import AccessLogRow, LogActorRow

ALIAS_BITS: Final = 62  # a BIGINT; a person is not guessed from it
_ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def linked(previous: str, record: Mapping[str, Any]) -> str:
    """The hash of a record that follows the one with the hash `previous`, empty for the first."""
    return hashlib.sha256(f"{previous}\n{_ENCODE(record)}".encode()).hexdigest()


def look_record(row: AccessLogRow) -> dict[str, Any]:
    """What the hash of a look is made of."""
    names = ("subject", "place", "viewer", "what", "reason")
    return {"at": instant(row.at), **{name: getattr(row, name) for name in names}}


def instant(at: datetime) -> str:
    """The same for every database and time zone."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


async def alias_of(session: AsyncSession, subject: str, person: int, at: datetime) -> int:
    """The person's pseudonym in the subject's logs, made where there is none."""
    row = LogActorRow
    known = await session.scalar(select(row.alias).where(row.subject == subject, row.person == person))
    if known is not None:
        return known
    made = secrets.randbits(ALIAS_BITS)
    session.add(LogActorRow(subject=subject, alias=made, person=person, since=at))
    await session.flush()
    return made


async def persons_of(session: AsyncSession, subject: str) -> dict[int | None, int]:
    """Who stands behind the subject's pseudonyms; the forgotten do not."""
    rows = await session.scalars(select(LogActorRow).where(LogActorRow.subject == subject))
    return {row.alias: row.person for row in rows}
