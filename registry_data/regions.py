"""Regions of Kazakhstan and their districts, from `regions.yaml`."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from registry_data.schema import Model, Slug, Text

Kato = Annotated[str, StringConstraints(pattern=r"^\d{9}$")]


class RegionKind(StrEnum):
    REGION = "region"
    CITY = "city"  # of republican significance, or the capital


class DistrictKind(StrEnum):
    DISTRICT = "district"
    CITY = "city"  # of regional significance
    CITY_DISTRICT = "city_district"  # a part of a city of republican significance or of the capital


class District(Model):
    """`code` is unique within its region."""

    code: Slug
    kind: DistrictKind
    names: Text
    kato: Kato | None = None


class Region(Model):
    code: Slug
    kind: RegionKind
    names: Text
    kato: Kato | None = None
    districts: tuple[District, ...] = ()

    def district(self, code: str) -> District | None:
        return next((district for district in self.districts if district.code == code), None)
