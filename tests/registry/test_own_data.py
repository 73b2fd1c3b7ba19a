"""The data shipped with the program."""

from datetime import date

import pytest

from registry_data.check import check
from registry_data.contents import Registry
from registry_data.organisations import OrganisationKind
from registry_data.regions import RegionKind
from registry_data.routing import NotInSystem, ServicePlace, assessor_of, provider_of

READ_ON = date(2026, 12, 1)
FEWEST_CARDS, FEWEST_CARDS_WITH_AN_ACT = 205, 148  # floors: more may be added without a change here


def test_own_data_has_no_faults(own: Registry) -> None:
    assert check(own, READ_ON).faults == ()


def test_number_of_cards_does_not_shrink(own: Registry) -> None:
    assert len(own.cards) >= FEWEST_CARDS


def test_every_card_with_a_provider_has_its_kind(own: Registry) -> None:
    assert [card.slug for card in own.cards if card.provider and card.provider_kind is None] == []


def test_number_of_cited_cards_does_not_shrink(own: Registry) -> None:
    assert sum(card.act is not None for card in own.cards) >= FEWEST_CARDS_WITH_AN_ACT


@pytest.mark.parametrize(
    ("key", "version", "repealed"),
    [
        ("law-88-V", date(2022, 9, 4), None),
        ("order-78", date(2021, 7, 1), None),
        ("order-193", date(2024, 7, 16), None),
        ("order-126", None, date(2020, 2, 19)),
        ("order-06-7-2", None, date(2014, 11, 27)),
    ],
)
def test_acts_have_their_wording_dates(
    own: Registry, key: str, version: date | None, repealed: date | None
) -> None:
    act = next(act for act in own.acts if act.key == key)
    assert (act.version, act.repealed) == (version, repealed)


def test_all_regions_and_cities_have_codes(own: Registry) -> None:
    kinds = [region.kind for region in own.regions]
    assert (kinds.count(RegionKind.REGION), kinds.count(RegionKind.CITY)) == (17, 3)
    assert all(region.kato for region in own.regions)


def test_district_code_belongs_to_its_region(own: Registry) -> None:
    strays = [
        district.code
        for region in own.regions
        for district in region.districts
        if district.kato and region.kato and district.kato[:2] != region.kato[:2]
    ]
    assert strays == []


@pytest.mark.parametrize(
    "kind",
    [
        OrganisationKind.AKIMAT_REGION,
        OrganisationKind.AGENCY_DEPARTMENT,
        OrganisationKind.STATE_CORPORATION_BRANCH,
        OrganisationKind.TERRITORIAL_POLICE,
        OrganisationKind.TAX_DEPARTMENT,
        OrganisationKind.JUSTICE_DEPARTMENT,
        OrganisationKind.LABOUR_DEPARTMENT,
        OrganisationKind.SOCIAL_PROTECTION_DEPARTMENT,
        OrganisationKind.MEDICAL_CONTROL_DEPARTMENT,
        OrganisationKind.SANITARY_DEPARTMENT,
        OrganisationKind.LAND_DEPARTMENT,
        OrganisationKind.MILITARY_DEPARTMENT,
    ],
)
def test_every_region_has_one_body_of_each_kind(own: Registry, kind: OrganisationKind) -> None:
    regions = sorted(one.region or "" for one in own.organisations if one.kind is kind)
    assert regions == sorted(region.code for region in own.regions)


@pytest.mark.parametrize(
    ("slug", "place", "code"),
    [
        ("identity-card-passport", ServicePlace(region="astana"), "police-astana"),
        ("social-assistance-asp", ServicePlace(region="shymkent", district="turan"), "akimat-shymkent"),
        ("advocate-licence", ServicePlace(), "ministry-justice"),
        ("real-estate-rights-registration", ServicePlace(region="ulytau"), "state-corporation-ulytau"),
        ("enpf-savings-statement", ServicePlace(), "enpf"),
        ("passport-abroad", ServicePlace(), "ministry-foreign-affairs"),
        ("old-age-pension", ServicePlace(region="abai", district="semey"), "labour-abai"),
        (
            "kindergarten-queue",
            ServicePlace(region="akmola", district="tselinograd"),
            "akimat-akmola-tselinograd",
        ),
        ("doctor-appointment", ServicePlace(region="astana"), None),
    ],
)
def test_service_is_routed_to_its_organisation(
    own: Registry, slug: str, place: ServicePlace, code: str | None
) -> None:
    card = next(card for card in own.cards if card.slug == slug)
    found = provider_of(card, place, own.organisations)
    assert (None if isinstance(found, NotInSystem) else found.code) == code


def test_quality_complaint_goes_to_the_agency_department(own: Registry) -> None:
    found = assessor_of(ServicePlace(region="abai"), own.organisations)
    assert not isinstance(found, NotInSystem)
    assert found.code == "agency-department-abai"
    assert found.parent == "agency-civil-service"
