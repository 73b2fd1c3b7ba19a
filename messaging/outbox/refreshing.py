"""What a notice says at the moment it is sent: made anew from the state, or nothing if it no longer holds."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from messaging.outbox.claims import PendingMessage
from messaging.outbox.hours import Audience
from messaging.outbox.message import OutboxMessage
from messaging.outbox.tables import OutboxRow
from messaging.outbox.writing import dumped, in_parts, is_part, part_keys

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingNotice:
    """A notice about to be sent, by its key's parts; `version` is 0 and `stage` empty where it has no key.

    `written_at` (aware) is when it was written.
    """

    subject: str
    version: int
    stage: str
    recipient: int
    audience: Audience | None
    written_at: datetime

    @property
    def number(self) -> int:
        """What the subject is about."""
        return int(self.subject.rpartition("/")[2])


Refresh = Callable[[AsyncSession, WaitingNotice, datetime], Awaitable[Mapping[str, Any] | None]]
"""The fields of sendMessage by the state at an instant (aware); None where the notice no longer holds."""


async def refreshed(
    session: AsyncSession, rows: Sequence[PendingMessage], refreshers: Mapping[str, Refresh], now: datetime
) -> dict[int, str | None]:
    """The payloads, by row id, of the notices among `rows` that say something else by now; None where one
    says nothing any more.

    `refreshers` are by the first word of a subject; others are sent as they were written. So is a notice that
    cannot be made anew.
    """
    found: dict[int, str | None] = {}
    for row in rows:
        refresh = refreshers.get((row.subject or "").partition("/")[0])
        if refresh is not None and row.method == "sendMessage":
            try:
                found[row.id] = await _payload(session, row, await refresh(session, _waiting(row), now))
            except (SQLAlchemyError, OSError):
                raise
            except Exception as error:  # noqa: BLE001  what was true when it was written is better than nothing
                kind = (row.subject or "").partition("/")[0]  # the number may be a person's
                _log.error("a notice cannot be made anew", kind=kind, error=type(error).__name__)
    return found


def _waiting(row: PendingMessage) -> WaitingNotice:
    _, version, stage, _ = row.key.rsplit("/", 3) if row.key else ("", "0", "", "")
    return WaitingNotice(
        subject=row.subject or "",
        version=int(version),
        stage=stage,
        recipient=row.chat_id,
        audience=row.audience,
        written_at=row.made_at,
    )


async def _payload(
    session: AsyncSession, row: PendingMessage, fields: Mapping[str, Any] | None
) -> str | None:
    """The row's part of what is said now; as it was written, if that has another number of parts."""
    if fields is None:
        return None
    payload = {"chat_id": row.chat_id, **fields}
    parts = in_parts(OutboxMessage(chat_id=row.chat_id, method=row.method, payload=payload))
    if row.key is None:
        return dumped(parts[0].payload) if len(parts) == 1 else row.payload
    keys = part_keys(row.key)
    written = await session.scalar(select(func.count()).where(OutboxRow.key.in_(keys)))
    if written != len(parts):
        return row.payload
    return dumped(parts[keys.index(row.key) if is_part(row.key) else -1].payload)
