"""The registry that comes with the program: brought into a database that nobody has edited since."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from database.unit_of_work import UnitOfWork
from registry_data.actions import make_hold
from registry_data.contents import Registry
from registry_data.load import DATA
from registry_data.schema import ServiceCard
from registry_data.store import CARDS, RegistryRepository, RegistryVersionStore

BY = "qyzmet"  # who changed the cards, in their history
_FILES = ("*.yaml", "services/*.yaml", "guides/*.yaml")


class ShippedOutcome(StrEnum):
    SAME = "same"  # nothing new came with the program
    LOADED = "loaded"
    EDITED = "edited"  # somebody imported another one since: it stays, and this is said once
    OLDER = "older"  # an old process that starts late must not undo what a new one brought


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateShippedRegistry:
    """Load the program's own registry where the database holds none, or an earlier one of the program's."""

    unit_of_work: Callable[[], UnitOfWork]

    async def is_known(self, fingerprint: str) -> bool:
        """Whether it was brought, or left alone, already; takes no lock from a bot at work."""
        async with self.unit_of_work() as uow:
            return (await RegistryVersionStore(uow.session).shipped()).fingerprint == fingerprint

    async def adopt(self, fingerprint: str) -> None:
        """Somebody imported the program's own over an edited one: from now on it is renewed again."""
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
            if outcome is ShippedOutcome.LOADED and await make_hold(uow.session, registry, by=BY, at=at):
                number += 1
            await versions.note_shipped(
                fingerprint, number if outcome is ShippedOutcome.LOADED else present.number
            )
            await uow.commit()
        return outcome


def fingerprint_of(data: Path = DATA) -> str:
    """Of the registry's files: cheap, so that every command may ask whether there is something new."""
    found = hashlib.sha256()
    for path in sorted(path for pattern in _FILES for path in data.glob(pattern)):
        found.update(path.relative_to(data).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def newest(cards: tuple[ServiceCard, ...]) -> date:
    """When a card was last checked against its sources."""
    return max((card.checked for card in cards), default=date.min)
