"""What people may do with their stored profile."""

from dataclasses import dataclass

from accounts.checklists import ChecklistStore
from accounts.errors import GoneError
from accounts.person import PersonStore
from accounts.profile.fields import READERS, Field
from accounts.profile.store import ProfileStore
from database.engine import UnitOfWork, atomic
from kernel.clock import Clock
from kernel.errors import DomainError
from messaging.inbox.failed import forget_person as forget_failed_updates
from registry_data.store import REGIONS, RegistryRepository

CONSENT_VERSION = "2026-11-21"  # increase with every change of the text `me.consent`


class ConsentMissingError(DomainError):
    """Nothing is stored before the person agrees to the current version of the consent."""

    code = "consent_missing"


@dataclass(frozen=True, slots=True)
class GiveConsent:
    unit: UnitOfWork
    profiles: ProfileStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int) -> None:
        """Record that the person agrees to the current version of the consent."""
        await self.profiles.keep_consent(telegram_id, CONSENT_VERSION, self.clock.now())


@dataclass(frozen=True, slots=True)
class StoreValue:
    unit: UnitOfWork
    profiles: ProfileStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int, field: Field, text: str) -> None:
        """Store what the person typed. Raises ConsentMissingError, or what the field's reader raises."""
        await check_consent(self.profiles, telegram_id)
        value = READERS[field](text)
        if field is Field.REGION and await RegistryRepository(self.unit.session, REGIONS).get(value) is None:
            raise GoneError
        await self.profiles.keep(telegram_id, field, value, self.clock.now())


@dataclass(frozen=True, slots=True)
class ForgetValue:
    unit: UnitOfWork
    profiles: ProfileStore

    @atomic
    async def __call__(self, telegram_id: int, field: Field) -> None:
        await self.profiles.forget(telegram_id, field)


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """Delete all values, consents, choices and checklists; roles stay, as records of the organisation."""

    unit: UnitOfWork
    profiles: ProfileStore
    people: PersonStore
    checklists: ChecklistStore

    @atomic
    async def __call__(self, telegram_id: int) -> None:
        await self.checklists.forget(telegram_id)
        await self.profiles.forget(telegram_id)
        await self.profiles.forget_consents(telegram_id)
        await self.people.forget(telegram_id)
        await forget_failed_updates(self.unit.session, telegram_id)


async def check_consent(profiles: ProfileStore, telegram_id: int) -> None:
    """Raises ConsentMissingError unless the person has agreed to the current version."""
    consent = await profiles.consent_of(telegram_id)
    if consent is None or consent.version != CONSENT_VERSION:
        raise ConsentMissingError
