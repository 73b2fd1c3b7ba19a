"""When something is late, and by when a reminder must arrive."""

from datetime import date, datetime

from deadlines.calendar import WorkCalendar
from deadlines.due import DueDate
from deadlines.terms import Unit
from kernel.clock import almaty_date


def is_late(due: DueDate, at: datetime) -> bool:
    """Whether finishing at the aware instant `at` is late on every reading of the term.

    Compares days in Asia/Almaty, so any moment of the last day is in time. A term in hours ends on its exact
    second.
    """
    if due.term.unit is Unit.HOURS:
        return at > due.ends_at
    return almaty_date(at) > due.late_after


def last_working_day(due: DueDate, calendar: WorkCalendar) -> date:
    """The last working day on which the duty can still be done in time; reminders count back from it."""
    return calendar.working_on_or_before(due.due_on)
