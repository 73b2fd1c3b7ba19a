"""Due dates by hand: what the acts say, and how a day off moves them."""

from datetime import date, time

import pytest

from deadlines.calendar import WorkCalendar
from kernel.period import Period
from registry_data.obligations import ObligationRecord
from reminders.plan import due_dates
from reminders.schedule import ReminderSchedule, ScheduleInvalidError, SnoozeTooLateError, put_off


@pytest.mark.parametrize(
    ("code", "period", "days", "expected"),
    [
        # 10 October 2026 is a Saturday: the last working day is Friday the 9th, on either wording
        ("form.1-mq", "2026Q3", (date(2026, 10, 10), date(2026, 10, 9), date(2026, 10, 10)), False),
        # 10 July 2026 is a Friday: «дейін» means Thursday, «кешіктірмей» means Friday
        ("form.1-mq", "2026Q2", (date(2026, 7, 10), date(2026, 7, 9), date(2026, 7, 10)), False),
        # only «дейін»: Friday the 24th, and late from the 25th
        ("form.3-mq", "2026Q3", (date(2026, 10, 25), date(2026, 10, 23), date(2026, 10, 24)), False),
        # only «кешіктірмей»
        ("form.2-mq.district", "2026Q2", (date(2026, 7, 5), date(2026, 7, 3), date(2026, 7, 5)), False),
        ("report.annual", "2025", (date(2026, 4, 30), date(2026, 4, 30), date(2026, 4, 30)), False),
        ("control.annual_plan", "2027", (date(2026, 12, 25), date(2026, 12, 25), date(2026, 12, 25)), False),
        (
            "control.half_year_list",
            "2027H1",
            (date(2026, 12, 10), date(2026, 12, 9), date(2026, 12, 9)),
            False,
        ),
        ("control.half_year_list", "2027H2", (date(2027, 5, 10), date(2027, 5, 6), date(2027, 5, 9)), True),
        # the calendar of 2027 is not published yet: expected; 1 and 2 January, the 3rd and the 7th are off
        ("form.1-mq", "2026Q4", (date(2027, 1, 10), date(2027, 1, 8), date(2027, 1, 10)), True),
        ("monitoring.internal", "2026Q3", (date(2026, 9, 30), date(2026, 9, 30), date(2026, 9, 30)), False),
    ],
)
def test_due_date_matches_the_table(  # noqa: PLR0917  the columns of the table
    code: str,
    period: str,
    days: tuple[date, date, date],
    expected: bool,
    obligations: dict[str, ObligationRecord],
    calendar: WorkCalendar,
):
    dates = due_dates(obligations[code], Period.of_code(period), calendar)
    assert (dates.named_on, dates.lead_on, dates.late_after) == days
    assert dates.expected is expected


@pytest.mark.parametrize(
    "schedule",
    [
        {"days": (1, 3)},  # out of order
        {"days": (3, 3)},
        {"days": (0,)},
        {"days": (61,)},
        {"days": tuple(range(11, 0, -1))},  # too many
        {"at": time(8, 59)},
        {"at": time(18, 30)},
        {"at": time(3)},
    ],
)
def test_unlawful_or_senseless_schedule_is_rejected(schedule: dict[str, object]):
    with pytest.raises(ScheduleInvalidError):
        ReminderSchedule(**schedule)


@pytest.mark.parametrize("today", [date(2026, 10, 9), date(2026, 10, 12)])
def test_snooze_is_rejected_on_the_last_working_day(
    today: date, obligations: dict[str, ObligationRecord], calendar: WorkCalendar
):
    dates = due_dates(obligations["form.1-mq"], Period.of_code("2026Q3"), calendar)
    with pytest.raises(SnoozeTooLateError):
        put_off(dates, today, 1, calendar)
