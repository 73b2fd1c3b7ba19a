"""Until when one may complain, and where an answer or silence may be taken; the engine counts the same."""

from datetime import date, timedelta

from complaints.appeals import (
    COURT,
    LODGING,
    LODGING_UNNAMED,
    AppealTo,
    appeal_to,
    appeal_until,
    lodge_unnamed_until,
    lodge_until,
)
from complaints.terms import Rule, moment_of, term
from deadlines.calendar import WorkCalendar
from deadlines.due import TermEvent, due
from tests.each import each_case


def test_after_the_provider_comes_the_agency_and_after_it_the_court():
    assert appeal_to(Rule.PROVIDER) is AppealTo.AGENCY
    assert appeal_to(Rule.AUTHORITY) is AppealTo.COURT


def test_months_count_from_the_day_of_learning():
    assert lodge_until(date(2026, 3, 31)) == date(2026, 6, 30)
    assert lodge_until(date(2026, 11, 30)) == date(2027, 2, 28)
    assert lodge_unnamed_until(date(2026, 3, 31)) == date(2026, 9, 30)
    assert appeal_until(Rule.PROVIDER, date(2026, 3, 31)) == date(2026, 6, 30)
    assert appeal_until(Rule.AUTHORITY, date(2026, 3, 31)) == date(2026, 4, 30)


def test_a_last_day_off_does_not_move_the_day():
    assert lodge_until(date(2026, 1, 5)) == date(2026, 4, 5)  # a Sunday


def test_every_day_of_two_years_agrees_with_the_engine(calendar: WorkCalendar):
    known_ways = {LODGING: lodge_until, LODGING_UNNAMED: lodge_unnamed_until}
    with each_case() as cases:
        for number in range(730):
            day = date(2026, 1, 1) + timedelta(days=number)
            event = TermEvent(at=moment_of(day))
            for rule, until in known_ways.items():
                with cases.case(rule, day):
                    assert until(day) == due(term(rule), event, calendar).due_on
            with cases.case(COURT, day):
                assert appeal_until(Rule.AUTHORITY, day) == due(term(COURT), event, calendar).due_on
