"""ComplaintCounts of complaints by body and service, before and after small ones are hidden. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import reduce


class Figure(StrEnum):
    """What is counted of the complaints registered in a quarter; RESTORED by the quarter of the answer.

    LATE is row 18 of 1-мқ and IN_TIME all others; NOT_SOLVED is the citizen's word; RATED counts the ratings
    of how a complaint was handled, RATED_SERVICE those of the service, SATISFIED… those of four and five.
    """

    RECEIVED = "received"
    IN_TIME = "in_time"
    LATE = "late"
    NOT_SOLVED = "not_solved"
    RESTORED = "restored"
    RATED = "rated"
    SATISFIED = "satisfied"
    RATED_SERVICE = "rated_service"
    SATISFIED_SERVICE = "satisfied_service"


WHOLE_OF: Mapping[Figure, Figure] = {
    Figure.LATE: Figure.RECEIVED,
    Figure.NOT_SOLVED: Figure.RECEIVED,
    Figure.RATED: Figure.RECEIVED,
    Figure.SATISFIED: Figure.RATED,
    Figure.RATED_SERVICE: Figure.RECEIVED,
    Figure.SATISFIED_SERVICE: Figure.RATED_SERVICE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCounts:
    """Exact counts; `stars` and `stars_service` are the sums of the ratings."""

    received: int = 0
    late: int = 0
    not_solved: int = 0
    restored: int = 0
    rated: int = 0
    stars: int = 0
    satisfied: int = 0
    rated_service: int = 0
    stars_service: int = 0
    satisfied_service: int = 0

    @property
    def in_time(self) -> int:
        """Answered, withdrawn or passed on in time, or still within the term."""
        return self.received - self.late

    def of(self, figure: Figure) -> int:
        return int(getattr(self, figure.value))

    def __add__(self, other: "ComplaintCounts") -> "ComplaintCounts":
        names = [one.name for one in fields(self)]
        return ComplaintCounts(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A service of a body, a body, or the country. `code` is None for the country and for no service."""

    code: str | None
    counts: ComplaintCounts
    parts: Sequence["Group"] = ()


def group_of(code: str | None, parts: Iterable[Group]) -> Group:
    """A group that counts what its parts count."""
    found = tuple(parts)
    total = reduce(ComplaintCounts.__add__, (part.counts for part in found), ComplaintCounts())
    return Group(code=code, counts=total, parts=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What is published of a group: the figures that are not hidden, and its parts in the same order.

    `in_time_percent`: at least so many of a hundred were in time, where the count is hidden.
    """

    code: str | None
    figures: Mapping[Figure, int]
    in_time_percent: int | None = None
    mean_rating: float | None = None
    mean_rating_service: float | None = None
    parts: Sequence["Published"] = field(default_factory=tuple)
