"""The month, quarter or year a calendar shows: pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)


class SpanLength(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {SpanLength.MONTH: 1, SpanLength.QUARTER: 3, SpanLength.YEAR: 12}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSpan:
    """A month, quarter or year: `first` is its first day."""

    length: SpanLength
    first: date

    @property
    def last(self) -> date:
        return self.next().first - _DAY

    def next(self) -> "CalendarSpan":
        return span_of(self.length, self._shifted(self.length.months))

    def previous(self) -> "CalendarSpan":
        return span_of(self.length, self._shifted(-self.length.months))

    def _shifted(self, months: int) -> date:
        years, month = divmod(self.first.year * 12 + self.first.month - 1 + months, 12)
        return date(years, month + 1, 1)


def span_of(length: SpanLength, day: date) -> CalendarSpan:
    """The span that contains `day`."""
    month = (day.month - 1) // length.months * length.months + 1
    return CalendarSpan(length=length, first=date(day.year, month, 1))


def days_of_month(year: int, month: int) -> list[date]:
    return [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]
