"""Permission check: the person's current roles in the database against the table of permissions."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.store import MembershipStore
from accounts.permissions import Action, OrganisationPath, allowed
from accounts.roles import Role
from registry_data.store import OrganisationRepository


@dataclass(frozen=True, slots=True)
class Guard:
    members: MembershipStore
    organisations: OrganisationRepository

    async def may(self, telegram_id: int, action: Action, organisation: str | None = None) -> bool:
        place = None if organisation is None else await self._place(organisation)
        held = [one.held for one in await self.members.of_person(telegram_id)]
        return allowed(action, held, place)

    async def check(self, telegram_id: int, action: Action, organisation: str | None = None) -> None:
        """Raises NotAllowedError, or GoneError for an unknown organisation."""
        if not await self.may(telegram_id, action, organisation):
            raise NotAllowedError

    async def _place(self, code: str) -> OrganisationPath:
        if await self.organisations.get(code) is None:
            raise GoneError
        return OrganisationPath(code=code, above=await self.organisations.above(code))


async def organisations_told(session: AsyncSession, person: int) -> Collection[str]:
    """Those of whose work the person may be told: their own, and a coordinator's below them."""
    found: set[str] = set()
    for held in await MembershipStore(session).of_person(person):
        found.add(held.organisation)
        if held.role is Role.COORDINATOR:
            found |= await OrganisationRepository(session).below(held.organisation)
    return found
