"""The imports of the registry, with what stood before them, so that each can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from registry_data.contents import Changes
from registry_data.store import KINDS, RegistryRepository, RegistryVersionStore
from registry_data.tables import RegistryImportRow

MOST_KEPT = 20

Bodies = Mapping[str, Mapping[str, Any]]  # by kind and key; None where there was no record
Digests = Mapping[str, Mapping[str, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptImport:
    """An import: `before` and `after` by kind and key. `was_shipped`: nobody had edited the registry yet."""

    number: int = 0
    by: str = ""
    before: Bodies
    after: Digests
    was_shipped: bool


class ImportStore:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def before(self, changes: Mapping[str, Changes]) -> KeptImport:
        """What stands before `changes` are made."""
        bodies = {}
        for name, kind in KINDS:
            keys = tuple(changes[name])
            stored = await RegistryRepository(self._session, kind).bodies(keys)
            bodies[name] = {key: stored.get(key) for key in keys}
        versions = RegistryVersionStore(self._session)
        shipped = await versions.shipped()
        is_shipped = bool(shipped.fingerprint) and shipped.number == await versions.number()
        return KeptImport(before=bodies, after={}, was_shipped=is_shipped)

    async def keep(self, kept: KeptImport, *, by: str, at: datetime) -> None:
        """Once the changes are made; the oldest imports are forgotten."""
        row = {
            "imported_by": by,
            "imported_at": at,
            "before": kept.before,
            "after": await self.standing(kept.before),
            "was_shipped": kept.was_shipped,
        }
        await self._session.execute(insert(RegistryImportRow), [row])
        kept_ids = select(RegistryImportRow.id).order_by(RegistryImportRow.id.desc()).limit(MOST_KEPT)
        oldest = min(await self._session.scalars(kept_ids))
        await self._session.execute(delete(RegistryImportRow).where(RegistryImportRow.id < oldest))

    async def standing(self, before: Bodies) -> Digests:
        """The digests that stand now under the keys of `before`."""
        found = {}
        for name, kind in KINDS:
            digests = await RegistryRepository(self._session, kind).digests(tuple(before[name]))
            found[name] = {key: digests.get(key) for key in before[name]}
        return found

    async def last(self) -> KeptImport | None:
        """The last import that was not undone."""
        query = select(RegistryImportRow).where(RegistryImportRow.undone_at.is_(None))
        row = await self._session.scalar(query.order_by(RegistryImportRow.id.desc()).limit(1))
        if row is None:
            return None
        return KeptImport(
            number=row.id,
            by=row.imported_by,
            before=row.before,
            after=row.after,
            was_shipped=row.was_shipped,
        )

    async def note_undone(self, number: int, at: datetime) -> None:
        noted = update(RegistryImportRow).where(RegistryImportRow.id == number)
        await self._session.execute(noted.values(undone_at=at))
