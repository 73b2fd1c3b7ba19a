"""Days that are not what their weekday says: holidays, days off moved by decree, worked weekends."""

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
    """What readers of the three languages call a holiday or an act."""

    kk: str
    ru: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """One such day.

    `names` is the holiday's name, of the holiday itself and of the day off carried over from it. `other`
    is the holiday that a carried-over day off stands for, or the other day of a pair that a decree
    exchanged; `act` is that decree.
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
