"""On which day a filing may be said to have been submitted; pure.

No act says how long afterwards a submission may be recorded. The bound is ours: the day decides who was in
time.
"""

from datetime import date

from deadlines.calendar import WorkCalendar
from kernel.period import Period
from reminders.errors import FarDayError, PeriodNotOverError
from reminders.filing import Filing, check_day

RECORDED_WITHIN = 5  # working days after the submission; afterwards the head confirms the day


def check_submission_day(day: date, today: date, filing: Filing) -> None:
    """Raises FilingDayError; PeriodNotOverError for a period's report submitted before the period ended."""
    check_day(day, today)
    ends = period_end(filing)
    if ends is not None:
        check_after(day, ends)


def check_after(day: date, ends: date) -> None:
    """Raises PeriodNotOverError unless `day` is after the period's last day `ends`."""
    if day <= ends:
        raise PeriodNotOverError(day=day, ends=ends)


def period_end(filing: Filing) -> date | None:
    """The last day of what the filing reports on; None for plans and lists, which come before their period,
    for steps of events and for corrections.
    """
    if filing.event is not None or filing.corrects is not None:
        return None
    last = Period.of_code(filing.occasion).last
    return last if last < filing.dates.named_on else None


def is_far(day: date, today: date, calendar: WorkCalendar) -> bool:
    """Whether `day` is recorded so late that the head's word is needed."""
    return calendar.working_between(day, today) > RECORDED_WITHIN


def check_far(day: date, today: date, calendar: WorkCalendar, *, by_head: bool) -> None:
    """Raises FarDayError."""
    if is_far(day, today, calendar) and not by_head:
        raise FarDayError(day=day, today=today, within=RECORDED_WITHIN)
