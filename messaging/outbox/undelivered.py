"""Reports notices that could not be delivered."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession

from messaging.outbox.claims import PendingMessage
from messaging.outbox.retries import STALE
from messaging.outbox.sending import DeliveryResult
from messaging.outbox.writing import is_part

_FAULTS_OF_OURS = (IntegrityError, DataError, ProgrammingError)  # these would fail again
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredNotice:
    """A notice that was given up; `reason` is "unreachable" if the recipient blocked the bot."""

    recipient: int
    key: str
    reason: str

    @property
    def subject(self) -> str:
        return self.key.rsplit("/", 3)[0]


OnUndelivered = Callable[[AsyncSession, UndeliveredNotice, datetime], Awaitable[None]]


def given_up_notices(
    recipient: int,
    rows: Sequence[PendingMessage],
    results: Sequence[DeliveryResult],
    waited: Sequence[str | None],
) -> list[UndeliveredNotice]:
    """Notices just given up: among the `rows` tried, and the keys that `waited` for a lost chat."""
    found = [
        UndeliveredNotice(recipient=recipient, key=row.key, reason=result.mark.reason or "")
        for row, result in zip(rows, results, strict=False)
        if row.key is not None
        and not is_part(row.key)
        and result.mark.given_up_at is not None
        and result.mark.reason != STALE
    ]
    reason = results[-1].chat_lost or ""
    return found + [
        UndeliveredNotice(recipient=recipient, key=key, reason=reason)
        for key in waited
        if key is not None and not is_part(key)
    ]


async def report_undelivered(
    session: AsyncSession, on_undelivered: OnUndelivered, given_up: Sequence[UndeliveredNotice], now: datetime
) -> None:
    """Call the port in the transaction of the marks; its failures are logged and rolled back alone.

    If the database failed (a deadlock, a lost connection), the error propagates and rolls back the marks too,
    so that sending and reporting are repeated.
    """
    for notice in given_up:
        try:
            async with session.begin_nested():
                await on_undelivered(session, notice, now)
        except Exception as error:
            if isinstance(error, DBAPIError) and not isinstance(error, _FAULTS_OF_OURS):
                raise
            kind = notice.key.partition("/")[0]  # the rest of a key names the recipient
            _log.error("nobody was told of a notice given up", kind=kind, error=type(error).__name__)
