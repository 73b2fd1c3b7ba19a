"""Temporary leave with a deputy, and who has a person's work on a day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kernel.errors import DomainError

LONGEST = timedelta(days=366)
_DATES = re.compile(r"\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*(?:[-–—\s]\s*(\d{1,2})\.(\d{1,2})\.(\d{4}))?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """Days in Asia/Almaty, both inclusive."""

    first_day: date
    last_day: date

    def has(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def meets(self, other: "DateRange") -> bool:
        return self.first_day <= other.last_day and other.first_day <= self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    number: int
    telegram_id: int
    organisation: str
    deputy: int
    period: DateRange


class DatesInvalidError(DomainError):
    """The dates are invalid, in the past, in the wrong order, or more than a year apart."""

    code = "dates"


class LeaveOverlapsError(DomainError):
    """The person is already on leave on one of these days."""

    code = "leave_meets_another"


def read_period(text: str, today: date) -> DateRange:
    """Parse "01.12.2026 - 14.12.2026" or a single date. Raises DatesInvalidError."""
    found = _DATES.fullmatch(text)
    if found is None:
        raise DatesInvalidError
    first = _day(*found.groups()[:3])
    last = _day(*found.groups()[3:]) if found[4] else first
    if not today <= first <= last or last - first >= LONGEST:
        raise DatesInvalidError
    return DateRange(first_day=first, last_day=last)


def holder(person: int, handed: Mapping[int, int | None], deputies: Mapping[int, int]) -> int | None:
    """Who has the work assigned to `person`; None where it is unassigned.

    `handed` maps people who left to their successors, `deputies` people on leave today. Where deputies only
    point at each other, the work is unassigned.
    """
    seen = set()
    current: int | None = person
    while current is not None and current not in seen:
        seen.add(current)
        if current in handed:
            current = handed[current]
        elif current in deputies:
            current = deputies[current]
        else:
            return current
    return None


def _day(day: str, month: str, year: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise DatesInvalidError from None
