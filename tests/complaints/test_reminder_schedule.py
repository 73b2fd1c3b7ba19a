"""The steps of a due date: Tuesday 31 March 2026, after Nauryz."""

from datetime import date, datetime, timedelta

import pytest

from complaints.notifier import NotificationTopic
from complaints.reminder_schedule import EscalationLevel, EscalationStep, escalation_step, horizon
from deadlines.calendar import WorkCalendar
from kernel.clock import ALMATY

DUE = date(2026, 3, 31)


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ALMATY)


def stage(found: EscalationStep | None) -> str | None:
    return None if found is None else found.stage


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(3, 26, 12), None),  # Thursday, three working days before
        (at(3, 27, 8, 59), None),
        (at(3, 27), "two_days"),  # Friday, nine o'clock
        (at(3, 28, 12), "two_days"),  # Saturday
        (at(3, 30, 8, 59), "two_days"),
        (at(3, 30), "one_day"),
        (at(3, 31, 8, 59), "one_day"),
        (at(3, 31), "due_today"),
        (at(3, 31, 23, 59), "due_today"),  # all of the last day is in time
        (at(4, 1, 8, 59), "due_today"),
        (at(4, 1), "overdue_1"),
        (at(4, 2), "overdue_2"),
        (at(4, 3), "overdue_3"),
        (at(4, 5, 12), "overdue_3"),  # Sunday
        (at(4, 6), "overdue_4"),
    ],
)
def test_current_step(calendar: WorkCalendar, now: datetime, expected: str | None):
    assert stage(escalation_step(DUE, DUE, now, calendar)) == expected


@pytest.mark.parametrize(
    ("now", "to"),
    [
        (at(3, 31), (EscalationLevel.HOLDER,)),
        (at(4, 1), (EscalationLevel.HOLDER, EscalationLevel.HEADS)),  # heads from the first overdue day
        (at(4, 2), (EscalationLevel.HOLDER, EscalationLevel.HEADS)),
        (
            at(4, 3),
            (EscalationLevel.HOLDER, EscalationLevel.HEADS, EscalationLevel.COORDINATORS),
        ),  # coordinators from the third
    ],
)
def test_recipients_of_each_step(calendar: WorkCalendar, now: datetime, to: tuple[EscalationLevel, ...]):
    found = escalation_step(DUE, DUE, now, calendar)
    assert found is not None
    assert found.to == to


def test_steps_are_at_nine_on_working_days(calendar: WorkCalendar):
    now = at(3, 20)
    while now < at(5, 15):
        found = escalation_step(DUE, DUE, now, calendar)
        if found is not None:
            local = found.at.astimezone(ALMATY)
            assert (local.hour, local.minute) == (9, 0)
            assert calendar.is_working(local.date())
            assert found.at <= now
            assert horizon(now, calendar) >= DUE
        else:
            assert horizon(now, calendar) < DUE
        now += timedelta(hours=5)


def test_not_overdue_while_one_reading_is_in_time(calendar: WorkCalendar):
    assert stage(escalation_step(DUE, date(2026, 4, 1), at(4, 1, 12), calendar)) == "due_today"
    assert stage(escalation_step(DUE, date(2026, 4, 1), at(4, 2), calendar)) == "overdue_1"


def test_outage_yields_one_step_only(calendar: WorkCalendar):
    """One step applies at a time; its stage is that day's, earlier ones are skipped."""
    found = escalation_step(DUE, DUE, at(4, 20, 15), calendar)
    assert found is not None
    assert (found.topic, found.stage) == (NotificationTopic.OVERDUE, "overdue_14")
