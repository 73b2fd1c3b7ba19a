"""Counting days and months on the calendar."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.calendar import WorkCalendar
from deadlines.terms import DayOne, Unit

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """`length` of `unit` (not hours), negative backwards, from the event's day `start`.

    `rolls`: a last day that is a day off moves to the next working day.
    """

    start: date
    length: int
    unit: Unit
    rolls: bool
    calendar: WorkCalendar

    def first(self, day_one: DayOne) -> date:
        """Day one, working day or not."""
        if day_one is DayOne.SAME_DAY:
            return self.start
        return self.start + _DAY if self.length > 0 else self.start - _DAY

    def last(self, first: date) -> date:
        """The last counted day when `first` is day one. Raises OutsideCalendarError."""
        before = first - _DAY if self.length > 0 else first + _DAY
        if self.unit is Unit.WORKING_DAYS:
            return self.calendar.shift(before, self.length)
        in_days = self.unit is Unit.CALENDAR_DAYS
        last = before + _DAY * self.length if in_days else _months_from(before, self.length)
        self.calendar.check(last)
        return last

    def due_on(self, last: date) -> date:
        """The due date of a count that ends on `last`."""
        return self.calendar.working_on_or_after(last) if self.rolls else last

    def ends_later(self, day_one: DayOne) -> DayOne | None:
        """The other choice of day one, if counting from it ends later than from `day_one`."""
        later = DayOne.NEXT_DAY if self.length > 0 else DayOne.SAME_DAY
        return later if later is not day_one else None


def _months_from(day: date, months: int) -> date:
    """The same day of the target month, or that month's last day if it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
