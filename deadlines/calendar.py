"""The working-day calendar of a five-day week, and the days that are not what their weekday says."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from deadlines.errors import OutsideCalendarError

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
