"""Load the registry shipped with the program into a database that nobody has edited since."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from database.engine import UnitOfWork
from registry_data.actions import replace_registry
from registry_data.contents import Registry
from registry_data.load import DATA
from registry_data.schema import ServiceCard
from registry_data.store import CARDS, RegistryRepository, RegistryVersionStore

BY = "qyzmet"  # the author in the cards' history
_FILES = ("*.yaml", "services/*.yaml", "guides/*.yaml")


class ShippedOutcome(StrEnum):
    SAME = "same"  # already loaded
    LOADED = "loaded"
    EDITED = "edited"  # another registry was imported since: keep it, and say so once
    OLDER = "older"  # a stale process starting late must not undo a newer load


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateShippedRegistry:
    """Load the shipped registry if the database has none, or an earlier shipped one."""

    unit_of_work: Callable[[], UnitOfWork]

    async def is_known(self, fingerprint: str) -> bool:
        """Whether it was already loaded or skipped; takes no lock."""
        async with self.unit_of_work() as uow:
            return (await RegistryVersionStore(uow.session).shipped()).fingerprint == fingerprint

    async def adopt(self, fingerprint: str) -> None:
        """Resume automatic updates after the shipped registry was imported over an edited one."""
        async with self.unit_of_work() as uow:
            versions = RegistryVersionStore(uow.session)
            await versions.lock()
            await versions.note_shipped(fingerprint, await versions.number())
            await uow.commit()

    async def __call__(self, registry: Registry, fingerprint: str, *, at: datetime) -> ShippedOutcome:
        """`fingerprint` is that of the registry's files, `at` the aware instant of the change."""
        async with self.unit_of_work() as uow:
            versions = RegistryVersionStore(uow.session)
            await versions.lock()
            present, number = await versions.shipped(), await versions.number()
            if present.fingerprint == fingerprint:
                return ShippedOutcome.SAME
            outcome = ShippedOutcome.LOADED
            if number != present.number:
                outcome = ShippedOutcome.EDITED
            elif newest(registry.cards) < newest(await RegistryRepository(uow.session, CARDS).all()):
                return ShippedOutcome.OLDER
            if outcome is ShippedOutcome.LOADED and await replace_registry(
                uow.session, registry, by=BY, at=at
            ):
                number += 1
            await versions.note_shipped(
                fingerprint, number if outcome is ShippedOutcome.LOADED else present.number
            )
            await uow.commit()
        return outcome


def fingerprint_of(data: Path = DATA) -> str:
    """Fingerprint of the registry's files, cheap enough to compute in every command."""
    found = hashlib.sha256()
    for path in sorted(path for pattern in _FILES for path in data.glob(pattern)):
        found.update(path.relative_to(data).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def newest(cards: tuple[ServiceCard, ...]) -> date:
    """The last date a card was checked against its sources."""
    return max((card.checked for card in cards), default=date.min)
