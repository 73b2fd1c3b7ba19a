"""The bodies that exist in every region or district by law, made by pattern where nobody has listed them."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Annotated

from pydantic import Field

from kernel.language import Language
from registry_data.load import DATA, load_records
from registry_data.organisations import Organisation, OrganisationKind
from registry_data.regions import District, DistrictKind, Region
from registry_data.russian_places import dative, genitive
from registry_data.schema import Model, Prose, Text

_REGION = "region"


class BodyPattern(Model):
    """A body of every place of the kinds `places`: of a region, or of districts and cities in it."""

    code: Prose
    kind: OrganisationKind
    places: Annotated[tuple[Prose, ...], Field(alias="in", min_length=1)]
    parent: Prose
    law: Prose
    names: Text


@cache
def body_patterns() -> tuple[BodyPattern, ...]:
    """Raises FaultsError."""
    return load_records(DATA / "generated_bodies.yaml", BodyPattern, "code")


def with_generated(listed: Sequence[Organisation], regions: Sequence[Region]) -> tuple[Organisation, ...]:
    """The listed organisations, and those made by pattern for places where none of their kind is listed."""
    codes = {one.code for one in listed}
    several = OrganisationKind.REGION_DEPARTMENT  # a region has many: one that is listed stands for itself
    held = {(one.kind, one.region, one.district) for one in listed if one.kind is not several}
    made = (
        _body(pattern, region, district, codes)
        for region in regions
        for pattern in body_patterns()
        for district in _places(pattern, region)
        if (pattern.kind, region.code, district.code if district else None) not in held
    )
    return (*listed, *(one for one in made if one.code not in codes))


def _places(pattern: BodyPattern, region: Region) -> Iterator[District | None]:
    """None stands for the region itself."""
    if _REGION in pattern.places:
        yield None
    yield from (district for district in region.districts if district.kind in pattern.places)


def _body(pattern: BodyPattern, region: Region, district: District | None, codes: set[str]) -> Organisation:
    parent = pattern.parent.format(region=region.code)
    code = f"{pattern.code}-{region.code}" + (f"-{district.code}" if district else "")
    return Organisation(
        code=code[:48].rstrip("-"),
        kind=pattern.kind,
        names=_names(pattern.names, region, district),
        parent=parent if parent in codes else None,
        region=region.code,
        district=district.code if district else None,
        generated=True,
    )


def _names(pattern: Text, region: Region, district: District | None) -> Text:
    place = (district or region).names
    forms = {
        "kk": place.kk,
        "kk_of": f"{place.kk}ның",
        "ru_of": genitive(place.ru),
        "ru_for": dative(place.ru),
    }
    if district is not None and district.kind is DistrictKind.CITY_DISTRICT:
        forms["kk"] = f"{region.names.kk} {place.kk}"
        forms["kk_of"] = f"{region.names.kk} {place.kk}ның"
        forms["ru_of"] = f"{genitive(place.ru)} {genitive(region.names.ru)}"
    forms["en"] = place.in_language(Language.EN)
    return Text(
        kk=pattern.kk.format(**forms),
        ru=pattern.ru.format(**forms),
        en=pattern.in_language(Language.EN).format(**forms),
    )
