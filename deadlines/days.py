"""Days that differ from their weekday: holidays, days off moved by decree, working weekends."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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
