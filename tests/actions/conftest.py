"""The scenario's databases: organisations, cards and working days."""

from tests.complaints.conftest import (
    calendar,
    cipher,
    live_calendar,
    postgres_scenario,
    sqlite_scenario,
    untouched_postgres_scenario,
    untouched_scenario,
    untouched_sqlite_scenario,
    whole_registry,
)

__all__ = [
    "calendar",
    "cipher",
    "live_calendar",
    "postgres_scenario",
    "sqlite_scenario",
    "untouched_postgres_scenario",
    "untouched_scenario",
    "untouched_sqlite_scenario",
    "whole_registry",
]
