"""Which term applies, who may extend it, and dates by hand for March 2026 with Nauryz."""

from datetime import date, datetime

import pytest

from complaints.errors import ExtensionBodyError, ExtensionLateError
from complaints.terms import (
    Extension,
    Rule,
    check_extension,
    date_complaint,
    may_extend,
    most_days,
    rule_of,
    tell_by,
)
from deadlines.calendar import WorkCalendar
from kernel.clock import ALMATY
from registry_data.organisations import OrganisationKind

EXTENDS = {
    OrganisationKind.AGENCY,
    OrganisationKind.AGENCY_DEPARTMENT,
    OrganisationKind.MINISTRY,
    OrganisationKind.CENTRAL_BODY,
    OrganisationKind.AKIMAT_REGION,
    OrganisationKind.AKIMAT_DISTRICT,
    OrganisationKind.AKIM,
}


@pytest.mark.parametrize("kind", OrganisationKind)
def test_only_the_agency_and_its_bodies_have_fifteen_days(kind: OrganisationKind):
    is_agency = kind in {OrganisationKind.AGENCY, OrganisationKind.AGENCY_DEPARTMENT}
    assert rule_of(kind) is (Rule.AUTHORITY if is_agency else Rule.PROVIDER)


@pytest.mark.parametrize("kind", OrganisationKind)
def test_only_art_25_bodies_may_extend(kind: OrganisationKind):
    assert may_extend(kind, rule_of(kind)) is (kind in EXTENDS)


def at(day: int, hour: int, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("rule", "came", "extended_by", "dates"),
    [
        # Thursday 19 March; 21-23 March is Nauryz, 24 and 25 March are the days off moved from the weekend
        (Rule.PROVIDER, at(19, 10), 0, [date(2026, 3, 19), date(2026, 3, 31)]),
        (Rule.PROVIDER, at(19, 20), 0, [date(2026, 3, 20), date(2026, 4, 1)]),  # after hours: the next day
        (Rule.PROVIDER, at(22, 12), 0, [date(2026, 3, 26), date(2026, 4, 2)]),  # on a holiday
        (Rule.AUTHORITY, at(19, 10), 0, [date(2026, 3, 19), date(2026, 4, 14)]),
        (Rule.PROVIDER, at(19, 10), 10, [date(2026, 3, 19), date(2026, 4, 14)]),
        (Rule.AUTHORITY, at(19, 10), 10, [date(2026, 3, 19), date(2026, 4, 28)]),
    ],
)
def test_due_dates_match_hand_counts(
    calendar: WorkCalendar, rule: Rule, came: datetime, extended_by: int, dates: list[date]
):
    due = date_complaint(rule, came, calendar, Extension(granted=extended_by))
    assert [due.registered_on, due.due_on] == dates
    assert due.late_after == due.due_on


def test_citizen_is_notified_within_three_working_days(calendar: WorkCalendar):
    assert tell_by(at(20, 10), calendar) == date(2026, 3, 30)


def test_an_extension_is_ten_working_days_at_most():
    assert most_days(Rule.PROVIDER) == most_days(Rule.AUTHORITY) == 10


def test_extension_is_allowed_on_the_due_date():
    due_on = date(2026, 3, 31)
    check_extension(OrganisationKind.AKIMAT_REGION, Rule.PROVIDER, due_on, due_on)
    with pytest.raises(ExtensionLateError):
        check_extension(OrganisationKind.AKIMAT_REGION, Rule.PROVIDER, due_on, date(2026, 4, 1))
    with pytest.raises(ExtensionBodyError):
        check_extension(OrganisationKind.STATE_CORPORATION_BRANCH, Rule.PROVIDER, due_on, due_on)
