"""The working-day calendar of a five-day week, and how a term is counted on it."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from deadlines.errors import (
    ExtendedAlreadyError,
    ExtensionTooLongError,
    LengthGivenError,
    LengthNeededError,
    NoLengthError,
    NotExtendableError,
    OutsideCalendarError,
)
from deadlines.terms import DayOne, Term, TermKind, TermReading, TermReadings, Unit

SATURDAY = 5  # of date.weekday()


class DayKind(StrEnum):
    HOLIDAY = "holiday"
    CARRIED_OVER = "carried_over"  # the day off for a holiday that fell on a weekend
    MOVED_OFF = "moved_off"  # a day off moved here by decree
    WORKED = "worked"  # a day off that a decree made a working day


@dataclass(frozen=True, slots=True, kw_only=True)
class TrilingualNames:
    """The name of a holiday or an act in three languages."""

    kk: str
    ru: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """A day that differs from its weekday.

    `names`: the holiday's name, set for the holiday and for the day off carried over from it. `other`: the
    holiday behind a carried-over day off, or the other day of a pair swapped by decree; `act` is that decree.
    """

    day: date
    kind: DayKind
    names: TrilingualNames | None = None
    other: date | None = None
    act: TrilingualNames | None = None

    @property
    def is_working(self) -> bool:
        return self.kind is DayKind.WORKED


def is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Every day from `first` to `last`, both inclusive. A day not in `special` follows its weekday.

    The official production calendar is published up to `published_until` (inclusive); later days are
    expected, not decided. Days outside the range raise OutsideCalendarError.
    """

    first: date
    last: date
    published_until: date
    special: Mapping[date, SpecialDay]
    _working: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        days = range(self.first.toordinal(), self.last.toordinal() + 1)
        working = tuple(number for number in days if self._is_worked(date.fromordinal(number)))
        object.__setattr__(self, "_working", working)

    def is_working(self, day: date) -> bool:
        self.check(day)
        return self._is_worked(day)

    def expects_work(self, day: date) -> bool:
        """Whether `day` is worked; outside the calendar its weekday decides."""
        return self._is_worked(day)

    def working_on_or_after(self, day: date) -> date:
        """`day` itself if it is a working day, else the next one."""
        self.check(day)
        return self._at(bisect_left(self._working, day.toordinal()))

    def working_on_or_before(self, day: date) -> date:
        """`day` itself if it is a working day, else the previous one."""
        self.check(day)
        return self._at(bisect_right(self._working, day.toordinal()) - 1)

    def shift(self, day: date, amount: int) -> date:
        """The `amount`-th working day after `day`, or before it if `amount` is negative.

        `day` itself is never counted. Raises ValueError if `amount` is 0.
        """
        self.check(day)
        if amount == 0:
            raise ValueError("a shift by no days has no direction")
        if amount > 0:
            return self._at(bisect_right(self._working, day.toordinal()) + amount - 1)
        return self._at(bisect_left(self._working, day.toordinal()) + amount)

    def working_between(self, after: date, until: date) -> int:
        """Number of working days after `after` (exclusive) up to `until` (inclusive); 0 if `until` is not
        later.
        """
        self.check(after)
        self.check(until)
        found = bisect_right(self._working, until.toordinal()) - bisect_right(
            self._working, after.toordinal()
        )
        return max(found, 0)

    def is_decided(self, day: date) -> bool:
        """Whether the production calendar covering `day` is published."""
        return day <= self.published_until

    def check(self, day: date) -> None:
        """Raise OutsideCalendarError if `day` is outside the calendar."""
        if not self.first <= day <= self.last:
            raise OutsideCalendarError(self.first, self.last)

    def _is_worked(self, day: date) -> bool:
        special = self.special.get(day)
        return special.is_working if special is not None else not is_weekend(day)

    def _at(self, index: int) -> date:
        if not 0 <= index < len(self._working):
            raise OutsideCalendarError(self.first, self.last)
        return date.fromordinal(self._working[index])


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
        last = before + _DAY * self.length if in_days else months_from(before, self.length)
        self.calendar.check(last)
        return last

    def due_on(self, last: date) -> date:
        """The due date of a count that ends on `last`."""
        return self.calendar.working_on_or_after(last) if self.rolls else last

    def ends_later(self, day_one: DayOne) -> DayOne | None:
        """The other choice of day one, if counting from it ends later than from `day_one`."""
        later = DayOne.NEXT_DAY if self.length > 0 else DayOne.SAME_DAY
        return later if later is not day_one else None


def months_from(day: date, months: int) -> date:
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
