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
from deadlines.clock import ALMATY
from deadlines.due import Due, Event, due
from deadlines.errors import OutOfCalendarError
from deadlines.lateness import is_late, last_working_day
from deadlines.terms import OUR_READINGS, Readings, Term
from registry_data.days_off import calendar_is_missing, load_days_off


def at(year: int, month: int, day: int, *clock: int) -> datetime:
    """Ten in the morning where no hour, minute and second are given."""
    return datetime(year, month, day, *(clock or (10,)), tzinfo=ALMATY)  # type: ignore[misc]


@pytest.fixture
def complaint(terms: dict[str, Term], calendar: WorkCalendar) -> Due:
    """Due on Tuesday 31 March 2026."""
    return due(terms["complaint.provider"], Event(at=at(2026, 3, 19)), calendar)


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
def test_late_starts_with_the_next_day(moment: datetime, late: bool, complaint: Due):
    assert is_late(complaint, moment) is late


def test_a_term_ends_on_the_last_second_of_its_day_in_kazakhstan(complaint: Due):
    assert complaint.ends_at.isoformat() == "2026-03-31T23:59:59+05:00"


def test_nobody_is_called_late_while_one_count_of_day_one_has_him_in_time(
    terms: dict[str, Term], calendar: WorkCalendar
):
    """With day one on the day itself the term ends a day earlier: that alone makes nobody late."""
    strict = Readings(starts_next_day=False)
    found = due(terms["complaint.provider"], Event(at=at(2026, 3, 19)), calendar, strict)
    assert found.due_on == date(2026, 3, 30)
    assert not is_late(found, at(2026, 3, 31, 23, 59))
    assert is_late(found, at(2026, 4, 1, 0, 1))


def test_a_term_in_hours_is_late_from_its_own_second(terms: dict[str, Term], calendar: WorkCalendar):
    found = due(terms["result.to_corporation"], Event(at=at(2026, 3, 31, 12)), calendar)
    assert not is_late(found, at(2026, 3, 30, 12))
    assert is_late(found, at(2026, 3, 30, 12, 0, 1))


# Lesson 2: the day is judged first, then the hour, in one place
def test_friday_evening_starts_on_monday_and_never_on_saturday(
    terms: dict[str, Term], calendar: WorkCalendar
):
    found = due(terms["complaint.provider"], Event(at=at(2026, 3, 13, 18, 31)), calendar)
    assert found.registered_on == date(2026, 3, 16)
    assert found.counted_from == date(2026, 3, 17)


def test_day_one_and_the_hours_are_settings(terms: dict[str, Term], calendar: WorkCalendar):
    as_it_comes = Readings(after_hours_waits=False, starts_next_day=False)
    found = due(terms["complaint.provider"], Event(at=at(2026, 3, 13, 18, 31)), calendar, as_it_comes)
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
def test_editors_are_warned_early_that_a_calendar_is_missing(today: date, missing: bool):
    assert calendar_is_missing(date(2026, 12, 31), today) is missing


def test_a_count_that_leaves_the_calendar_is_refused(terms: dict[str, Term], calendar: WorkCalendar):
    with pytest.raises(OutOfCalendarError):
        due(terms["complaint.authority"], Event(at=at(2076, 12, 20)), calendar)
    with pytest.raises(OutOfCalendarError):
        due(terms["complaint.authority"], Event(at=at(2015, 12, 31)), calendar)


# Lesson 18
def test_a_reading_left_out_is_ours_and_not_the_most_generous():
    assert Readings() == OUR_READINGS
    assert OUR_READINGS.extended_once


# Lesson 7
def test_every_moved_day_has_its_act_and_the_page_where_it_was_read():
    days_off = load_days_off()
    assert len(days_off.moved) == 19
    assert all(pair.source.startswith("https://") and pair.act.kk for pair in days_off.moved)
    assert [pair.by_library for pair in days_off.moved] == [
        pair.worked.year < 2022 for pair in days_off.moved
    ]


# Lesson 8
def test_calendar_days_run_through_days_off_and_roll_and_working_days_do_neither(
    terms: dict[str, Term], calendar: WorkCalendar
):
    calendar_days = due(terms["assessment.conclusion"], Event(at=at(2026, 3, 6, 11)), calendar)
    assert calendar_days.counted_to == date(2026, 3, 21)  # fifteen days on, a holiday
    assert calendar_days.due_on == date(2026, 3, 26)  # the working day after it
    working_days = due(terms["complaint.authority"], Event(at=at(2026, 3, 6, 11)), calendar)
    assert working_days.counted_to == working_days.due_on == date(2026, 4, 2)


# Lessons 12 and 14: what a reminder asks of the engine
def test_a_reminder_leads_to_the_last_working_day_before_a_date_that_does_not_move(
    terms: dict[str, Term], calendar: WorkCalendar
):
    found = due(terms["control.act_shown"], Event(at=at(2026, 3, 24)), calendar)  # off, carried over
    assert found.due_on == date(2026, 3, 24)
    assert last_working_day(found, calendar) == date(2026, 3, 20)


# Lesson 15
def test_two_working_days_before_a_due_date_walk_the_calendar_back(complaint: Due, calendar: WorkCalendar):
    assert calendar.shift(complaint.due_on, -2) == date(2026, 3, 27)
    assert calendar.shift(date(2026, 3, 26), -1) == date(2026, 3, 20)


# Lesson 16
def test_an_extension_is_counted_from_the_base_date_on(terms: dict[str, Term], calendar: WorkCalendar):
    event = Event(at=at(2026, 3, 19), extensions=(10,))
    extended = due(terms["complaint.provider"], event, calendar)
    base = due(terms["complaint.provider"], Event(at=at(2026, 3, 19)), calendar)
    assert extended.due_on == calendar.shift(base.due_on, 10) == date(2026, 4, 14)
    by_itself = due(terms["complaint.extension"], Event(at=base.ends_at), calendar)
    assert by_itself.due_on == extended.due_on


# Lesson 20
def test_the_notice_of_an_extension_is_a_term_of_its_own(terms: dict[str, Term], calendar: WorkCalendar):
    found = due(terms["complaint.extension_notice"], Event(at=at(2026, 3, 20)), calendar)
    assert found.due_on == date(2026, 3, 30)


# Lesson 10
def test_the_same_event_has_the_same_due_date_whenever_it_is_asked(complaint: Due, calendar: WorkCalendar):
    again = due(complaint.term, Event(at=complaint.at + timedelta(0)), calendar)
    assert again == complaint
