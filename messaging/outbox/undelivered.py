"""Telling whoever should know that a notice reached nobody."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession

from messaging.outbox.claims import PendingMessage
from messaging.outbox.sending import DeliveryResult

_FAULTS_OF_OURS = (IntegrityError, DataError, ProgrammingError)  # they would come again
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredNotice:
    """A notice that will not be tried again; `reason` "unreachable" where the recipient blocked the bot."""

    recipient: int
    key: str
    reason: str

    @property
    def subject(self) -> str:
        """What the notice was about; see Notice."""
        return self.key.rsplit("/", 3)[0]


TellOfGivenUp = Callable[[AsyncSession, UndeliveredNotice, datetime], Awaitable[None]]


def given_up_notices(
    recipient: int,
    rows: Sequence[PendingMessage],
    results: Sequence[DeliveryResult],
    waited: Sequence[str | None],
) -> list[UndeliveredNotice]:
    """What was given up just now: of the `rows` tried, and of the keys that `waited` for a lost chat."""
    found = [
        UndeliveredNotice(recipient=recipient, key=row.key, reason=result.mark.reason or "")
        for row, result in zip(rows, results, strict=False)
        if row.key is not None and result.mark.given_up_at is not None
    ]
    reason = results[-1].chat_lost or ""
    return found + [
        UndeliveredNotice(recipient=recipient, key=key, reason=reason) for key in waited if key is not None
    ]


async def tell(
    session: AsyncSession, on_undelivered: TellOfGivenUp, given_up: Sequence[UndeliveredNotice], now: datetime
) -> None:
    """Call the port in the transaction of the marks; what it fails at is logged and undone by itself.

    Where the database failed it (a deadlock, a lost connection), the error goes on and undoes the marks too:
    what Telegram refused is then tried and told anew.
    """
    for one in given_up:
        try:
            async with session.begin_nested():
                await on_undelivered(session, one, now)
        except Exception as error:
            if isinstance(error, DBAPIError) and not isinstance(error, _FAULTS_OF_OURS):
                raise
            _log.error("nobody was told of a notice given up", key=one.key, error=type(error).__name__)
