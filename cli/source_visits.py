"""Visit the addresses of sources: which of them still answer."""

import asyncio
from collections.abc import Collection

import aiohttp

AT_ONCE = 8
TIMEOUT_S = 30
GONE = frozenset({404, 410})
_AGENT = {"User-Agent": "Mozilla/5.0 (qyzmet: checks whether the sources of its cards still answer)"}


async def visit_all(addresses: Collection[str]) -> dict[str, bool]:
    """Each address with whether a page answers there; a site that refuses robots still stands."""
    gate = asyncio.Semaphore(AT_ONCE)
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
    async with aiohttp.ClientSession(timeout=timeout, headers=_AGENT) as session:
        found = await asyncio.gather(*(_answers(session, gate, address) for address in addresses))
    return dict(zip(addresses, found, strict=True))


async def _answers(session: aiohttp.ClientSession, gate: asyncio.Semaphore, address: str) -> bool:
    async with gate:
        try:
            async with session.get(address) as response:
                return response.status not in GONE and response.status < 500
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return False
