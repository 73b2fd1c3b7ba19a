"""What other systems got wrong about deadlines (the numbered lessons), and where each is held here.

1. Late starts the next day: below.
2. One order for hours and days: below.
3. Zones: test_due_by_hand.
4. The calendar's end: below.
5. Worked Saturdays: test_national_calendar, test_due_by_hand.
6. Holidays that do not carry over; days decided and expected: test_national_calendar, test_due_by_hand.
7. A person approves each day: below, and test_national_calendar.
8. Calendar days beside working days: below.
9. Not here: no term of these acts pauses.
10. A due date is computed from its event alone: below. That no edit moves the event belongs to complaints.
11. Not here: sweeps belong to notices and reminders.
12. Not here, for the same reason; what a reminder asks of the engine is below.
13. Not here: notices keyed by the version of a date belong there too.
14. Not here; the last working day that a reminder needs is below.
15. Walking back: below, and test_against_naive.
16. One definition of a working day, extended from the base: below.
17. Reached through the bot: tests/bot/test_deadline_calculator.py.
18. No generous fallback: below; and a database without a calendar gives none: test_calendar_store.
19. A calendar held for the life of a process: test_calendar_store.
20. The notice of an extension is a term: below.
"""

from datetime import date, datetime, timedelta

import pytest

from deadlines.calendar import WorkCalendar
from deadlines.due import DueDate, TermEvent, due, is_late, last_working_day
from deadlines.errors import OutsideCalendarError
from deadlines.terms import OUR_READINGS, Term, TermReadings
from kernel.clock import ALMATY
from registry_data.days_off import calendar_is_missing, load_days_off


def at(year: int, month: int, day: int, *clock: int) -> datetime:
    """At ten in the morning unless a time is given."""
    return datetime(year, month, day, *(clock or (10,)), tzinfo=ALMATY)  # type: ignore[misc]


@pytest.fixture
def complaint(terms: dict[str, Term], calendar: WorkCalendar) -> DueDate:
    """Due on Tuesday 31 March 2026."""
    return due(terms["complaint.provider"], TermEvent(at=at(2026, 3, 19)), calendar)


# Lesson 1
@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (at(2026, 3, 31, 18, 31), False),  # after the working day is still the day
        (at(2026, 3, 31, 23, 59, 59), False),
        (at(2026, 3, 31, 23, 59, 59).replace(microsecond=999_999), False),
        (at(2026, 4, 1, 0, 0), True),
        (at(2026, 4, 1, 0, 1), True),
    ],
)
def test_lateness_starts_the_next_day(moment: datetime, late: bool, complaint: DueDate):
    assert is_late(complaint, moment) is late


def test_term_ends_at_the_last_second_in_kazakhstan(complaint: DueDate):
    assert complaint.ends_at.isoformat() == "2026-03-31T23:59:59+05:00"


def test_not_late_while_one_reading_is_in_time(terms: dict[str, Term], calendar: WorkCalendar):
    """Starting on the event's own day, the term ends a day earlier: that alone makes nobody late."""
    strict = TermReadings(starts_next_day=False)
    found = due(terms["complaint.provider"], TermEvent(at=at(2026, 3, 19)), calendar, strict)
    assert found.due_on == date(2026, 3, 30)
    assert not is_late(found, at(2026, 3, 31, 23, 59))
    assert is_late(found, at(2026, 4, 1, 0, 1))


def test_term_in_hours_is_late_to_the_second(terms: dict[str, Term], calendar: WorkCalendar):
    found = due(terms["result.to_corporation"], TermEvent(at=at(2026, 3, 31, 12)), calendar)
    assert not is_late(found, at(2026, 3, 30, 12))
    assert is_late(found, at(2026, 3, 30, 12, 0, 1))


# Lesson 2: the day is checked first, then the hour, in one place
def test_friday_evening_is_registered_on_monday(terms: dict[str, Term], calendar: WorkCalendar):
    found = due(terms["complaint.provider"], TermEvent(at=at(2026, 3, 13, 18, 31)), calendar)
    assert found.registered_on == date(2026, 3, 16)
    assert found.counted_from == date(2026, 3, 17)


