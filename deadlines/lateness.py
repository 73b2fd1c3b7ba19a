"""What may be said of somebody's lateness, and when he is best reminded."""

from datetime import date, datetime

from deadlines.calendar import WorkCalendar
from deadlines.due import DueDate
from deadlines.terms import Unit
from kernel.clock import almaty_date


def is_late(due: DueDate, at: datetime) -> bool:
    """Whether what is done at the aware instant `at` is late on every reading of its term.

    Days of Kazakhstan are compared, not instants: any moment of the last day is in time. A term in hours
    ends on its second.
    """
    if due.term.unit is Unit.HOURS:
        return at > due.ends_at
    return almaty_date(at) > due.late_after


def last_working_day(due: DueDate, calendar: WorkCalendar) -> date:
    """The last working day on which the duty can still be done in time: a reminder must lead there."""
    return calendar.working_on_or_before(due.due_on)
