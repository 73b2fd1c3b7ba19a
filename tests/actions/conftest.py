"""The scenario's databases: organisations, cards and working days."""

from tests.complaints.conftest import (
    calendar,
    cipher,
    live_calendar,
    postgres_rollback_database,
    postgres_scenario,
    rollback_database,
    sqlite_rollback_database,
    sqlite_scenario,
    whole_registry,
)

__all__ = [
    "calendar",
    "cipher",
    "live_calendar",
    "postgres_rollback_database",
    "postgres_scenario",
    "rollback_database",
    "sqlite_rollback_database",
    "sqlite_scenario",
    "whole_registry",
]
