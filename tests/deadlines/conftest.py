"""The registry's calendar and terms."""

import pytest

from deadlines.calendar import WorkCalendar
from deadlines.national import national_calendar
from deadlines.terms import Term
from notifications.deadline_data import calendar_facts, term_of
from registry_data.days_off import load_days_off
from registry_data.terms import load_terms


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    return national_calendar(calendar_facts(load_days_off()))


@pytest.fixture(scope="session")
def terms() -> dict[str, Term]:
    return {record.rule: term_of(record) for record in load_terms()}