def test_first_day_and_hours_are_settings(terms: dict[str, Term], calendar: WorkCalendar):
    as_it_comes = TermReadings(after_hours_waits=False, starts_next_day=False)
    found = due(terms["complaint.provider"], TermEvent(at=at(2026, 3, 13, 18, 31)), calendar, as_it_comes)
    assert (found.registered_on, found.counted_from) == (date(2026, 3, 13), date(2026, 3, 13))
    assert found.readings == ()


# Lesson 4
@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 31), False),
        (date(2026, 11, 1), True),  # next year's calendar is asked for from 1 November on
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),  # and this year's at any time
        (date(2025, 11, 1), False),
    ],
)
def test_missing_calendar_is_detected_early(today: date, missing: bool):
    assert calendar_is_missing(date(2026, 12, 31), today) is missing


def test_count_outside_the_calendar_is_rejected(terms: dict[str, Term], calendar: WorkCalendar):
    with pytest.raises(OutsideCalendarError):
        due(terms["complaint.authority"], TermEvent(at=at(2076, 12, 20)), calendar)
    with pytest.raises(OutsideCalendarError):
        due(terms["complaint.authority"], TermEvent(at=at(2015, 12, 31)), calendar)


# Lesson 18
def test_default_readings_are_ours():
    assert TermReadings() == OUR_READINGS
    assert OUR_READINGS.extended_once


# Lesson 7
def test_every_moved_day_has_its_act_and_source():
    days_off = load_days_off()
    assert len(days_off.moved) == 19
    assert all(pair.source.startswith("https://") and pair.act.kk for pair in days_off.moved)
    assert [pair.by_library for pair in days_off.moved] == [
        pair.worked.year < 2022 for pair in days_off.moved
    ]


# Lesson 8
def test_calendar_days_include_days_off_and_roll_forward(terms: dict[str, Term], calendar: WorkCalendar):
    calendar_days = due(terms["assessment.conclusion"], TermEvent(at=at(2026, 3, 6, 11)), calendar)
    assert calendar_days.counted_to == date(2026, 3, 21)  # fifteen days on, a holiday
    assert calendar_days.due_on == date(2026, 3, 26)  # the working day after it
    working_days = due(terms["complaint.authority"], TermEvent(at=at(2026, 3, 6, 11)), calendar)
    assert working_days.counted_to == working_days.due_on == date(2026, 4, 2)


# Lessons 12 and 14: what a reminder needs from the engine
def test_fixed_date_has_a_last_working_day_before_it(terms: dict[str, Term], calendar: WorkCalendar):
    found = due(terms["control.act_shown"], TermEvent(at=at(2026, 3, 24)), calendar)  # off, carried over
    assert found.due_on == date(2026, 3, 24)
    assert last_working_day(found, calendar) == date(2026, 3, 20)


# Lesson 15
def test_shift_back_skips_days_off(complaint: DueDate, calendar: WorkCalendar):
    assert calendar.shift(complaint.due_on, -2) == date(2026, 3, 27)
    assert calendar.shift(date(2026, 3, 26), -1) == date(2026, 3, 20)


# Lesson 16
def test_extension_counts_from_the_base_date(terms: dict[str, Term], calendar: WorkCalendar):
    event = TermEvent(at=at(2026, 3, 19), extensions=(10,))
    extended = due(terms["complaint.provider"], event, calendar)
    base = due(terms["complaint.provider"], TermEvent(at=at(2026, 3, 19)), calendar)
    assert extended.due_on == calendar.shift(base.due_on, 10) == date(2026, 4, 14)
    by_itself = due(terms["complaint.extension"], TermEvent(at=base.ends_at), calendar)
    assert by_itself.due_on == extended.due_on


# Lesson 20
def test_extension_notice_is_its_own_term(terms: dict[str, Term], calendar: WorkCalendar):
    found = due(terms["complaint.extension_notice"], TermEvent(at=at(2026, 3, 20)), calendar)
    assert found.due_on == date(2026, 3, 30)


# Lesson 10
def test_due_date_of_an_event_is_stable(complaint: DueDate, calendar: WorkCalendar):
    again = due(complaint.term, TermEvent(at=complaint.at + timedelta(0)), calendar)
    assert again == complaint
