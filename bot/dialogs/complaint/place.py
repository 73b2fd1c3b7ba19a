"""Where a complaint happened and to whom it would go, read from the registry as it stands."""

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.connecting import ConnectionStore
from bot.catalogue import Catalogue
from bot.dialogs.complaint.steps import Way
from complaints.draft import Draft
from complaints.routing import NotConnected, Route, Routing, Wish, routing_of
from registry_data.organisations import Organisation, OrganisationKind
from registry_data.regions import District
from registry_data.routing import Missing, NotInSystem, Place

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


async def routing(session: AsyncSession, catalogue: Catalogue) -> Routing:
    return routing_of(catalogue.organisations.values(), await ConnectionStore(session).codes())


async def route_of(session: AsyncSession, catalogue: Catalogue, draft: Draft) -> Route:
    """Where the draft would go if it were sent now."""
    return (await routing(session, catalogue)).route(wish_of(catalogue, draft))


async def way_of(session: AsyncSession, catalogue: Catalogue, draft: Draft) -> Way:
    """What the draft's place would change. Who is connected matters only where nobody is known to render."""
    renders = routing_of(catalogue.organisations.values(), ()).renders(wish_of(catalogue, draft))
    if not isinstance(renders, NotInSystem):
        return Way.KNOWN
    if renders.reason is Missing.PLACE_NEEDED:
        return Way.BY_PLACE
    is_lost = isinstance(await route_of(session, catalogue, draft), NotConnected)
    return Way.NOBODY if is_lost else Way.KNOWN


def wish_of(catalogue: Catalogue, draft: Draft) -> Wish:
    return Wish(
        card=catalogue.cards.get(draft.service or ""),
        concern=draft.concern,
        named=draft.named,
        place=Place(region=draft.region, district=draft.district),
        to_agency=draft.to_agency,
    )


def districts_of(catalogue: Catalogue, draft: Draft) -> tuple[District, ...]:
    region = catalogue.regions.get(draft.region or "")
    return region.districts if region is not None else ()


def nameable(catalogue: Catalogue, draft: Draft) -> list[Organisation]:
    """The organisations that a complaint from the draft's region may be about: those of the place first."""
    every = catalogue.organisations.values()
    here = [one for one in every if one.region is not None and one.region == draft.region]
    return [*here, *(one for one in every if one.kind in _EVERYWHERE)]
