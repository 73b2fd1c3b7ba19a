"""Use cases of the registry's editors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import UnitOfWork
from registry_data.contents import Changes, Registry
from registry_data.imports import ImportStore
from registry_data.schema import Model
from registry_data.store import KINDS, CardRepository, RegistryRepository, RegistryVersionStore

MOST_REPLACED = 0.1  # of the cards, by an import that nobody confirmed


class SweepingImportError(Exception):
    """The import would change or remove more of the cards than it may without a confirmation."""

    def __init__(self, report: "ImportReport") -> None:
        super().__init__(f"this import changes or removes {report.replaced} of {report.present} cards")
        self.report = report


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The result of an import or a dry run: changes per kind of record, by its name.

    `present`: how many cards there were before.
    """

    dry_run: bool
    changes: dict[str, Changes]
    present: int

    @property
    def anything(self) -> bool:
        return any(self.changes.values())

    @property
    def replaced(self) -> int:
        """The cards that are not what they were."""
        cards = self.changes["cards"]
        return len(cards.changed) + len(cards.gone)

    @property
    def is_sweeping(self) -> bool:
        return self.replaced > self.present * MOST_REPLACED


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRegistry:
    """Replace the database's registry with the given one, completely or, on any error, not at all.

    Idempotent. Previous versions of cards stay in their history; the import can be undone.
    """

    unit_of_work: Callable[[], UnitOfWork]
    may_sweep: bool = True

    async def __call__(
        self, registry: Registry, *, by: str, at: datetime, dry_run: bool = False
    ) -> ImportReport:
        """`by` names the importer in the history; `at` is the aware instant of the change.

        Raises SweepingImportError unless it may sweep.
        """
        async with self.unit_of_work() as uow:
            await RegistryVersionStore(uow.session).lock()
            changes = await _changes(uow.session, registry)
            present = await RegistryRepository(uow.session, dict(KINDS)["cards"]).count()
            report = ImportReport(dry_run=dry_run, changes=changes, present=present)
            if report.anything and not dry_run:
                if report.is_sweeping and not self.may_sweep:
                    raise SweepingImportError(report)
                await _write_undoably(uow.session, registry, changes, by=by, at=at)
                await uow.commit()
        return report


async def replace_undoably(session: AsyncSession, registry: Registry, *, by: str, at: datetime) -> None:
    """Apply the registry as an import that can be undone. Does not commit."""
    await RegistryVersionStore(session).lock()
    await _write_undoably(session, registry, await _changes(session, registry), by=by, at=at)


async def replace_registry(session: AsyncSession, registry: Registry, *, by: str, at: datetime) -> bool:
    """Apply the registry; True if anything changed. The caller holds the version's lock, and commits."""
    changes = await _changes(session, registry)
    if any(changes.values()):
        await _write(session, registry, changes, by=by, at=at)
    return any(changes.values())


async def _write_undoably(
    session: AsyncSession, registry: Registry, changes: dict[str, Changes], *, by: str, at: datetime
) -> None:
    store = ImportStore(session)
    kept = await store.before(changes)
    await _write(session, registry, changes, by=by, at=at)
    await store.keep(kept, by=by, at=at)


async def _write(
    session: AsyncSession, registry: Registry, changes: dict[str, Changes], *, by: str, at: datetime
) -> None:
    await CardRepository(session).keep_history(changes["cards"], by, at)
    for name, kind in KINDS:
        await RegistryRepository(session, kind).apply(_records(registry, name), changes[name], at)
    await RegistryVersionStore(session).raise_by_one()


async def _changes(session: AsyncSession, registry: Registry) -> dict[str, Changes]:
    return {
        name: await RegistryRepository(session, kind).changes(_records(registry, name))
        for name, kind in KINDS
    }


def _records(registry: Registry, name: str) -> Sequence[Model]:
    records: Sequence[Model] = getattr(registry, name)
    return records
