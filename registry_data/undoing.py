"""Undo the last import: put back what stood before it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from database.engine import UnitOfWork
from registry_data.actions import replace_registry
from registry_data.contents import Registry
from registry_data.imports import ImportStore, KeptImport
from registry_data.queries import read_registry
from registry_data.schema import Model
from registry_data.store import KINDS, RecordKind, RegistryVersionStore


class NothingToUndoError(Exception):
    """There is no import that could be undone."""


class ChangedSinceError(Exception):
    """Records of the import were changed again since, by something that is no import."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(f"changed again since that import: {', '.join(keys)}")
        self.keys = keys


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoImport:
    """Undo the last import that was not undone; called again, it undoes the one before."""

    unit_of_work: Callable[[], UnitOfWork]

    async def __call__(self, *, by: str, at: datetime) -> KeptImport:
        """Raises NothingToUndoError and ChangedSinceError."""
        async with self.unit_of_work() as uow:
            versions, imports = RegistryVersionStore(uow.session), ImportStore(uow.session)
            await versions.lock()
            last = await imports.last()
            if last is None:
                raise NothingToUndoError("there is no import to undo")
            if changed := _differing(last, await imports.standing(last.before)):
                raise ChangedSinceError(changed)
            registry = _as_before(await read_registry(uow.session), last)
            await replace_registry(uow.session, registry, by=by, at=at)
            await imports.note_undone(last.number, at)
            if last.was_shipped:  # the next start of the program loads its registry, if that is newer
                await versions.note_shipped("", await versions.number())
            await uow.commit()
        return last


def _differing(last: KeptImport, standing: Any) -> tuple[str, ...]:
    return tuple(
        f"{name}: {key}"
        for name, left in last.after.items()
        for key, digest in left.items()
        if standing[name][key] != digest
    )


def _as_before(present: Registry, last: KeptImport) -> Registry:
    restored: dict[str, Any] = {
        name: _records(getattr(present, name), kind, last.before.get(name, {})) for name, kind in KINDS
    }
    return Registry(**restored)


def _records(present: tuple[Model, ...], kind: RecordKind[Any], before: Any) -> tuple[Model, ...]:
    standing = {kind.key_of(record): record for record in present if kind.key_of(record) not in before}
    restored = {key: kind.model.model_validate(body) for key, body in before.items() if body is not None}
    return tuple((standing | restored).values())
