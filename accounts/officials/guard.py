"""Permission check: the person's current roles in the database against the table of permissions."""

from dataclasses import dataclass

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.store import MembershipStore
from accounts.permissions import Action, OrganisationPath, allowed
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
