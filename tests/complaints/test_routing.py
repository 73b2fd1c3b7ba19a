"""Where a complaint goes, with the registry's own organisations."""

from dataclasses import replace

import pytest

from complaints.routing import (
    Concern,
    NotConnected,
    PlaceNeeded,
    Routed,
    Routing,
    RoutingReason,
    RoutingRequest,
    routing_of,
)
from complaints.spheres import CONTROLLERS
from complaints.terms import Rule
from registry_data.contents import Registry
from registry_data.providers import ProviderKind
from registry_data.routing import RoutingGap, ServicePlace
from registry_data.schema import LifeSituation, ServiceCard
from tests.complaints.scenario import (
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

ABAI = ServicePlace(region="abai")


def routing(registry: Registry, *connected: str) -> Routing:
    return routing_of(registry.organisations, connected)


def card(registry: Registry, slug: str) -> ServiceCard:
    return next(one for one in registry.cards if one.slug == slug)


def outcome(routing: Routing, request: RoutingRequest) -> tuple[str, Rule, RoutingReason] | str:
    route = routing.route(request)
    if isinstance(route, Routed):
        return route.organisation.code, route.rule, route.why
    return type(route).__name__


@pytest.mark.parametrize(
    ("connected", "expected"),
    [
        ((), "NotConnected"),
        ((POLICE,), (POLICE, Rule.PROVIDER, RoutingReason.RENDERS)),
        ((POLICE, AGENCY_BODY), (POLICE, Rule.PROVIDER, RoutingReason.RENDERS)),
        ((AGENCY_BODY,), (AGENCY_BODY, Rule.AUTHORITY, RoutingReason.AGENCY_INSTEAD)),
        (
            (AGENCY,),
            (AGENCY, Rule.AUTHORITY, RoutingReason.AGENCY_INSTEAD),
        ),  # its territorial body is a part of it
        ((MINISTRY,), "NotConnected"),  # it renders nothing itself: Art. 25 sets no term for it
        (("police-almaty",), "NotConnected"),
    ],
)
def test_police_service_is_routed_to_a_connected_body(
    whole_registry: Registry, connected: tuple[str, ...], expected: object
):
    request = RoutingRequest(card=card(whole_registry, OF_POLICE), place=ABAI)
    assert outcome(routing(whole_registry, *connected), request) == expected


@pytest.mark.parametrize(
    ("connected", "expected"),
    [
        ((CORPORATION_BRANCH,), (CORPORATION_BRANCH, Rule.PROVIDER, RoutingReason.RENDERS)),
        ((CORPORATION,), (CORPORATION, Rule.PROVIDER, RoutingReason.PART_OF)),  # the branch is part of it
        ((POLICE,), "NotConnected"),  # the police do not answer for the State Corporation
    ],
)
def test_corporation_complaint_is_routed_to_the_corporation(
    whole_registry: Registry, connected: tuple[str, ...], expected: object
):
    request = RoutingRequest(card=card(whole_registry, OF_POLICE), concern=Concern.CORPORATION, place=ABAI)
    assert outcome(routing(whole_registry, *connected), request) == expected


def test_citizen_can_choose_the_agency_first(whole_registry: Registry):
    request = RoutingRequest(card=card(whole_registry, OF_AKIMAT), place=ABAI, to_agency=True)
    everybody = routing(whole_registry, AKIMAT, AGENCY_BODY)
    assert outcome(everybody, request) == (AGENCY_BODY, Rule.AUTHORITY, RoutingReason.AGENCY_CHOSEN)
    assert (
        outcome(routing(whole_registry, AKIMAT), request) == "NotConnected"
    )  # not where the citizen declined it


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
def test_assessor_of_each_body(whole_registry: Registry, named: str, assessor: str):
    """Order 78 ¶14."""
    route = routing(whole_registry).route(RoutingRequest(concern=Concern.NAMED, named=named))
    assert isinstance(route, NotConnected)
    assert (route.renders and route.renders.code, route.assessor and route.assessor.code) == (named, assessor)


def test_missing_place_is_requested(whole_registry: Registry):
    assert (
        routing(whole_registry, POLICE).route(RoutingRequest(card=card(whole_registry, OF_POLICE)))
        == PlaceNeeded()
    )


def test_private_provider_complaint_goes_to_the_controlling_body(whole_registry: Registry):
    """Order 78 ¶15."""
    private = card(whole_registry, OF_AKIMAT).model_copy(
        update={"provider_kind": ProviderKind.PRIVATE, "life_situation": LifeSituation.HEALTH}
    )
    request = RoutingRequest(card=private, place=ABAI)
    connected = routing(whole_registry, "ministry-health", AGENCY_BODY)
    assert outcome(connected, request) == ("ministry-health", Rule.PROVIDER, RoutingReason.CONTROLS)
    # where that body is not connected, the Agency's body takes it and passes it on
    assert outcome(routing(whole_registry, AGENCY_BODY), request) == (
        AGENCY_BODY,
        Rule.AUTHORITY,
        RoutingReason.AGENCY_INSTEAD,
    )
    assert outcome(routing(whole_registry, AKIMAT), request) == "NotConnected"


def test_pension_fund_complaint_goes_to_its_ministry(whole_registry: Registry):
    request = RoutingRequest(concern=Concern.NAMED, named=PENSION_FUND, place=ABAI)
    assert outcome(routing(whole_registry, "ministry-labour"), request) == (
        "ministry-labour",
        Rule.PROVIDER,
        RoutingReason.CONTROLS,
    )


def test_every_controlling_body_is_a_listed_organisation(whole_registry: Registry):
    assert set(CONTROLLERS.values()) <= {one.code for one in whole_registry.organisations}


def test_unlisted_body_falls_back_to_the_agency_body(whole_registry: Registry):
    clinic = card(whole_registry, OF_AKIMAT).model_copy(update={"provider_kind": ProviderKind.CLINIC})
    request = RoutingRequest(card=clinic, place=ABAI)
    assert outcome(routing(whole_registry, AGENCY_BODY), request) == (
        AGENCY_BODY,
        Rule.AUTHORITY,
        RoutingReason.AGENCY_INSTEAD,
    )
    nobody = routing(whole_registry).route(request)
    assert isinstance(nobody, NotConnected)
    assert (nobody.renders, nobody.missing) == (None, RoutingGap.NOT_LISTED)


def test_request_without_service_or_body_has_no_route(whole_registry: Registry):
    nobody = routing(whole_registry).route(RoutingRequest())
    assert isinstance(nobody, NotConnected)
    assert nobody.missing is RoutingGap.PROVIDER_UNKNOWN


@pytest.mark.parametrize("named", ["police-nowhere", "", "police-abai'; --", None])
def test_forged_organisation_has_no_route(whole_registry: Registry, named: str | None):
    assert (
        outcome(routing(whole_registry, POLICE), RoutingRequest(concern=Concern.NAMED, named=named))
        == "NotConnected"
    )


def test_every_route_leads_to_a_connected_organisation(whole_registry: Registry):
    for connected in ((), (POLICE,), (AGENCY_BODY, AKIMAT)):
        scenario = routing(whole_registry, *connected)
        for one in whole_registry.cards:
            for request in (
                RoutingRequest(card=one, place=ABAI),
                RoutingRequest(card=one, place=ABAI, to_agency=True),
            ):
                for concerned in (request, replace(request, concern=Concern.CORPORATION)):
                    route = scenario.route(concerned)
                    assert not isinstance(route, Routed) or route.organisation.code in connected
