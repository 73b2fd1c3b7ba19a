"""Quarters, half-years and years, the periods of obligations; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self


class Frequency(StrEnum):
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Length of the period in months."""
        return {Frequency.QUARTER: 3, Frequency.HALF_YEAR: 6, Frequency.YEAR: 12}[self]


_CODE = re.compile(r"(\d{4})(?:([QH])(\d))?", re.ASCII)
_MARKS = {Frequency.QUARTER: "Q", Frequency.HALF_YEAR: "H", Frequency.YEAR: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Quarter or half-year `number` (from 1) of `year`; a whole year has number 1."""

    every: Frequency
    year: int
    number: int = 1

    @classmethod
    def of_code(cls, code: str) -> Self:
        """Parse "2026Q3", "2026H1" or "2026". Raises ValueError."""
        found = _CODE.fullmatch(code)
        if found is None:
            raise ValueError(f"not a period: {code!r}")
        year, mark, number = found.groups()
        every = next(frequency for frequency, letter in _MARKS.items() if letter == (mark or ""))
        period = cls(every=every, year=int(year), number=int(number or 1))
        if not 1 <= period.number <= 12 // every.months:
            raise ValueError(f"not a period: {code!r}")
        return period

    @property
    def code(self) -> str:
        mark = _MARKS[self.every]
        return f"{self.year}{mark}{self.number}" if mark else str(self.year)

    @property
    def first(self) -> date:
        return date(self.year, (self.number - 1) * self.every.months + 1, 1)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    def next(self) -> "Period":
        if self.number * self.every.months == 12:
            return Period(every=self.every, year=self.year + 1)
        return Period(every=self.every, year=self.year, number=self.number + 1)

    def previous(self) -> "Period":
        return period_of(self.every, self.first - timedelta(days=1))


def period_of(every: Frequency, day: date) -> Period:
    """The period containing `day`."""
    return Period(every=every, year=day.year, number=(day.month - 1) // every.months + 1)


def periods_of_years(every: Frequency, first: int, last: int) -> Iterator[Period]:
    """All periods from the year `first` to the year `last`, both inclusive."""
    period = Period(every=every, year=first)
    while period.year <= last:
        yield period
        period = period.next()
