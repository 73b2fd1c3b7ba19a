"""Due dates counted by hand on the printed production calendars; each row says what it must skip."""

from datetime import date, datetime

import pytest

from deadlines.calendar import WorkCalendar
from deadlines.due import Certainty, TermEvent, due
from deadlines.terms import Term
from kernel.clock import ALMATY


def at(text: str) -> datetime:
    """The moment, in Asia/Almaty unless a zone is given."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)


FIVE_WORKING_DAYS = [
    # Nauryz, 21-23 March
    ("2024-03-20T10:00", "2024-04-01"),  # 21-22 off, Saturday 23 carried over to Monday 25
    ("2025-03-19T10:00", "2025-03-31"),  # Saturday 22 and Sunday 23 carried over to 24 and 25
    ("2026-03-19T10:00", "2026-03-31"),  # 21 and 22 carried over to 24 and 25, 23 off itself
    ("2027-03-12T10:00", "2027-03-25"),  # Constitution Day on Monday 15, Sunday 21 carried over to 24
    # 8 March
    ("2026-03-05T10:00", "2026-03-13"),  # Sunday 8 carried over to Monday 9
    ("2026-03-12T10:00", "2026-03-19"),  # 15 March 2026 is not a holiday yet, Monday 16 is a working day
    # May
    ("2020-05-06T10:00", "2020-05-15"),  # 7 off, 8 off for 11, which would have been off for Saturday 9
    ("2024-04-29T10:00", "2024-05-06"),  # 1 off, Saturday 4 worked
    ("2024-05-03T10:00", "2024-05-14"),  # 4 worked, 7 off, 8 off for it, 9 off
    ("2025-04-30T10:00", "2025-05-12"),  # 1, 7 and 9 off
    ("2026-04-30T10:00", "2026-05-12"),  # 1 and 7 off, Saturday 9 carried over to Monday 11
    # July
    ("2022-07-08T10:00", "2022-07-15"),  # Kurban Ait on Saturday 9 does not carry over
    ("2023-06-30T10:00", "2023-07-10"),  # Saturday 1 worked, 6 off, 7 off for it
    # August
    ("2018-08-23T10:00", "2018-08-29"),  # Saturday 25 worked
    ("2022-08-25T10:00", "2022-09-02"),  # Saturday 27 worked, 29 off for it, 30 off
    ("2025-08-28T10:00", "2025-09-05"),  # Saturday 30 carried over to Monday 1 September
    ("2026-08-27T10:00", "2026-09-03"),  # 30 August is no longer a holiday: Monday 31 is a working day
    # October
    ("2022-10-20T10:00", "2022-10-28"),  # Saturday 22 worked, 24 off for it, 25 off
    ("2026-10-23T10:00", "2026-11-02"),  # Sunday 25 carried over to Monday 26
    # December and January
    ("2022-12-29T10:00", "2023-01-09"),  # Sunday 1 carried over to 3; Christmas on Saturday 7 does not carry
    ("2023-01-05T10:00", "2023-01-12"),  # Monday 9 worked, for the same reason
    ("2024-12-30T10:00", "2025-01-09"),  # Sunday 5 January worked for Friday 3, 7 off
    ("2025-01-05T10:00", "2025-01-13"),  # registered on that worked Sunday
    ("2025-12-29T10:00", "2026-01-08"),  # 1, 2 and 7 January off
    ("2026-12-15T10:00", "2026-12-23"),  # 16 off, 17 worked since 2022
    ("2026-12-28T10:00", "2027-01-06"),  # Saturday 2 January carried over to Monday 4
    # Saturdays worked in 2016 and 2022
    ("2016-03-03T10:00", "2016-03-11"),  # 5 worked, 7 off for it, 8 off
    ("2022-03-03T10:00", "2022-03-11"),  # 5 worked, 7 off for it, 8 off
]


@pytest.mark.parametrize(("start", "expected"), FIVE_WORKING_DAYS)
def test_five_working_days_match_hand_counts(
    start: str, expected: str, terms: dict[str, Term], calendar: WorkCalendar
):
    found = due(terms["complaint.provider"], TermEvent(at=at(start)), calendar)
    assert found.due_on == date.fromisoformat(expected)


OTHER_TERMS = [
    # 15 working days over Nauryz: the fifth is 31 March, then 1-3, 6-10, 13 and 14 April
    ("complaint.authority", "2026-03-19T10:00", "2026-04-14"),
    # three working days before Thursday 26 March 2026: 20, 19, 18
    ("control.notice", "2026-03-26T09:00", "2026-03-18"),
    # before Monday 6 May 2024: the worked Saturday 4, then 3 and 2
    ("control.notice", "2024-05-06T09:00", "2024-05-02"),
    # the day on which the order is handed is the first of the ten
    ("control.event", "2026-03-19T10:00", "2026-04-06"),
    # handed on a Saturday: the first of the ten is Monday 16
    ("control.event", "2026-03-14T10:00", "2026-04-01"),
    # a month of thirty days, from 2 to 31 October 2014 in kind; here 21 November on, the 20th is a Sunday
    ("standard.discussion", "2026-10-21T10:00", "2026-11-20"),
    ("standard.regulation", "2026-11-20T10:00", "2026-12-21"),  # ends on Sunday 20 December
    ("assessment.conclusion", "2026-03-06T11:00", "2026-03-26"),  # 21 March off, and so all days up to 25
    ("standard.approval", "2016-11-30T10:00", "2017-02-28"),  # there is no 30 February
    ("standard.approval", "2019-11-30T10:00", "2020-03-02"),  # 29 February 2020 is a Saturday
    # a day before the end of the last day of a service's term
    ("result.to_corporation", "2026-03-31T23:59:59", "2026-03-30"),
    ("control.act_shown", "2026-03-22T10:00", "2026-03-22"),  # the order's own date, worked or not
    # nothing is registered here: what is shown on a Saturday is counted from that Saturday
    ("control.act", "2026-03-14T10:00", "2026-03-18"),
]


@pytest.mark.parametrize(("rule", "start", "expected"), OTHER_TERMS)
def test_other_terms_match_hand_counts(
    rule: str, start: str, expected: str, terms: dict[str, Term], calendar: WorkCalendar
):
    assert due(terms[rule], TermEvent(at=at(start)), calendar).due_on == date.fromisoformat(expected)


def test_document_length_counts_from_the_day_after_acceptance(terms: dict[str, Term], calendar: WorkCalendar):
    event = TermEvent(at=at("2026-03-19T10:00"), length=5)
    assert due(terms["service.paper_via_corporation"], event, calendar).due_on == date(2026, 3, 31)


ARRIVALS = [
    ("2026-03-13T18:29", "2026-03-13"),
    ("2026-03-13T18:30", "2026-03-13"),  # the last minute of the working day
    ("2026-03-13T18:30:59", "2026-03-13"),
    ("2026-03-13T18:31", "2026-03-16"),  # Friday evening leads to Monday, not to Saturday
    ("2026-03-13T23:59:59", "2026-03-16"),
    ("2026-03-14T00:00", "2026-03-16"),
    ("2026-03-14T12:00", "2026-03-16"),
    ("2026-03-15T23:59", "2026-03-16"),
    ("2026-03-16T00:00", "2026-03-16"),  # before the working day begins is that day
    ("2026-03-16T04:59", "2026-03-16"),
    ("2026-03-20T18:31", "2026-03-26"),  # over the whole of Nauryz
    ("2024-05-04T18:31", "2024-05-06"),  # after the end of a worked Saturday
    ("2025-01-04T12:00", "2025-01-05"),  # to a worked Sunday
]


@pytest.mark.parametrize(("start", "expected"), ARRIVALS)
def test_event_outside_hours_is_registered_next_working_day(
    start: str, expected: str, terms: dict[str, Term], calendar: WorkCalendar
):
    found = due(terms["complaint.provider"], TermEvent(at=at(start)), calendar)
    assert found.registered_on == date.fromisoformat(expected)


ZONES = [
    # until 1 March 2024 Kazakhstan's clocks were six hours ahead: half past midnight of Thursday 29 February
    ("2024-02-28T18:30+00:00", "2024-03-05"),
    # five hours ahead since: half past eleven on Tuesday 5 March; 8 March is off
    ("2024-03-05T18:30+00:00", "2024-03-11"),
    # the same instant, written in two zones
    ("2026-03-19T00:30+05:00", "2026-03-27"),
    ("2026-03-18T19:30+00:00", "2026-03-27"),
    ("2026-03-18T14:30-05:00", "2026-03-27"),
]


@pytest.mark.parametrize(("start", "expected"), ZONES)
def test_event_day_follows_historic_kazakhstan_time(
    start: str, expected: str, terms: dict[str, Term], calendar: WorkCalendar
):
    found = due(terms["info.contact_centre"], TermEvent(at=at(start)), calendar)  # three working days
    assert found.due_on == date.fromisoformat(expected)


def test_day_in_hours_survives_a_zone_change(terms: dict[str, Term], calendar: WorkCalendar):
    found = due(terms["result.to_corporation"], TermEvent(at=at("2024-03-01T12:00")), calendar)
    assert found.ends_at == at("2024-02-29T13:00+06:00")  # 24 hours earlier, though the wall clock says 23


CERTAINTIES = [
    ("2026-12-15T10:00", Certainty.DECIDED),  # due on 23 December 2026
    ("2026-12-24T10:00", Certainty.DECIDED),  # due on 31 December, the last published day
    ("2026-12-25T10:00", Certainty.EXPECTED),  # due on 5 January 2027
    ("2030-05-02T10:00", Certainty.EXPECTED),
]


@pytest.mark.parametrize(("start", "expected"), CERTAINTIES)
def test_date_past_the_published_calendar_is_expected(
    start: str, expected: Certainty, terms: dict[str, Term], calendar: WorkCalendar
):
    assert due(terms["complaint.provider"], TermEvent(at=at(start)), calendar).certainty is expected


def test_term_counted_back_from_an_expected_day_is_expected(terms: dict[str, Term], calendar: WorkCalendar):
    found = due(terms["control.notice"], TermEvent(at=at("2027-01-05T09:00")), calendar)
    assert found.due_on == date(2026, 12, 29)
    assert found.certainty is Certainty.EXPECTED
