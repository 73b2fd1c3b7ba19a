"""Find the organisation that provides a service from the kind of provider and the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from registry_data.organisations import Organisation, OrganisationKind
from registry_data.providers import ProviderKind
from registry_data.schema import ServiceCard


class RoutingGap(StrEnum):
    """Why a place and a kind of provider match no organisation."""

    NOT_LISTED = "not_listed"  # the body exists but is not among the organisations
    PLACE_NEEDED = "place_needed"  # region or district decide, and are missing
    PROVIDER_UNKNOWN = "provider_unknown"  # the card does not name its provider


@dataclass(frozen=True, slots=True, kw_only=True)
class NotInSystem:
    """No matching organisation."""

    reason: RoutingGap


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlace:
    """Where the service is wanted: codes of `regions.yaml`, absent if the person gave none."""

    region: str | None = None
    district: str | None = None


_OF_A_REGION = {
    ProviderKind.AKIMAT_REGION: OrganisationKind.AKIMAT_REGION,
    ProviderKind.TERRITORIAL_POLICE: OrganisationKind.TERRITORIAL_POLICE,
    ProviderKind.TAX_BODY: OrganisationKind.TAX_DEPARTMENT,
    ProviderKind.JUSTICE_DEPARTMENT: OrganisationKind.JUSTICE_DEPARTMENT,
    ProviderKind.STATE_CORPORATION: OrganisationKind.STATE_CORPORATION_BRANCH,
    ProviderKind.SOCIAL_FUND_BRANCH: OrganisationKind.FUND_BRANCH,
    ProviderKind.LABOUR_COMMITTEE_BRANCH: OrganisationKind.LABOUR_DEPARTMENT,
    ProviderKind.SOCIAL_PROTECTION_COMMITTEE_BRANCH: OrganisationKind.SOCIAL_PROTECTION_DEPARTMENT,
    ProviderKind.MEDICAL_CONTROL_DEPARTMENT: OrganisationKind.MEDICAL_CONTROL_DEPARTMENT,
    ProviderKind.SANITARY_DEPARTMENT: OrganisationKind.SANITARY_DEPARTMENT,
    ProviderKind.LAND_DEPARTMENT: OrganisationKind.LAND_DEPARTMENT,
    ProviderKind.MILITARY_OFFICE: OrganisationKind.MILITARY_DEPARTMENT,
}
_OF_THE_COUNTRY = {ProviderKind.PENSION_FUND: OrganisationKind.PENSION_FUND}
# Parts of one ministry that have no seat in a region (docs/decisions/0057-bodies-made-by-pattern.md)
_PARTS_OF = {
    ProviderKind.FOREIGN_MISSION: "ministry-foreign-affairs",
    ProviderKind.MILITARY_HOUSING_UNIT: "ministry-defence",
}
_LOCAL_EXECUTIVE = frozenset(
    {
        ProviderKind.AKIMAT,
        ProviderKind.AKIMAT_DISTRICT,
        ProviderKind.AKIMAT_CITY,
        ProviderKind.CIVIL_REGISTRY_OFFICE,
        ProviderKind.EMPLOYMENT_DEPARTMENT,
        ProviderKind.CAREER_CENTRE,
    }
)
_GREAT_CITIES = frozenset({"astana", "almaty", "shymkent"})


def provider_of(
    card: ServiceCard, place: ServicePlace, organisations: Iterable[Organisation]
) -> Organisation | NotInSystem:
    """The organisation that provides the card's service in `place`."""
    if card.provider_organisation is not None:
        return _only(one for one in organisations if one.code == card.provider_organisation)
    if card.provider_kind is None:
        return NotInSystem(reason=RoutingGap.PROVIDER_UNKNOWN)
    return organisation_of(card.provider_kind, place, organisations)


def organisation_of(
    kind: ProviderKind, place: ServicePlace, organisations: Iterable[Organisation]
) -> Organisation | NotInSystem:
    """The competent organisation of `kind` in `place`.

    In Astana, Almaty and Shymkent the city's own akimat does what district akimats do elsewhere. A missing
    competent body is not replaced by its superior.
    """
    if kind in _PARTS_OF:
        return _only(one for one in organisations if one.code == _PARTS_OF[kind])
    if kind in _OF_THE_COUNTRY:
        return _only(one for one in organisations if one.kind is _OF_THE_COUNTRY[kind])
    if kind not in _OF_A_REGION and kind not in _LOCAL_EXECUTIVE:
        return NotInSystem(reason=RoutingGap.NOT_LISTED)
    if place.region is None:
        return NotInSystem(reason=RoutingGap.PLACE_NEEDED)
    if kind in _OF_A_REGION:
        return _in_region(_OF_A_REGION[kind], place, organisations)
    return _local_executive(place, organisations)


def assessor_of(place: ServicePlace, organisations: Iterable[Organisation]) -> Organisation | NotInSystem:
    """The territorial body of the Agency that assesses and controls quality in `place` (Order 78 ¶14)."""
    if place.region is None:
        return NotInSystem(reason=RoutingGap.PLACE_NEEDED)
    return _in_region(OrganisationKind.AGENCY_DEPARTMENT, place, organisations)


def _local_executive(
    place: ServicePlace, organisations: Iterable[Organisation]
) -> Organisation | NotInSystem:
    if place.region in _GREAT_CITIES:
        return _in_region(OrganisationKind.AKIMAT_REGION, place, organisations)
    if place.district is None:
        return NotInSystem(reason=RoutingGap.PLACE_NEEDED)
    return _only(
        one
        for one in organisations
        if one.kind is OrganisationKind.AKIMAT_DISTRICT
        and (one.region, one.district) == (place.region, place.district)
    )


def _in_region(
    kind: OrganisationKind, place: ServicePlace, organisations: Iterable[Organisation]
) -> Organisation | NotInSystem:
    return _only(one for one in organisations if one.kind is kind and one.region == place.region)


def _only(found: Iterable[Organisation]) -> Organisation | NotInSystem:
    """The listed one before one that was made by pattern."""
    return min(found, key=lambda one: one.generated, default=NotInSystem(reason=RoutingGap.NOT_LISTED))
