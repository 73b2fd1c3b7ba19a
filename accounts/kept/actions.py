"""What a person may do with what is kept of him."""

from dataclasses import dataclass

from accounts.errors import GoneError
from accounts.kept.fields import READERS, Field
from accounts.kept.store import KeptStore
from accounts.store import PersonStore
from database.atomic import atomic
from database.unit_of_work import UnitOfWork
from deadlines.clock import Clock
from deadlines.errors import DomainError
from registry_data.store import REGIONS, ShelfStore

CONSENT_VERSION = "2026-11-21"  # raise it with every change of the text `me.consent`


class ConsentMissingError(DomainError):
    """Nothing is stored before the person has agreed to the present version of the consent."""

    code = "consent_missing"


@dataclass(frozen=True, slots=True)
class GiveConsent:
    unit: UnitOfWork
    kept: KeptStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int) -> None:
        """The person has read the present version of the consent and agrees."""
        await self.kept.keep_consent(telegram_id, CONSENT_VERSION, self.clock.now())


@dataclass(frozen=True, slots=True)
class KeepValue:
    unit: UnitOfWork
    kept: KeptStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int, field: Field, text: str) -> None:
        """Keep what the person wrote. Raises ConsentMissingError, or what the field's reader raises."""
        await check_consent(self.kept, telegram_id)
        value = READERS[field](text)
        if field is Field.REGION and await ShelfStore(self.unit.session, REGIONS).get(value) is None:
            raise GoneError
        await self.kept.keep(telegram_id, field, value, self.clock.now())


@dataclass(frozen=True, slots=True)
class ForgetValue:
    unit: UnitOfWork
    kept: KeptStore

    @atomic
    async def __call__(self, telegram_id: int, field: Field) -> None:
        await self.kept.forget(telegram_id, field)


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """Forget every value, the consents and what the person chose; his roles are his organisation's record."""

    unit: UnitOfWork
    kept: KeptStore
    people: PersonStore

    @atomic
    async def __call__(self, telegram_id: int) -> None:
        await self.kept.forget(telegram_id)
        await self.kept.forget_consents(telegram_id)
        await self.people.forget(telegram_id)


async def check_consent(kept: KeptStore, telegram_id: int) -> None:
    """Raises ConsentMissingError unless the person has agreed to the present version."""
    consent = await kept.consent_of(telegram_id)
    if consent is None or consent.version != CONSENT_VERSION:
        raise ConsentMissingError
