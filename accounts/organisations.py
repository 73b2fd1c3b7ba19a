"""Organisations as accounts need them: one by code, and the ones above it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from registry_data.organisations import Organisation
from registry_data.store import ORGANISATIONS, RegistryRepository


@dataclass(frozen=True, slots=True)
class OrganisationQueries:
    session: AsyncSession

    async def get(self, code: str) -> Organisation | None:
        return await RegistryRepository(self.session, ORGANISATIONS).get(code)

    async def all(self) -> tuple[Organisation, ...]:
        return await RegistryRepository(self.session, ORGANISATIONS).all()

    async def above(self, code: str) -> frozenset[str]:
        """The codes of the organisations above `code`, from its parent upwards."""
        found: set[str] = set()
        one = await self.get(code)
        while one is not None and one.parent is not None and one.parent not in found:
            found.add(one.parent)
            one = await self.get(one.parent)
        return frozenset(found)
