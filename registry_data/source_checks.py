"""Which addresses of sources answered when they were visited last."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from registry_data.tables import SourceCheckRow


class SourceCheckStore:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def unreachable(self) -> frozenset[str]:
        """The addresses that did not answer."""
        query = select(SourceCheckRow.address).where(SourceCheckRow.answered.is_(False))
        return frozenset(await self._session.scalars(query))

    async def replace(self, answered: Mapping[str, bool], at: datetime) -> None:
        """The result of a visit to every source, at `at` (aware)."""
        await self._session.execute(delete(SourceCheckRow))
        rows = [
            {"address": address, "answered": found, "checked_at": at} for address, found in answered.items()
        ]
        if rows:
            await self._session.execute(insert(SourceCheckRow), rows)
