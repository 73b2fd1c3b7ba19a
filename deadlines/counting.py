"""How a term is counted: its length, its first day, and the days on the calendar."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deadlines.calendar import WorkCalendar
from deadlines.errors import (
    ExtendedAlreadyError,
    ExtensionTooLongError,
    LengthGivenError,
    LengthNeededError,
    NoLengthError,
    NotExtendableError,
)
from deadlines.terms import DayOne, Term, TermKind, TermReading, TermReadings, Unit

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


LONGEST = 1000  # longest length a document may set, in the term's unit


def length_of(term: Term, given: int | None, extensions: tuple[int, ...], readings: TermReadings) -> int:
    """The total length in the term's unit; 0 if a document names the date itself.

    `given` is the document's length. Raises a DeadlineError for an impossible length or extension.
    """
    return _base(term, given) + _added(term, extensions, readings)


def _base(term: Term, given: int | None) -> int:
    if term.kind is TermKind.DUTY:
        raise NoLengthError
    if term.kind is not TermKind.SET_LENGTH:
        if given is not None:
            raise LengthGivenError
        return term.amount or 0
    if given is None:
        raise LengthNeededError
    if not 0 < given <= LONGEST:
        raise ExtensionTooLongError(LONGEST)
    return given


def _added(term: Term, extensions: tuple[int, ...], readings: TermReadings) -> int:
    if extensions and not term.extension_up_to:
        raise NotExtendableError
    if len(extensions) > 1 and readings.extended_once:
        raise ExtendedAlreadyError
    for extension in extensions:
        if not 0 < extension <= term.extension_up_to:
            raise ExtensionTooLongError(term.extension_up_to)
    return sum(extensions)


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
