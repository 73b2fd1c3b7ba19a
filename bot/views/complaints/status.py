"""The status of a complaint in plain words; "closed" is not "solved"."""

from datetime import date

from bot.request_context import RequestContext
from complaints.case import ComplaintCase
from complaints.lifecycle import ComplaintState
from deadlines.calendar import WorkCalendar
from kernel.clock import almaty_date


def status_of(context: RequestContext, case: ComplaintCase) -> str:
    """One phrase: registered, in work, asked you, answered, …; late only if late on every
    reading of the law.
    """
    today = almaty_date(context.now)
    if case.is_late(today):
        return context.plain("my_complaints.status_late")
    if case.state in {ComplaintState.ANSWERED, ComplaintState.CLOSED} and case.outcome is not None:
        return context.plain(f"my_complaints.outcome_{case.outcome.value}")
    return context.plain(f"my_complaints.status_{case.state.value}")


def days_left(context: RequestContext, due_on: date, today: date, calendar: WorkCalendar) -> str:
    """Working days left until the due date, or overdue, as text."""
    if today > due_on:
        over = calendar.working_between(due_on, today)
        return context.plain("my_complaints.over", days=over, due=due_on)
    left = calendar.working_between(today, due_on)
    if today == due_on:
        return context.plain("my_complaints.due_today", due=due_on)
    return context.plain("my_complaints.left", days=left, due=due_on)
