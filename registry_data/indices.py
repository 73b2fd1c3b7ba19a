"""The monthly calculation index (айлық есептік көрсеткіш, МРП), the unit of fees."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from registry_data.schema import Model, Prose


class MonthlyIndex(Model):
    """`kzt` tenge, from `since` (inclusive) until the next value or the end of that year."""

    since: date = Field(alias="from")
    kzt: int = Field(gt=0)
    source: Prose


def mrp_on(day: date, indices: Iterable[MonthlyIndex]) -> MonthlyIndex | None:
    """The index in force on `day`; None if that year's is unknown, since last year's does not apply."""
    known = [index for index in indices if index.since <= day and index.since.year == day.year]
    return max(known, key=lambda index: index.since, default=None)
