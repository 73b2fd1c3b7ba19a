"""The calendar and the obligations of the registry's own files."""

import pytest

from deadlines.calendar import WorkCalendar
from deadlines.national import national_calendar
from notifications.deadline_data import calendar_facts
from registry_data.days_off import load_days_off
from registry_data.obligations import ObligationRecord, load_obligations
from tests.bot.conftest import catalogue, loaded_registry, registry_database, town

__all__ = ["catalogue", "loaded_registry", "registry_database", "town"]


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    return national_calendar(calendar_facts(load_days_off()))


@pytest.fixture(scope="session")
def obligations() -> dict[str, ObligationRecord]:
    return {one.code: one for one in load_obligations()}
