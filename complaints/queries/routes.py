"""Where a complaint would go with the current registry and connections."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.store import ConnectionStore
from complaints.case import ComplaintCase
from complaints.draft import Draft
from complaints.routing import NotConnected, Route, Routed, Routing, RoutingRequest, routing_of
from complaints.tables import ComplaintRow
from knowledge.catalogue import Catalogue
from registry_data.organisations import Organisation
from registry_data.routing import NotInSystem, ServicePlace
from registry_data.schema import ServiceCard
from registry_data.store import CardRepository, OrganisationRepository


class RoutingRegistry(Protocol):
    """What routing reads of the registry, in the database or in memory."""

    async def organisations(self) -> Iterable[Organisation]: ...

    async def card(self, slug: str) -> ServiceCard | None: ...


@dataclass(frozen=True, slots=True)
class StoredRegistry:
    """The registry as this transaction sees it, for decisions that are committed with it."""

    session: AsyncSession

    async def organisations(self) -> Iterable[Organisation]:
        return await OrganisationRepository(self.session).all()

    async def card(self, slug: str) -> ServiceCard | None:
        return await CardRepository(self.session).get(slug)


@dataclass(frozen=True, slots=True)
class HeldRegistry:
    """The registry in memory, for windows that read it often."""

    catalogue: Catalogue

    async def organisations(self) -> Iterable[Organisation]:
        return self.catalogue.organisations.values()

    async def card(self, slug: str) -> ServiceCard | None:
        return self.catalogue.cards.get(slug)


@dataclass(frozen=True, slots=True)
class RouteQueries:
    session: AsyncSession
    registry: RoutingRegistry

    @classmethod
    def stored(cls, session: AsyncSession) -> Self:
        return cls(session, StoredRegistry(session))

    async def routing(self) -> Routing:
        organisations = await self.registry.organisations()
        return routing_of(organisations, await ConnectionStore(self.session).codes())

    async def of_draft(self, draft: Draft) -> Route:
        """Where the draft would go if submitted now."""
        return (await self.routing()).route(await self.request(draft))

    async def renders(self, draft: Draft) -> Organisation | NotInSystem:
        """The organisation the draft is about, connected or not."""
        return routing_of(await self.registry.organisations(), ()).renders(await self.request(draft))

    async def addressee(self, draft: Draft) -> Organisation | None:
        """The addressee where none is connected, if the registry knows one."""
        routing, request = await self.routing(), await self.request(draft)
        renders = routing.renders(request)
        body = renders if isinstance(renders, Organisation) else None
        return routing.assessor(body, request.place) if request.to_agency else body

    async def assessor(self, draft: Draft) -> Organisation | None:
        """The Agency's body that controls the organisation the draft is about, connected or not."""
        routing, request = await self.routing(), await self.request(draft)
        renders = routing.renders(request)
        return routing.assessor(renders if isinstance(renders, Organisation) else None, request.place)

    async def to_agency(self, complaint: ComplaintCase | ComplaintRow) -> Routed | NotConnected:
        """Where the complaint goes next, after the organisation that has it."""
        place = ServicePlace(region=complaint.region, district=complaint.district)
        return (await self.routing()).to_agency(complaint.organisation, place)

    async def request(self, draft: Draft) -> RoutingRequest:
        return RoutingRequest(
            card=await self.registry.card(draft.service) if draft.service else None,
            concern=draft.concern,
            named=draft.named,
            place=ServicePlace(region=draft.region, district=draft.district),
            to_agency=draft.to_agency,
        )
