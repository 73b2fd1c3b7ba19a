"""Where a complaint would go, on the registry and the connections as they stand now."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.connecting import ConnectionStore
from complaints.draft import Draft
from complaints.routing import Route, Routing, Wish, routing_of
from registry_data.organisations import Organisation
from registry_data.routing import Place
from registry_data.store import CARDS, ORGANISATIONS, ShelfStore


@dataclass(frozen=True, slots=True)
class RouteQueries:
    session: AsyncSession

    async def routing(self) -> Routing:
        organisations = await ShelfStore(self.session, ORGANISATIONS).all()
        return routing_of(organisations, await ConnectionStore(self.session).codes())

    async def of_draft(self, draft: Draft) -> Route:
        """Where the draft goes if it is sent now."""
        return (await self.routing()).route(await self.wish(draft))

    async def addressee(self, draft: Draft) -> Organisation | None:
        """Whom a complaint is addressed to where nobody is connected, if the registry knows him."""
        routing, wish = await self.routing(), await self.wish(draft)
        renders = routing.renders(wish)
        body = renders if isinstance(renders, Organisation) else None
        return routing.assessor(body, wish.place) if wish.to_agency else body

    async def wish(self, draft: Draft) -> Wish:
        card = await ShelfStore(self.session, CARDS).get(draft.service) if draft.service else None
        return Wish(
            card=card,
            concern=draft.concern,
            named=draft.named,
            place=Place(region=draft.region, district=draft.district),
            to_agency=draft.to_agency,
        )
