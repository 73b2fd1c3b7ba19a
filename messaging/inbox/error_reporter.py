"""Reporting failed updates, to the person and to the log."""

import traceback
from typing import Protocol

from aiogram import Bot
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from messaging.inbox.reading import Addressee

_TRANSIENT_ON_SQLITE = ("locked", "busy", "disk", "unable to open", "full")
_TRANSIENT_ON_POSTGRES = (
    "40001",
    "40P01",
    "53",
    "57P",
    "08",
)  # serialization, deadlock, resources, shutdown, connection


class ErrorReporter(Protocol):
    """How the bot reports an error; neither method gets the person's text."""

    def is_expected(self, error: Exception) -> bool:
        """Whether the error is an answer to the person (a business rule), not a bug."""
        ...

    async def report(self, bot: Bot, to: Addressee, error: Exception, incident: str | None) -> None:
        """Answer the person. `incident` is the number in the log, None for an expected error."""
        ...


def is_database_failing(error: BaseException | None) -> bool:
    """Whether the database itself failed, so that the same update may succeed later."""
    while error is not None:
        if isinstance(error, PoolTimeoutError | ConnectionError):
            return True
        if isinstance(error, DBAPIError):
            return error.connection_invalidated or _is_transient(error)
        error = error.__cause__
    return False


def _is_transient(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlstate", None)
    if code is not None:
        return str(code).startswith(_TRANSIENT_ON_POSTGRES)
    message = str(error.orig).lower()
    return type(error.orig).__name__ == "OperationalError" and any(
        part in message for part in _TRANSIENT_ON_SQLITE
    )


def where(error: BaseException) -> list[str]:
    """The error's type and stack, without its message, which may contain personal data."""
    places = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    causes = [] if error.__cause__ is None else ["caused by", *where(error.__cause__)]
    return [type(error).__name__, *places, *causes]
