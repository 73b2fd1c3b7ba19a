"""When handling an update fails: what is said of it, to the person and to the log."""

import traceback
from typing import Protocol

from aiogram import Bot
from aiogram.types import Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_PASSING_ON_SQLITE = ("locked", "busy", "disk", "unable to open", "full")
_PASSING_ON_POSTGRES = (
    "40001",
    "40P01",
    "53",
    "57P",
    "08",
)  # serialization, deadlock, resources, shutdown, wire


class ErrorReporter(Protocol):
    """What the bot says of an error; both are called with no words of the person at hand."""

    def is_expected(self, error: Exception) -> bool:
        """Whether the error is an answer to the person (a rule said no) and no fault of ours."""
        ...

    async def tell(self, bot: Bot, update: Update, error: Exception, incident: str | None) -> None:
        """Answer the person: `incident` is the number that stands in the log, None for an expected error."""
        ...


def is_database_failing(error: BaseException | None) -> bool:
    """Whether the database itself failed, so that the same update may well succeed later."""
    while error is not None:
        if isinstance(error, PoolTimeoutError | ConnectionError):
            return True
        if isinstance(error, DBAPIError):
            return error.connection_invalidated or _is_passing(error)
        error = error.__cause__
    return False


def _is_passing(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlstate", None)
    if code is not None:
        return str(code).startswith(_PASSING_ON_POSTGRES)
    words = str(error.orig).lower()
    return type(error.orig).__name__ == "OperationalError" and any(
        part in words for part in _PASSING_ON_SQLITE
    )


def where(error: BaseException) -> list[str]:
    """The error's kind and the places it came through, without its words, which may be a person's."""
    places = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    causes = [] if error.__cause__ is None else ["caused by", *where(error.__cause__)]
    return [type(error).__name__, *places, *causes]
