"""Which errors are database failures, and what of an error may be logged."""

import sqlite3

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from messaging.inbox.error_reporter import is_database_failing, where


def _postgres(code: str) -> DBAPIError:
    original = asyncpg.PostgresError("a")
    original.sqlstate = code
    return DBAPIError("SELECT", {}, original)


def _sqlite(message: str) -> OperationalError:
    return OperationalError("SELECT", {}, sqlite3.OperationalError(message))


def _caused(error: Exception) -> Exception:
    outer = RuntimeError("outer")
    outer.__cause__ = error
    return outer


@pytest.mark.parametrize(
    "error",
    [
        _postgres("40001"),  # serialization failure
        _postgres("40P01"),  # deadlock
        _postgres("57P01"),  # the server is stopping
        _postgres("53300"),  # too many connections
        _sqlite("database is locked"),
        _sqlite("database or disk is full"),
        DBAPIError("SELECT", {}, OSError("gone"), connection_invalidated=True),
        PoolTimeoutError(),
        ConnectionRefusedError(),
        _caused(_sqlite("database is locked")),
    ],
)
def test_database_failure_is_recognised(error: Exception):
    assert is_database_failing(error)


@pytest.mark.parametrize(
    "error",
    [
        _postgres("42P01"),  # undefined table: a retry does not help
        _postgres("23505"),  # unique violation
        _sqlite("no such table: cards"),
        IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed")),
        ValueError("locked"),
        TimeoutError(),
    ],
)
def test_handler_error_is_not_a_database_failure(error: Exception):
    assert not is_database_failing(error)


def _fail() -> None:
    try:
        int("870001112233 is my number")
    except ValueError as error:
        raise RuntimeError("her name is Aliya") from error


def test_log_holds_the_location_without_data():
    with pytest.raises(RuntimeError) as caught:
        _fail()
    logged = " ".join(where(caught.value))
    assert "RuntimeError" in logged
    assert "caused by ValueError test_failures.py" in logged
    assert "Aliya" not in logged
    assert "8700" not in logged
