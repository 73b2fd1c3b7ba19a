"""The day on which something received counts as registered."""

from datetime import date, datetime

from deadlines.calendar import WorkCalendar
from deadlines.terms import Term, TermReading, TermReadings


def registration_day(term: Term, local: datetime, calendar: WorkCalendar, readings: TermReadings) -> date:
    """The event's own day, or the next working day if it came after hours or on a day off.

    `local` is the event in Asia/Almaty; the last minute of the working day is still in time. The day is
    checked before the hour: Friday evening leads to Monday, not to Saturday.
    """
    day = local.date()
    if TermReading.AFTER_HOURS not in term.leans_on or not readings.after_hours_waits:
        return day
    if calendar.is_working(day) and local.time().replace(second=0, microsecond=0) > readings.day_ends:
        return calendar.shift(day, 1)
    return calendar.working_on_or_after(day)
