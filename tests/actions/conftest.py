"""The hall's databases: organisations, cards and working days."""

from tests.complaints.conftest import (
    calendar,
    cipher,
    live_calendar,
    postgres_hall,
    sqlite_hall,
    untouched_hall,
    untouched_postgres_hall,
    untouched_sqlite_hall,
    whole_registry,
)

__all__ = [
    "calendar",
    "cipher",
    "live_calendar",
    "postgres_hall",
    "sqlite_hall",
    "untouched_hall",
    "untouched_postgres_hall",
    "untouched_sqlite_hall",
    "whole_registry",
]
