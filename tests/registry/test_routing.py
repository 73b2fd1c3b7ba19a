import pytest

from registry_data.organisations import Organisation, OrganisationKind
from registry_data.providers import ProviderKind
from registry_data.routing import (
    NotInSystem,
    RoutingGap,
    ServicePlace,
    assessor_of,
    organisation_of,
    provider_of,
)
from tests.registry.factories import card, organisation

ORGANISATIONS = [
    organisation("ministry-justice", OrganisationKind.MINISTRY),
    organisation("akimat-akmola", OrganisationKind.AKIMAT_REGION, region="akmola"),
    organisation("akimat-astana", OrganisationKind.AKIMAT_REGION, region="astana"),
    organisation(
        "akimat-tselinograd", OrganisationKind.AKIMAT_DISTRICT, region="akmola", district="tselinograd"
    ),
    organisation("police-akmola", OrganisationKind.TERRITORIAL_POLICE, region="akmola"),
    organisation("tax-astana", OrganisationKind.TAX_DEPARTMENT, region="astana"),
    organisation("justice-astana", OrganisationKind.JUSTICE_DEPARTMENT, region="astana"),
    organisation("corporation-astana", OrganisationKind.STATE_CORPORATION_BRANCH, region="astana"),
    organisation("fund-akmola", OrganisationKind.FUND_BRANCH, region="akmola"),
    organisation("agency-akmola", OrganisationKind.AGENCY_DEPARTMENT, region="akmola"),
    organisation("enpf", OrganisationKind.PENSION_FUND),
]
ASTANA = ServicePlace(region="astana", district="esil")
AKMOLA = ServicePlace(region="akmola")
TSELINOGRAD = ServicePlace(region="akmola", district="tselinograd")
NOWHERE = ServicePlace()


def code_of(found: Organisation | NotInSystem) -> str:
    return found.code if isinstance(found, Organisation) else found.reason


@pytest.mark.parametrize(
    ("kind", "place", "expected"),
    [
        # a region's own bodies need only the region
        (ProviderKind.AKIMAT_REGION, AKMOLA, "akimat-akmola"),
        (ProviderKind.AKIMAT_REGION, ASTANA, "akimat-astana"),
        (ProviderKind.TERRITORIAL_POLICE, TSELINOGRAD, "police-akmola"),
        (ProviderKind.TAX_BODY, ASTANA, "tax-astana"),
        (ProviderKind.JUSTICE_DEPARTMENT, ASTANA, "justice-astana"),
        (ProviderKind.STATE_CORPORATION, ASTANA, "corporation-astana"),
        (ProviderKind.SOCIAL_FUND_BRANCH, AKMOLA, "fund-akmola"),
        # in the three largest cities the city's akimat does the districts' work
        (ProviderKind.AKIMAT_DISTRICT, ASTANA, "akimat-astana"),
        (ProviderKind.AKIMAT_CITY, ServicePlace(region="astana"), "akimat-astana"),
        (ProviderKind.CIVIL_REGISTRY_OFFICE, ASTANA, "akimat-astana"),
        # elsewhere the district decides, without falling back to the region
        (ProviderKind.AKIMAT, TSELINOGRAD, "akimat-tselinograd"),
        (ProviderKind.EMPLOYMENT_DEPARTMENT, TSELINOGRAD, "akimat-tselinograd"),
        (
            ProviderKind.AKIMAT_DISTRICT,
            ServicePlace(region="akmola", district="arshaly"),
            RoutingGap.NOT_LISTED,
        ),
        (ProviderKind.AKIMAT_DISTRICT, AKMOLA, RoutingGap.PLACE_NEEDED),
        # a nationwide body needs no place
        (ProviderKind.PENSION_FUND, NOWHERE, "enpf"),
        # a region without such a body, and a missing place
        (ProviderKind.TERRITORIAL_POLICE, ASTANA, RoutingGap.NOT_LISTED),
        (ProviderKind.TERRITORIAL_POLICE, NOWHERE, RoutingGap.PLACE_NEEDED),
        # kinds without any organisation
        (ProviderKind.CLINIC, NOWHERE, RoutingGap.NOT_LISTED),
        (ProviderKind.SCHOOL, ASTANA, RoutingGap.NOT_LISTED),
        (ProviderKind.AKIMAT_VILLAGE, TSELINOGRAD, RoutingGap.NOT_LISTED),
        # the card names the ministry, not the kind
        (ProviderKind.MINISTRY, ASTANA, RoutingGap.NOT_LISTED),
    ],
)
def test_kind_and_place_determine_the_organisation(
    kind: ProviderKind, place: ServicePlace, expected: str
) -> None:
    assert code_of(organisation_of(kind, place, ORGANISATIONS)) == expected


@pytest.mark.parametrize("kind", ProviderKind)
def test_every_provider_kind_is_routed_or_missing(kind: ProviderKind) -> None:
    assert isinstance(organisation_of(kind, ASTANA, ORGANISATIONS), Organisation | NotInSystem)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"provider_kind": "ministry", "provider_organisation": "ministry-justice"}, "ministry-justice"),
        ({"provider_kind": "ministry", "provider_organisation": "ministry-war"}, RoutingGap.NOT_LISTED),
        ({"provider_kind": None}, RoutingGap.PROVIDER_UNKNOWN),
        ({"provider_kind": "territorial_police"}, "police-akmola"),
    ],
)
def test_card_is_routed_by_name_or_kind(fields: dict[str, str | None], expected: str) -> None:
    assert code_of(provider_of(card(**fields), AKMOLA, ORGANISATIONS)) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [(TSELINOGRAD, "agency-akmola"), (ASTANA, RoutingGap.NOT_LISTED), (NOWHERE, RoutingGap.PLACE_NEEDED)],
)
def test_regional_agency_department_assesses_quality(place: ServicePlace, expected: str) -> None:
    assert code_of(assessor_of(place, ORGANISATIONS)) == expected
