"""To whom a complaint goes, on the registry's own organisations."""

from dataclasses import replace

import pytest

from complaints.routing import Concern, Goes, NotConnected, PlaceNeeded, Routing, Why, Wish, routing_of
from complaints.spheres import CONTROLLERS
from complaints.terms import Rule
from registry_data.contents import Registry
from registry_data.providers import ProviderKind
from registry_data.routing import Missing, Place
from registry_data.schema import LifeSituation, ServiceCard
from tests.complaints.hall import (
    AGENCY,
    AGENCY_BODY,
    AKIMAT,
    CORPORATION,
    CORPORATION_BRANCH,
    MINISTRY,
    OF_AKIMAT,
    OF_POLICE,
    PENSION_FUND,
    POLICE,
)

ABAI = Place(region="abai")


def routing(registry: Registry, *connected: str) -> Routing:
    return routing_of(registry.organisations, connected)


def card(registry: Registry, slug: str) -> ServiceCard:
    return next(one for one in registry.cards if one.slug == slug)


def outcome(routing: Routing, wish: Wish) -> tuple[str, Rule, Why] | str:
    route = routing.route(wish)
    if isinstance(route, Goes):
        return route.organisation.code, route.rule, route.why
    return type(route).__name__


@pytest.mark.parametrize(
    ("connected", "expected"),
    [
        ((), "NotConnected"),
        ((POLICE,), (POLICE, Rule.PROVIDER, Why.RENDERS)),
        ((POLICE, AGENCY_BODY), (POLICE, Rule.PROVIDER, Why.RENDERS)),
        ((AGENCY_BODY,), (AGENCY_BODY, Rule.AUTHORITY, Why.AGENCY_INSTEAD)),
        ((AGENCY,), (AGENCY, Rule.AUTHORITY, Why.AGENCY_INSTEAD)),  # its territorial body is a part of it
        ((MINISTRY,), "NotConnected"),  # it renders nothing itself: Art. 25 sets it no term
        (("police-almaty",), "NotConnected"),
    ],
)
def test_a_service_of_the_police(whole_registry: Registry, connected: tuple[str, ...], expected: object):
    wish = Wish(card=card(whole_registry, OF_POLICE), place=ABAI)
    assert outcome(routing(whole_registry, *connected), wish) == expected


@pytest.mark.parametrize(
    ("connected", "expected"),
    [
        ((CORPORATION_BRANCH,), (CORPORATION_BRANCH, Rule.PROVIDER, Why.RENDERS)),
        ((CORPORATION,), (CORPORATION, Rule.PROVIDER, Why.PART_OF)),  # the branch is a part of it
        ((POLICE,), "NotConnected"),  # the police do not answer for the State Corporation
    ],
)
def test_what_went_wrong_at_the_state_corporation_goes_to_it(
    whole_registry: Registry, connected: tuple[str, ...], expected: object
):
    wish = Wish(card=card(whole_registry, OF_POLICE), concern=Concern.CORPORATION, place=ABAI)
    assert outcome(routing(whole_registry, *connected), wish) == expected


def test_a_citizen_may_go_to_the_agency_first(whole_registry: Registry):
    wish = Wish(card=card(whole_registry, OF_AKIMAT), place=ABAI, to_agency=True)
    everybody = routing(whole_registry, AKIMAT, AGENCY_BODY)
    assert outcome(everybody, wish) == (AGENCY_BODY, Rule.AUTHORITY, Why.AGENCY_CHOSEN)
    assert outcome(routing(whole_registry, AKIMAT), wish) == "NotConnected"  # not where he did not want it


