"""Complaints of a region's bodies: a quarter beside the one before and the same of the year before. Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from kernel.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFigures:
    """As the forms count: `received` and `late` by the day of registration, `restored` by that of the answer.

    `not_solved` are those received of which the citizen said so.
    """

    received: int = 0
    late: int = 0
    not_solved: int = 0
    restored: int = 0

    def __add__(self, other: "RegionFigures") -> "RegionFigures":
        names = [one.name for one in fields(self)]
        return RegionFigures(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLine:
    organisation: str
    service: str | None  # None: no known service
    kind: str
    figures: RegionFigures


class Cut(StrEnum):
    """By what the figures are told apart."""

    BODY = "body"
    SERVICE = "service"
    KIND = "kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    quarter: RegionFigures = RegionFigures()
    before: RegionFigures = RegionFigures()  # the quarter before
    year_before: RegionFigures = RegionFigures()  # the same quarter of the year before


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLines:
    """The lines of the three quarters."""

    quarter: tuple[RegionLine, ...]
    before: tuple[RegionLine, ...]
    year_before: tuple[RegionLine, ...]

    @property
    def total(self) -> Compared:
        return self._grouped(lambda _: None).get(None, Compared())

    def by(self, cut: Cut) -> Mapping[str | None, Compared]:
        """The most late first, then the most received; what has no complaint in any quarter is left out."""
        found = self._grouped(lambda line: _key(line, cut))
        order = sorted(
            found.items(),
            key=lambda one: (-one[1].quarter.late, -one[1].quarter.received, one[0] or ""),
        )
        return dict(order)

    def _grouped(self, key: Callable[[RegionLine], str | None]) -> dict[str | None, Compared]:
        found: defaultdict[str | None, Compared] = defaultdict(Compared)
        for quarter in (one.name for one in fields(self)):
            for line in getattr(self, quarter):
                one = found[key(line)]
                found[key(line)] = replace(one, **{quarter: getattr(one, quarter) + line.figures})
        return found


def compared_quarters(quarter: Period) -> tuple[Period, Period, Period]:
    """The quarter, the one before, and the same of the year before."""
    return quarter, quarter.previous(), replace(quarter, year=quarter.year - 1)


def _key(line: RegionLine, cut: Cut) -> str | None:
    return {Cut.BODY: line.organisation, Cut.SERVICE: line.service, Cut.KIND: line.kind}[cut]
