"""Use cases of the registry's editors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import UnitOfWork
from registry_data.contents import Changes, Registry
from registry_data.schema import Model
from registry_data.store import (
    ACTS,
    CARDS,
    GUIDES,
    INDICES,
    ORGANISATIONS,
    REGIONS,
    CardRepository,
    RecordKind,
    RegistryRepository,
    RegistryVersionStore,
)

_REPOSITORIES: tuple[tuple[str, RecordKind[Any]], ...] = (
    ("cards", CARDS),
    ("acts", ACTS),
    ("guides", GUIDES),
    ("organisations", ORGANISATIONS),
    ("regions", REGIONS),
    ("indices", INDICES),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The result of an import or a dry run: changes per kind of record, by its name."""

    dry_run: bool
    changes: dict[str, Changes]

    @property
    def anything(self) -> bool:
        return any(self.changes.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRegistry:
    """Replace the database's registry with the given one, completely or, on any error, not at all.

    Idempotent. Previous versions of cards stay in their history.
    """

    unit_of_work: Callable[[], UnitOfWork]

    async def __call__(
        self, registry: Registry, *, by: str, at: datetime, dry_run: bool = False
    ) -> ImportReport:
        """`by` names the importer in the history; `at` is the aware instant of the change."""
        async with self.unit_of_work() as uow:
            await RegistryVersionStore(uow.session).lock()
            changes = await _changes(uow.session, registry)
            report = ImportReport(dry_run=dry_run, changes=changes)
            if report.anything and not dry_run:
                await _write(uow.session, registry, changes, by=by, at=at)
                await uow.commit()
        return report


async def replace_registry(session: AsyncSession, registry: Registry, *, by: str, at: datetime) -> bool:
    """Apply the registry; True if anything changed. The caller holds the version's lock, and commits."""
    changes = await _changes(session, registry)
    if any(changes.values()):
        await _write(session, registry, changes, by=by, at=at)
    return any(changes.values())


async def _write(
    session: AsyncSession, registry: Registry, changes: dict[str, Changes], *, by: str, at: datetime
) -> None:
    await CardRepository(session).keep_history(changes["cards"], by, at)
    for name, kind in _REPOSITORIES:
        await RegistryRepository(session, kind).apply(_records(registry, name), changes[name], at)
    await RegistryVersionStore(session).raise_by_one()


async def _changes(session: AsyncSession, registry: Registry) -> dict[str, Changes]:
    return {
        name: await RegistryRepository(session, kind).changes(_records(registry, name))
        for name, kind in _REPOSITORIES
    }


def _records(registry: Registry, name: str) -> Sequence[Model]:
    records: Sequence[Model] = getattr(registry, name)
    return records
