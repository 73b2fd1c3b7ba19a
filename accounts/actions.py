"""What people may do with their own accounts."""

from dataclasses import dataclass

from accounts.person import PersonStore
from database.engine import UnitOfWork, atomic
from kernel.clock import Clock
from kernel.language import Language


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    unit: UnitOfWork
    people: PersonStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int, language: Language) -> None:
        await self.people.keep_language(telegram_id, language, self.clock.now())


@dataclass(frozen=True, slots=True)
class NoteSwitchOffer:
    """Record that another language was offered; the offer is made once."""

    unit: UnitOfWork
    people: PersonStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int) -> None:
        await self.people.keep_switch_offer(telegram_id, self.clock.now())
