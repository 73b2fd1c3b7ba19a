"""The days of `days_off.yaml`: what an editor approved of the working-day calendar, with sources."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator

from registry_data.faults import FaultsError
from registry_data.load import DATA, as_mapping
from registry_data.schema import HttpsUrl, Model, Prose, Text
from registry_data.yaml_file import read_yaml

DAYS_OFF = DATA / "days_off.yaml"
WARN_FROM_MONTH = 11  # next year's calendar is published in December; warn editors from 1 November


class HolidayRecord(Model):
    """A holiday's names besides the Kazakh one; whether its day off carries over from a weekend."""

    ru: Prose
    en: Prose
    carries_over: bool = True


class MovedDayRecord(Model):
    """Two days swapped by decree. `by_library`: taken from the `holidays` library, not read by us."""

    worked: date
    day_off: date
    act: Text
    source: HttpsUrl
    by_library: bool = False


class DaysOff(Model):
    """`published_until` (inclusive): end of the official production calendar. `checked`: read on."""

    checked: date
    published_until: date
    holidays: Mapping[Prose, HolidayRecord] = Field(min_length=1)
    moved: tuple[MovedDayRecord, ...]

    @model_validator(mode="after")
    def _no_day_is_moved_twice(self) -> Self:
        seen: set[date] = set()
        for pair in self.moved:
            for day in (pair.worked, pair.day_off):
                if day in seen:
                    raise ValueError(f"{day} is moved twice")
                seen.add(day)
        return self


def load_days_off(path: Path = DAYS_OFF) -> DaysOff:
    """The approved days. Raises FaultsError."""
    try:
        return DaysOff.model_validate(as_mapping(path.name, "", read_yaml(path)))
    except ValidationError as error:
        raise FaultsError.of_model(path.name, error) from error


def calendar_is_missing(published_until: date, today: date) -> bool:
    """Whether to warn editors on `today` (in Kazakhstan) that a production calendar is missing.

    This year's calendar is always required, next year's from 1 November.
    """
    return published_until < date(wanted_year(today), 12, 31)


def wanted_year(today: date) -> int:
    """The last year whose production calendar should be known on `today`."""
    return today.year + 1 if today.month >= WARN_FROM_MONTH else today.year
