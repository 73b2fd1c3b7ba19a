"""The moment meant by a date without a time."""

from datetime import date, datetime, time

from deadlines.due import end_of
from deadlines.terms import Direction
from kernel.clock import ALMATY


def moment_of(day: date, direction: Direction) -> datetime:
    """The first second of `day` in Asia/Almaty, or the last one for a term counted backwards."""
    return end_of(day) if direction is Direction.BACKWARDS else datetime.combine(day, time(), ALMATY)
