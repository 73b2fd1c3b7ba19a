"""Where it happened and which organisation is responsible, from the catalogue in memory."""

from bot.dialogs.complaints.submission.steps import RouteStatus
from complaints.draft import Draft
from complaints.queries.routes import RouteQueries
from complaints.routing import NotConnected
from knowledge.catalogue import Catalogue
from registry_data.organisations import Organisation, OrganisationKind
from registry_data.regions import District
from registry_data.routing import NotInSystem, RoutingGap

_EVERYWHERE = frozenset(
    {
        OrganisationKind.AGENCY,
        OrganisationKind.MINISTRY,
        OrganisationKind.CENTRAL_BODY,
        OrganisationKind.COMMITTEE,
        OrganisationKind.STATE_CORPORATION,
        OrganisationKind.SUBORDINATE_ORGANISATION,
        OrganisationKind.FUND,
        OrganisationKind.PENSION_FUND,
    }
)


async def route_status_of(routes: RouteQueries, draft: Draft) -> RouteStatus:
    """How the place affects routing. Who is connected matters only if no provider is known."""
    renders = await routes.renders(draft)
    if not isinstance(renders, NotInSystem):
        return RouteStatus.KNOWN
    if renders.reason is RoutingGap.PLACE_NEEDED:
        return RouteStatus.BY_PLACE
    is_lost = isinstance(await routes.of_draft(draft), NotConnected)
    return RouteStatus.NOBODY if is_lost else RouteStatus.KNOWN


def districts_of(catalogue: Catalogue, draft: Draft) -> tuple[District, ...]:
    region = catalogue.regions.get(draft.region or "")
    return region.districts if region is not None else ()


def nameable(catalogue: Catalogue, draft: Draft) -> list[Organisation]:
    """The organisations a complaint from the draft's region may be about, the nearest first."""
    every = catalogue.organisations.values()
    local = [one for one in every if one.region is not None and one.region == draft.region]
    local.sort(key=lambda one: (_distance(one, draft), one.generated))
    return [*local, *(one for one in every if one.kind in _EVERYWHERE)]


def _distance(one: Organisation, draft: Draft) -> int:
    """The person's own district first, then the whole region, then the other districts."""
    if one.district is None:
        return 1
    return 0 if one.district == draft.district else 2
