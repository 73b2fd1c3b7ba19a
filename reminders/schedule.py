"""The reminder schedule of a due date, before it and after it has passed: pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from deadlines.calendar import WorkCalendar
from kernel.clock import ALMATY
from kernel.errors import DomainError
from reminders.plan import DueDates

OPENS, CLOSES = (
    time(9),
    time(18, 30),
)  # officials are messaged from the first (inclusive) to the second (exclusive)
MOST_STEPS, EARLIEST = 10, 60  # steps before the last working day; and the most working days before it
HEAD_FROM, COORDINATOR_FROM = 1, 3  # working days late
_DAY = timedelta(days=1)


class ScheduleInvalidError(DomainError):
    """An invalid schedule: days out of order, too many, or an hour outside working hours."""

    code = "ladder"


class SnoozeTooLateError(DomainError):
    """No working day is left to snooze the reminder to."""

    code = "snooze_too_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSchedule:
    """Reminders `days` working days before the last one, and on that day, at `at` in Asia/Almaty.

    Raises ScheduleInvalidError.
    """

    days: tuple[int, ...] = (10, 5, 3, 1)
    at: time = OPENS

    def __post_init__(self) -> None:
        in_order = list(self.days) == sorted(set(self.days), reverse=True)
        in_bounds = all(1 <= day <= EARLIEST for day in self.days) and len(self.days) <= MOST_STEPS
        if not (in_order and in_bounds and OPENS <= self.at < CLOSES):
            raise ScheduleInvalidError


DEFAULT_SCHEDULE = ReminderSchedule()


class DueStage(StrEnum):
    NOT_YET = "not_yet"  # before the first reminder
    DUE = "due"
    LAST_DAY = "last_day"  # the last working day in time on every reading
    PAST = "past"  # after that day, but not late on every reading
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueStatus:
    """A due date's status on a day: working days left, or working days late (both 0 or more)."""

    stage: DueStage
    left: int = 0
    late: int = 0


def due_status(
    dates: DueDates, today: date, calendar: WorkCalendar, schedule: ReminderSchedule = DEFAULT_SCHEDULE
) -> DueStatus:
    """The status of the due date on `today`."""
    if today > dates.late_after:
        return DueStatus(stage=DueStage.LATE, late=max(calendar.working_between(dates.late_after, today), 1))
    left = calendar.working_between(today, dates.lead_on)
    if today > dates.lead_on:
        return DueStatus(stage=DueStage.PAST)
    if left == 0:
        return DueStatus(stage=DueStage.LAST_DAY)
    begun = today >= first_day(dates, calendar, schedule)
    return DueStatus(stage=DueStage.DUE if begun else DueStage.NOT_YET, left=left)


def first_day(dates: DueDates, calendar: WorkCalendar, schedule: ReminderSchedule = DEFAULT_SCHEDULE) -> date:
    """The day of the first reminder."""
    return _days(dates, calendar, schedule)[0]


def schedule_of(
    dates: DueDates, calendar: WorkCalendar, schedule: ReminderSchedule = DEFAULT_SCHEDULE
) -> tuple[datetime, ...]:
    """The reminders up to the last working day (aware)."""
    return tuple(datetime.combine(day, schedule.at, ALMATY) for day in _days(dates, calendar, schedule))


def next_reminder(
    dates: DueDates,
    calendar: WorkCalendar,
    after: datetime | None,
    schedule: ReminderSchedule = DEFAULT_SCHEDULE,
) -> datetime:
    """The first reminder after `after` (aware), or the very first if none was sent."""
    days = _days(dates, calendar, schedule)
    if after is None:
        return datetime.combine(days[0], schedule.at, ALMATY)
    for day in days:
        if (at := datetime.combine(day, schedule.at, ALMATY)) > after:
            return at
    local = after.astimezone(ALMATY)
    last_day = local.date() if local.time() >= schedule.at else local.date() - _DAY
    return datetime.combine(calendar.shift(max(dates.late_after, last_day), 1), schedule.at, ALMATY)


def last_moment(dates: DueDates, schedule: ReminderSchedule = DEFAULT_SCHEDULE) -> datetime:
    """The last reminder still in time."""
    return datetime.combine(dates.lead_on, schedule.at, ALMATY)


def put_off(dates: DueDates, today: date, days: int, calendar: WorkCalendar) -> date:
    """The working day to remind on, `days` days from `today`, never past the last working day.

    Raises SnoozeTooLateError.
    """
    if today >= dates.lead_on:
        raise SnoozeTooLateError
    return min(calendar.working_on_or_after(today + days * _DAY), dates.lead_on)


def _days(dates: DueDates, calendar: WorkCalendar, schedule: ReminderSchedule) -> list[date]:
    before = [calendar.shift(dates.lead_on, -days) for days in schedule.days]
    return [*before, dates.lead_on]
