"""Reads of the registry from the database."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from registry_data.contents import Registry
from registry_data.source_checks import SourceCheckStore
from registry_data.staleness import StaleCard, stale_cards
from registry_data.store import (
    ACTS,
    CARDS,
    GUIDES,
    INDICES,
    ORGANISATIONS,
    REGIONS,
    RegistryRepository,
    RegistryVersionStore,
)


async def registry_version(session: AsyncSession) -> int:
    """The number that grows with every change; 0 if nothing was ever loaded."""
    return await RegistryVersionStore(session).number()


async def read_registry(session: AsyncSession) -> Registry:
    """The whole registry, each kind sorted by key."""
    return Registry(
        cards=await RegistryRepository(session, CARDS).all(),
        acts=await RegistryRepository(session, ACTS).all(),
        guides=await RegistryRepository(session, GUIDES).all(),
        organisations=await RegistryRepository(session, ORGANISATIONS).all(),
        regions=await RegistryRepository(session, REGIONS).all(),
        indices=await RegistryRepository(session, INDICES).all(),
    )


async def read_stale_cards(session: AsyncSession, today: date) -> tuple[StaleCard, ...]:
    """The cards that can no longer be trusted as they stand, the gravest first."""
    return stale_cards(
        await RegistryRepository(session, CARDS).all(),
        await RegistryRepository(session, ACTS).all(),
        today,
        await SourceCheckStore(session).unreachable(),
    )
