"""Reads of the registry from the database."""

from sqlalchemy.ext.asyncio import AsyncSession

from registry_data.contents import Registry
from registry_data.store import (
    ACTS,
    CARDS,
    GUIDES,
    INDICES,
    ORGANISATIONS,
    REGIONS,
    ShelfStore,
    VersionStore,
)


async def registry_version(session: AsyncSession) -> int:
    """The number that grows with every change; 0 while nothing was ever loaded."""
    return await VersionStore(session).number()


async def read_registry(session: AsyncSession) -> Registry:
    """Everything the registry holds, each kind by key."""
    return Registry(
        cards=await ShelfStore(session, CARDS).all(),
        acts=await ShelfStore(session, ACTS).all(),
        guides=await ShelfStore(session, GUIDES).all(),
        organisations=await ShelfStore(session, ORGANISATIONS).all(),
        regions=await ShelfStore(session, REGIONS).all(),
        indices=await ShelfStore(session, INDICES).all(),
    )
