"""Ratings of one to five, and what they allow to say. Pure.

They come from people who complained and chose to rate: they are no survey of a service's recipients.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt

SATISFIED = frozenset({4, 5})
Z = 1.959964  # of the normal distribution, for 95 of 100
FEWEST = 5  # ratings of one service or body that are told apart


class RatingSubject(StrEnum):
    HANDLING = "handling"  # of the complaint
    SERVICE = "service"  # that the complaint is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Shares from 0 to 1, both inclusive."""

    low: float
    high: float


def wilson(found: int, of: int) -> Interval:
    """The 95 % score interval of a share (E. B. Wilson, 1927); of none it is from 0 to 1.

    (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n), p = found / n.
    """
    if not of:
        return Interval(low=0.0, high=1.0)
    share, square = found / of, Z * Z
    middle = share + square / (2 * of)
    half = Z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    whole = 1 + square / of
    return Interval(low=max(0.0, (middle - half) / whole), high=min(1.0, (middle + half) / whole))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """How many ratings gave one to five stars."""

    stars: Mapping[int, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.stars.values())

    @property
    def mean(self) -> float | None:
        return (
            sum(number * count for number, count in self.stars.items()) / self.count if self.count else None
        )

    @property
    def satisfied(self) -> int:
        """How many gave four or five."""
        return sum(self.stars.get(number, 0) for number in SATISFIED)

    @property
    def interval(self) -> Interval:
        """Of the share of those who gave four or five."""
        return wilson(self.satisfied, self.count)

    def __add__(self, other: "Ratings") -> "Ratings":
        numbers = {*self.stars, *other.stars}
        return Ratings(stars={one: self.stars.get(one, 0) + other.stars.get(one, 0) for one in numbers})


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingLine:
    """How often a subject got so many stars in the complaints of a body about a service."""

    subject: RatingSubject
    organisation: str
    service: str | None
    stars: int
    count: int


def total(lines: Iterable[RatingLine]) -> dict[RatingSubject, Ratings]:
    """Both subjects, also one that nobody rated."""
    found = {subject: Ratings() for subject in RatingSubject}
    for line in lines:
        found[line.subject] += Ratings(stars={line.stars: line.count})
    return found


def by_key(lines: Iterable[tuple[str, RatingLine]]) -> dict[str, dict[RatingSubject, Ratings]]:
    """By service or by body, those rated most first; what has fewer than FEWEST ratings is left out."""
    grouped: dict[str, list[RatingLine]] = {}
    for key, line in lines:
        grouped.setdefault(key, []).append(line)
    found = {key: total(of_key) for key, of_key in grouped.items()}
    told = {key: one for key, one in found.items() if any(each.count >= FEWEST for each in one.values())}
    return dict(sorted(told.items(), key=lambda one: (-sum(each.count for each in one[1].values()), one[0])))
