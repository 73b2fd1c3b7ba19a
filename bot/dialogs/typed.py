"""Parse typed dates and numbers, or refuse them with a hint on the format."""

from datetime import date, datetime, timedelta

from deadlines.input import length_typed, moment_typed
from deadlines.terms import Direction
from kernel.errors import DomainError

OLDEST = timedelta(days=366 * 10)


class DayUnclearError(DomainError):
    """The text is not a day."""

    code = "day_unclear"


class PastDayUnclearError(DomainError):
    """The text is not a day within the past ten years."""

    code = "past_day_unclear"


class MomentUnclearError(DomainError):
    """The text is not a moment."""

    code = "moment_unclear"


class LengthUnclearError(DomainError):
    """The text is not a whole number of the allowed size."""

    code = "length_unclear"


def read_day(text: str | None) -> date:
    """The day of "09.10.2026". Raises DayUnclearError."""
    moment = moment_typed(text or "", Direction.FORWARDS)
    if moment is None:
        raise DayUnclearError
    return moment.date()


def read_past_day(text: str | None, today: date) -> date:
    """The day of "19.03.2026" or "19.03", today at the latest. Raises PastDayUnclearError."""
    stripped = (text or "").strip().rstrip(".")
    for typed in (stripped, f"{stripped}.{today.year}", f"{stripped}.{today.year - 1}"):
        moment = moment_typed(typed, Direction.FORWARDS)
        if moment is not None and today - OLDEST <= moment.date() <= today:
            return moment.date()
    raise PastDayUnclearError


def read_moment(text: str | None, direction: Direction) -> datetime:
    """The moment of "19.03.2026 18:45". Raises MomentUnclearError."""
    moment = moment_typed(text or "", direction)
    if moment is None:
        raise MomentUnclearError
    return moment


def read_length(text: str | None) -> int:
    """A number of days or hours. Raises LengthUnclearError."""
    length = length_typed(text or "")
    if length is None:
        raise LengthUnclearError
    return length
