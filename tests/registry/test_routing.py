import pytest

from registry_data.organisations import Organisation, OrganisationKind
from registry_data.providers import ProviderKind
from registry_data.routing import Missing, NotInSystem, Place, assessor_of, organisation_of, provider_of
from tests.registry.samples import card, organisation

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
ASTANA = Place(region="astana", district="esil")
AKMOLA = Place(region="akmola")
TSELINOGRAD = Place(region="akmola", district="tselinograd")
NOWHERE = Place()


def code_of(found: Organisation | NotInSystem) -> str:
    return found.code if isinstance(found, Organisation) else found.reason


@pytest.mark.parametrize(
    ("kind", "place", "expected"),
    [
        # a region's own bodies need the region only
        (ProviderKind.AKIMAT_REGION, AKMOLA, "akimat-akmola"),
        (ProviderKind.AKIMAT_REGION, ASTANA, "akimat-astana"),
        (ProviderKind.TERRITORIAL_POLICE, TSELINOGRAD, "police-akmola"),
        (ProviderKind.TAX_BODY, ASTANA, "tax-astana"),
        (ProviderKind.JUSTICE_DEPARTMENT, ASTANA, "justice-astana"),
        (ProviderKind.STATE_CORPORATION, ASTANA, "corporation-astana"),
        (ProviderKind.SOCIAL_FUND_BRANCH, AKMOLA, "fund-akmola"),
        # in the great cities the city's akimat does the districts' work
        (ProviderKind.AKIMAT_DISTRICT, ASTANA, "akimat-astana"),
        (ProviderKind.AKIMAT_CITY, Place(region="astana"), "akimat-astana"),
        (ProviderKind.CIVIL_REGISTRY_OFFICE, ASTANA, "akimat-astana"),
        # elsewhere the district decides, and nothing is passed up to the region
        (ProviderKind.AKIMAT, TSELINOGRAD, "akimat-tselinograd"),
        (ProviderKind.EMPLOYMENT_DEPARTMENT, TSELINOGRAD, "akimat-tselinograd"),
        (ProviderKind.AKIMAT_DISTRICT, Place(region="akmola", district="arshaly"), Missing.NOT_LISTED),
        (ProviderKind.AKIMAT_DISTRICT, AKMOLA, Missing.PLACE_NEEDED),
        # one body for the whole country needs no place
        (ProviderKind.PENSION_FUND, NOWHERE, "enpf"),
        # a region that has no such body here, and a place that nobody said
        (ProviderKind.TERRITORIAL_POLICE, ASTANA, Missing.NOT_LISTED),
        (ProviderKind.TERRITORIAL_POLICE, NOWHERE, Missing.PLACE_NEEDED),
        # kinds of which no organisation is kept
        (ProviderKind.CLINIC, NOWHERE, Missing.NOT_LISTED),
        (ProviderKind.SCHOOL, ASTANA, Missing.NOT_LISTED),
        (ProviderKind.AKIMAT_VILLAGE, TSELINOGRAD, Missing.NOT_LISTED),
        # which ministry is said by the card, not by the kind
        (ProviderKind.MINISTRY, ASTANA, Missing.NOT_LISTED),
    ],
)
def test_a_kind_and_a_place_give_an_organisation_or_none(
    kind: ProviderKind, place: Place, expected: str
) -> None:
    assert code_of(organisation_of(kind, place, ORGANISATIONS)) == expected


@pytest.mark.parametrize("kind", ProviderKind)
def test_every_kind_of_provider_is_routed_or_said_to_be_missing(kind: ProviderKind) -> None:
    assert isinstance(organisation_of(kind, ASTANA, ORGANISATIONS), Organisation | NotInSystem)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"provider_kind": "ministry", "provider_organisation": "ministry-justice"}, "ministry-justice"),
        ({"provider_kind": "ministry", "provider_organisation": "ministry-war"}, Missing.NOT_LISTED),
        ({"provider_kind": None}, Missing.PROVIDER_UNKNOWN),
        ({"provider_kind": "territorial_police"}, "police-akmola"),
    ],
)
def test_a_card_leads_to_the_organisation_it_names_or_its_kind_gives(
    fields: dict[str, str | None], expected: str
) -> None:
    assert code_of(provider_of(card(**fields), AKMOLA, ORGANISATIONS)) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [(TSELINOGRAD, "agency-akmola"), (ASTANA, Missing.NOT_LISTED), (NOWHERE, Missing.PLACE_NEEDED)],
)
def test_quality_is_assessed_by_the_agencys_department_of_the_region(place: Place, expected: str) -> None:
    assert code_of(assessor_of(place, ORGANISATIONS)) == expected