@pytest.mark.parametrize(
    ("named", "assessor"),
    [
        (POLICE, AGENCY_BODY),  # territorial units: the Agency's body of the region
        (AKIMAT, AGENCY_BODY),
        (CORPORATION_BRANCH, AGENCY_BODY),
        (MINISTRY, AGENCY),  # central bodies: the Agency itself
        (CORPORATION, AGENCY),
    ],
)
def test_who_assesses_whom(whole_registry: Registry, named: str, assessor: str):
    """Order 78 ¶14."""
    route = routing(whole_registry).route(Wish(concern=Concern.NAMED, named=named))
    assert isinstance(route, NotConnected)
    assert (route.renders and route.renders.code, route.assessor and route.assessor.code) == (named, assessor)


def test_a_place_that_decides_is_asked_for(whole_registry: Registry):
    assert routing(whole_registry, POLICE).route(Wish(card=card(whole_registry, OF_POLICE))) == PlaceNeeded()


def test_a_private_provider_s_complaint_goes_to_the_body_that_controls_its_sphere(whole_registry: Registry):
    """Order 78 ¶15."""
    private = card(whole_registry, OF_AKIMAT).model_copy(
        update={"provider_kind": ProviderKind.PRIVATE, "life_situation": LifeSituation.HEALTH}
    )
    wish = Wish(card=private, place=ABAI)
    connected = routing(whole_registry, "ministry-health", AGENCY_BODY)
    assert outcome(connected, wish) == ("ministry-health", Rule.PROVIDER, Why.CONTROLS)
    # where that body is not connected, the Agency's body has it, and passes it on
    assert outcome(routing(whole_registry, AGENCY_BODY), wish) == (
        AGENCY_BODY,
        Rule.AUTHORITY,
        Why.AGENCY_INSTEAD,
    )
    assert outcome(routing(whole_registry, AKIMAT), wish) == "NotConnected"


def test_the_pension_fund_is_no_state_body(whole_registry: Registry):
    wish = Wish(concern=Concern.NAMED, named=PENSION_FUND, place=ABAI)
    assert outcome(routing(whole_registry, "ministry-labour"), wish) == (
        "ministry-labour",
        Rule.PROVIDER,
        Why.CONTROLS,
    )


def test_whoever_controls_a_sphere_is_among_the_organisations(whole_registry: Registry):
    assert set(CONTROLLERS.values()) <= {one.code for one in whole_registry.organisations}


def test_a_body_that_is_not_listed_leaves_the_agency_s_body(whole_registry: Registry):
    clinic = card(whole_registry, OF_AKIMAT).model_copy(update={"provider_kind": ProviderKind.CLINIC})
    wish = Wish(card=clinic, place=ABAI)
    assert outcome(routing(whole_registry, AGENCY_BODY), wish) == (
        AGENCY_BODY,
        Rule.AUTHORITY,
        Why.AGENCY_INSTEAD,
    )
    nobody = routing(whole_registry).route(wish)
    assert isinstance(nobody, NotConnected)
    assert (nobody.renders, nobody.missing) == (None, Missing.NOT_LISTED)


def test_without_a_service_or_a_body_nothing_is_registered_by_guessing(whole_registry: Registry):
    nobody = routing(whole_registry).route(Wish())
    assert isinstance(nobody, NotConnected)
    assert nobody.missing is Missing.PROVIDER_UNKNOWN


@pytest.mark.parametrize("named", ["police-nowhere", "", "police-abai'; --", None])
def test_a_forged_organisation_leads_nowhere(whole_registry: Registry, named: str | None):
    assert (
        outcome(routing(whole_registry, POLICE), Wish(concern=Concern.NAMED, named=named)) == "NotConnected"
    )


def test_no_route_leads_to_somebody_who_is_not_connected(whole_registry: Registry):
    for connected in ((), (POLICE,), (AGENCY_BODY, AKIMAT)):
        hall = routing(whole_registry, *connected)
        for one in whole_registry.cards:
            for wish in (Wish(card=one, place=ABAI), Wish(card=one, place=ABAI, to_agency=True)):
                for concerned in (wish, replace(wish, concern=Concern.CORPORATION)):
                    route = hall.route(concerned)
                    assert not isinstance(route, Goes) or route.organisation.code in connected
