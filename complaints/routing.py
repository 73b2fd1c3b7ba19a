"""Where a complaint goes: to the body that renders the service, a substitute, or nobody; pure.

A complaint is registered with a connected organisation only. The body an unconnected organisation is part of,
or the Agency's body, takes its place; never a ministry above it, which renders nothing itself and for which
Law 88-V Art. 25 sets no term.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from complaints.spheres import CONTROLLERS
from complaints.terms import Rule, rule_of
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
from registry_data.schema import LifeSituation, ServiceCard

ANYWHERE = ServicePlace()


class Concern(StrEnum):
    """Whom a complaint is about."""

    PROVIDER = "provider"  # the body that renders the service
    CORPORATION = "corporation"  # the State Corporation, through which it was got
    NAMED = "named"  # an organisation the person chose


class RoutingReason(StrEnum):
    RENDERS = "renders"
    PART_OF = "part_of"  # the rendering organisation is a part of this one
    CONTROLS = "controls"  # a private provider: this body controls its sphere (Order 78 ¶15)
    AGENCY_CHOSEN = "agency_chosen"  # the person wants the body that assesses and controls quality
    AGENCY_INSTEAD = "agency_instead"  # no other body is connected


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRequest:
    """What decides where a complaint goes. `named` is an organisation's code, for Concern.NAMED."""

    card: ServiceCard | None = None
    concern: Concern = Concern.PROVIDER
    named: str | None = None
    place: ServicePlace = ANYWHERE
    to_agency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """The complaint can be registered with `organisation`; `rule` is the term that applies."""

    organisation: Organisation
    rule: Rule
    why: RoutingReason


@dataclass(frozen=True, slots=True, kw_only=True)
class NotConnected:
    """Nothing can be registered. `renders` should have received it, `assessor` is the Agency's body.

    Each is None where the registry does not know it; `missing` says why.
    """

    renders: Organisation | None
    assessor: Organisation | None
    missing: RoutingGap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNeeded:
    """The route depends on the region, or also the district, and it is missing."""


Route = Routed | NotConnected | PlaceNeeded

_WHOLE = frozenset(
    {
        OrganisationKind.STATE_CORPORATION,
        OrganisationKind.STATE_CORPORATION_BRANCH,
        OrganisationKind.FUND,
        OrganisationKind.AGENCY,
    }
)  # a branch or a department is part of these, not a body of its own
_PRIVATE = frozenset({OrganisationKind.PENSION_FUND})
_CENTRAL = frozenset(
    {
        OrganisationKind.AGENCY,
        OrganisationKind.MINISTRY,
        OrganisationKind.CENTRAL_BODY,
        OrganisationKind.COMMITTEE,
        OrganisationKind.SUBORDINATE_ORGANISATION,
        OrganisationKind.STATE_CORPORATION,
        OrganisationKind.FUND,
    }
)  # checked by the Agency itself; all others by its territorial bodies (Order 78 ¶14)


@dataclass(frozen=True, slots=True)
class Routing:
    """The known organisations and the codes of the connected ones."""

    organisations: tuple[Organisation, ...]
    connected: frozenset[str]

    def get(self, code: str | None) -> Organisation | None:
        return next((one for one in self.organisations if one.code == code), None)

    def route(self, request: RoutingRequest) -> Route:
        renders = self.renders(request)
        if isinstance(renders, NotInSystem) and renders.reason is RoutingGap.PLACE_NEEDED:
            return PlaceNeeded()
        body = renders if isinstance(renders, Organisation) else None
        assessor = self.assessor(body, request.place)
        found = self._choose(request, body, assessor)
        if found is not None:
            return found
        missing = renders.reason if isinstance(renders, NotInSystem) else None
        return NotConnected(renders=body, assessor=assessor, missing=missing)

    def renders(self, request: RoutingRequest) -> Organisation | NotInSystem:
        """The body the complaint is about, connected or not."""
        if request.concern is Concern.CORPORATION:
            return organisation_of(ProviderKind.STATE_CORPORATION, request.place, self.organisations)
        if request.concern is Concern.NAMED:
            return self.get(request.named) or NotInSystem(reason=RoutingGap.NOT_LISTED)
        if request.card is None:
            return NotInSystem(reason=RoutingGap.PROVIDER_UNKNOWN)
        return provider_of(request.card, request.place, self.organisations)

    def assessor(self, body: Organisation | None, place: ServicePlace) -> Organisation | None:
        """The Agency's body that controls `body`, or the providers in `place` (Order 78 ¶14)."""
        if body is not None and body.kind in _CENTRAL:
            return next((one for one in self.organisations if one.kind is OrganisationKind.AGENCY), None)
        region = body.region if body is not None and body.region else place.region
        found = assessor_of(ServicePlace(region=region), self.organisations)
        return found if isinstance(found, Organisation) else None

    def to_agency(self, code: str, place: ServicePlace) -> Routed | NotConnected:
        """The route to the Agency for a complaint about the organisation `code`."""
        body = self.get(code)
        assessor = self.assessor(body, place)
        found = self._to_connected(assessor, RoutingReason.AGENCY_CHOSEN)
        return found or NotConnected(renders=body, assessor=assessor)

    def passed_to(self, body: Organisation) -> list[Organisation]:
        """The connected organisations to which `body` may pass a complaint on."""
        return [one for one in self.organisations if one.code in self.connected and one.code != body.code]

    def controller(self, situation: LifeSituation | None) -> Organisation | None:
        """The body that controls the sphere of a private provider's service (Order 78 ¶15)."""
        return self.get(CONTROLLERS.get(situation)) if situation is not None else None

    def _choose(
        self, request: RoutingRequest, body: Organisation | None, assessor: Organisation | None
    ) -> Routed | None:
        if request.to_agency:
            return self._to_connected(assessor, RoutingReason.AGENCY_CHOSEN)
        direct = self._to_connected(body, RoutingReason.RENDERS)
        if direct is not None:
            return direct
        if _is_private(request, body):
            situation = request.card.life_situation if request.card else LifeSituation.PENSION
            return self._to_connected(self.controller(situation), RoutingReason.CONTROLS) or self._instead(
                assessor
            )
        return self._instead(assessor)

    def _instead(self, assessor: Organisation | None) -> Routed | None:
        return self._to_connected(assessor, RoutingReason.AGENCY_INSTEAD)

    def _to_connected(self, body: Organisation | None, why: RoutingReason) -> Routed | None:
        """The first connected one of `body` and the bodies it is part of."""
        if body is None:
            return None
        if body.code in self.connected:
            return Routed(organisation=body, rule=rule_of(body.kind), why=why)
        whole = self.get(body.parent)
        while whole is not None and whole.kind in _WHOLE and whole.code not in self.connected:
            whole = self.get(whole.parent)
        if whole is None or whole.kind not in _WHOLE:
            return None
        part_of = RoutingReason.PART_OF if why is RoutingReason.RENDERS else why
        return Routed(organisation=whole, rule=rule_of(whole.kind), why=part_of)


def routing_of(organisations: Iterable[Organisation], connected: Iterable[str]) -> Routing:
    return Routing(tuple(organisations), frozenset(connected))


def _is_private(request: RoutingRequest, body: Organisation | None) -> bool:
    if body is not None:
        return body.kind in _PRIVATE
    return request.card is not None and request.card.provider_kind is ProviderKind.PRIVATE
