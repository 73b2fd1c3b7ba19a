"""The calendar of Kazakhstan: from the library, by law, by decree."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from holidays.countries.kazakhstan import Kazakhstan

from deadlines.calendar import DayKind, TrilingualNames, WorkCalendar
from deadlines.errors import CalendarConflictError, OutsideCalendarError
from deadlines.national import CalendarFacts, MovedDay, national_calendar
from notifications.deadline_data import calendar_facts
from registry_data.days_off import load_days_off

DECREE = TrilingualNames(kk="қаулы", ru="постановление", en="a decree")


@pytest.fixture(scope="module")
def facts() -> CalendarFacts:
    return calendar_facts(load_days_off())


def test_published_days_match_the_library(calendar: WorkCalendar):
    """The library's own carry-over and decrees are a second opinion: we use neither."""
    library = Kazakhstan(years=range(2016, 2027))
    days = (calendar.first + timedelta(days=number) for number in range(366 * 11))
    differing = [
        day for day in days if day.year < 2027 and library.is_working_day(day) != calendar.is_working(day)
    ]
    assert differing == []


KINDS = [
    ("2025-01-05", DayKind.WORKED),  # a Sunday
    ("2025-01-03", DayKind.MOVED_OFF),
    ("2022-10-22", DayKind.WORKED),
    ("2020-05-11", DayKind.WORKED),  # a Monday: the decree takes back the day off for Saturday 9 May
    ("2026-03-09", DayKind.CARRIED_OVER),  # for Sunday 8 March
    ("2026-03-25", DayKind.CARRIED_OVER),  # the second of two in a row
    ("2027-03-15", DayKind.HOLIDAY),  # Constitution Day's new date
    ("2026-05-27", DayKind.HOLIDAY),  # Kurban Ait
]


@pytest.mark.parametrize(("day", "kind"), KINDS)
def test_day_has_its_kind(day: str, kind: DayKind, calendar: WorkCalendar):
    assert calendar.special[date.fromisoformat(day)].kind is kind


ORDINARY = [
    "2026-08-31",  # 30 August is a Sunday and no holiday any more
    "2026-03-16",  # 15 March is a Sunday, and no holiday before 2027
    "2022-07-11",  # Kurban Ait fell on Saturday 9 and does not carry over
    "2023-01-09",  # nor does Christmas, on Saturday 7
    "2024-06-17",  # nor does Kurban Ait on Sunday 16
    "2022-12-01",  # First President Day was a holiday until 2021
    "2022-12-19",  # and 17 December as well
]


@pytest.mark.parametrize("day", ORDINARY)
def test_ordinary_working_day_is_working(day: str, calendar: WorkCalendar):
    assert calendar.is_working(date.fromisoformat(day))


def test_distant_years_have_holidays(calendar: WorkCalendar):
    assert not calendar.is_working(date(2040, 12, 17))  # Monday, for Independence Day on Sunday
    assert not calendar.is_decided(date(2040, 12, 17))


def test_carried_over_day_names_its_holiday(calendar: WorkCalendar):
    day = calendar.special[date(2026, 3, 9)]
    assert day.other == date(2026, 3, 8)
    assert day.names is not None
    assert (day.names.kk, day.names.ru) == ("Халықаралық әйелдер күні", "Международный женский день")


def test_two_holidays_on_one_day_keep_both_names(calendar: WorkCalendar):
    names = calendar.special[date(2032, 3, 22)].names
    assert names is not None
    assert (names.kk, names.en) == ("Наурыз мейрамы, Құрбан айт", "Nauryz, Kurban Ait")


def test_carry_over_skips_a_following_holiday(calendar: WorkCalendar):
    assert calendar.special[date(2060, 5, 10)].kind is DayKind.HOLIDAY  # Kurban Ait on a Monday
    assert calendar.special[date(2060, 5, 11)].kind is DayKind.CARRIED_OVER  # for Sunday 9 May


@pytest.mark.parametrize(
    ("worked", "day_off"),
    [
        ("2026-06-01", "2026-06-02"),  # a Monday cannot be made a working day
        ("2026-06-06", "2026-06-07"),  # a Sunday cannot be given off
        ("2026-06-06", "2026-07-06"),  # nor a holiday
    ],
)
def test_redundant_decree_is_rejected(worked: str, day_off: str, facts: CalendarFacts):
    moved = MovedDay(worked=date.fromisoformat(worked), day_off=date.fromisoformat(day_off), act=DECREE)
    with pytest.raises(CalendarConflictError):
        national_calendar(replace(facts, moved=(*facts.moved, moved)))


def test_unapproved_holiday_is_rejected(facts: CalendarFacts):
    known = {name: fact for name, fact in facts.holidays.items() if name != "Астана күні"}
    with pytest.raises(CalendarConflictError, match="Астана күні"):
        national_calendar(replace(facts, holidays=known))


@pytest.mark.parametrize("day", [date(2015, 12, 31), date(2077, 1, 1)])
def test_day_outside_the_calendar_is_an_error(day: date, calendar: WorkCalendar):
    with pytest.raises(OutsideCalendarError):
        calendar.is_working(day)
    with pytest.raises(OutsideCalendarError):
        calendar.shift(day, 1)


def test_shift_outside_the_calendar_is_rejected(calendar: WorkCalendar):
    with pytest.raises(OutsideCalendarError):
        calendar.shift(date(2076, 12, 31), 1)
    with pytest.raises(OutsideCalendarError):
        calendar.shift(date(2016, 1, 4), -1)  # 1 to 3 January 2016 are off


def test_working_days_between_exclude_the_earlier_date(calendar: WorkCalendar):
    assert calendar.working_between(date(2026, 3, 19), date(2026, 3, 31)) == 5
    assert calendar.working_between(date(2026, 3, 20), date(2026, 3, 20)) == 0
    assert calendar.working_between(date(2026, 3, 31), date(2026, 3, 19)) == 0
