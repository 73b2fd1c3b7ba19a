"""Terms: legal lengths of time, as data."""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum


class TermKind(StrEnum):
    COUNTED = "counted"  # the act sets the length
    SET_LENGTH = "set_length"  # a document sets the length; the act says how it is counted
    SET_DATE = "set_date"  # a document names the date itself
    DUTY = "duty"  # the act sets a duty and no length


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    MONTHS = "months"


class Direction(StrEnum):
    FORWARDS = "forwards"
    BACKWARDS = "backwards"  # the duty is due before the event


class DayOne(StrEnum):
    NEXT_DAY = "next_day"  # the day after the event, or before it where the count goes backwards
    SAME_DAY = "same_day"  # the event's own day


class TermReading(StrEnum):
    """What the acts leave open and we decide; each is a setting of `TermReadings`."""

    DAY_ONE = "day_one"  # "from the day of X" starts on the day after X
    AFTER_HOURS = "after_hours"  # after hours or on a day off: registered on the next working day
    ONE_EXTENSION = "one_extension"  # an extension is granted once, with the head's approval
    LAST_DAY = "last_day"  # calendar days and months that end on a day off end on the next working day


@dataclass(frozen=True, slots=True, kw_only=True)
class TermReadings:
    """Our readings as settings; `day_ends` is the last minute of the working day, Asia/Almaty, inclusive."""

    starts_next_day: bool = True
    after_hours_waits: bool = True
    extended_once: bool = True
    last_day_rolls: bool = True
    day_ends: time = time(18, 30)


OUR_READINGS = TermReadings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A legal term. `amount` of `unit` is set if `kind` is COUNTED.

    `day_one` is the act's own wording, or our reading if `leans_on` contains DAY_ONE. A term with AFTER_HOURS
    in `leans_on` starts with a registration. `extension_up_to` is in working days, 0 if the term cannot be
    extended.
    """

    rule: str
    kind: TermKind = TermKind.COUNTED
    amount: int | None = None
    unit: Unit = Unit.WORKING_DAYS
    direction: Direction = Direction.FORWARDS
    day_one: DayOne = DayOne.NEXT_DAY
    leans_on: frozenset[TermReading] = field(default_factory=frozenset)
    extension_up_to: int = 0

    def __post_init__(self) -> None:
        if self.direction is Direction.BACKWARDS and self.leans_on & {
            TermReading.AFTER_HOURS,
            TermReading.LAST_DAY,
        }:
            raise ValueError("a registration starts a term, and a term counted back ends with its event")
