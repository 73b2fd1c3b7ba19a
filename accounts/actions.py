"""What a person may do with his own account."""

from dataclasses import dataclass

from accounts.store import PersonStore
from database.atomic import atomic
from database.unit_of_work import UnitOfWork
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
    """Another language was offered: it is offered once, never again."""

    unit: UnitOfWork
    people: PersonStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int) -> None:
        await self.people.keep_switch_offer(telegram_id, self.clock.now())
