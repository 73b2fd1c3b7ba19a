"""The data that come with the program."""

from datetime import date

import pytest

from registry_data.check import check
from registry_data.contents import Registry
from registry_data.organisations import OrganisationKind
from registry_data.regions import RegionKind
from registry_data.routing import NotInSystem, Place, assessor_of, provider_of

READ_ON = date(2026, 11, 21)
FEWEST_CARDS, FEWEST_CARDS_WITH_AN_ACT = 205, 148  # floors: more may be added without a change here


def test_it_holds_no_fault(own: Registry) -> None:
    assert check(own, READ_ON).faults == ()


def test_no_card_was_lost(own: Registry) -> None:
    assert len(own.cards) >= FEWEST_CARDS


def test_every_card_that_names_a_provider_says_its_kind(own: Registry) -> None:
    assert [card.slug for card in own.cards if card.provider and card.provider_kind is None] == []


def test_no_citation_of_a_card_was_lost(own: Registry) -> None:
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
def test_the_acts_of_the_product_stand_with_their_wording(
    own: Registry, key: str, version: date | None, repealed: date | None
) -> None:
    act = next(act for act in own.acts if act.key == key)
    assert (act.version, act.repealed) == (version, repealed)


def test_there_are_seventeen_regions_and_three_cities_each_with_its_code(own: Registry) -> None:
    kinds = [region.kind for region in own.regions]
    assert (kinds.count(RegionKind.REGION), kinds.count(RegionKind.CITY)) == (17, 3)
    assert all(region.kato for region in own.regions)


def test_a_districts_code_lies_in_its_region(own: Registry) -> None:
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
    ],
)
def test_every_region_has_one_body_of_each_kind(own: Registry, kind: OrganisationKind) -> None:
    regions = sorted(one.region or "" for one in own.organisations if one.kind is kind)
    assert regions == sorted(region.code for region in own.regions)


@pytest.mark.parametrize(
    ("slug", "place", "code"),
    [
        ("identity-card-passport", Place(region="astana"), "police-astana"),
        ("social-assistance-asp", Place(region="shymkent", district="turan"), "akimat-shymkent"),
        ("advocate-licence", Place(), "ministry-justice"),
        ("real-estate-rights-registration", Place(region="ulytau"), "state-corporation-ulytau"),
        ("enpf-savings-statement", Place(), "enpf"),
        ("kindergarten-queue", Place(region="akmola", district="tselinograd"), None),
        ("doctor-appointment", Place(region="astana"), None),
    ],
)
def test_a_service_leads_to_its_organisation(
    own: Registry, slug: str, place: Place, code: str | None
) -> None:
    card = next(card for card in own.cards if card.slug == slug)
    found = provider_of(card, place, own.organisations)
    assert (None if isinstance(found, NotInSystem) else found.code) == code


def test_a_complaint_about_quality_leads_to_the_agencys_department(own: Registry) -> None:
    found = assessor_of(Place(region="abai"), own.organisations)
    assert not isinstance(found, NotInSystem)
    assert found.code == "agency-department-abai"
    assert found.parent == "agency-civil-service"
