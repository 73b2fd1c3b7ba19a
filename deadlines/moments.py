"""The moment that a date without an hour stands for."""

from datetime import date, datetime, time

from deadlines.due import end_of
from deadlines.terms import Direction
from kernel.clock import ALMATY


def moment_of(day: date, direction: Direction) -> datetime:
    """The first moment of `day` in Kazakhstan, or its last second for a term counted back from its event."""
    return end_of(day) if direction is Direction.BACKWARDS else datetime.combine(day, time(), ALMATY)
