"""Builds the request context for handlers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, User
from dishka import AsyncContainer
from dishka.integrations.aiogram import CONTAINER_NAME

from accounts.person import Person, proposed_language
from accounts.store import PersonStore
from accounts.switches.live import LiveSwitches
from bot.request_context import RequestContext
from database.unit_of_work import UnitOfWork
from kernel.clock import Clock
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations


@dataclass(frozen=True, slots=True)
class RequestContextMiddleware(BaseMiddleware):
    texts: Translations
    catalogue: LiveCatalogue
    clock: Clock
    switches: LiveSwitches

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        container: AsyncContainer = data[CONTAINER_NAME]
        unit = await container.get(UnitOfWork)
        user: User | None = data.get("event_from_user")
        person = await PersonStore(unit.session).find(user.id) if user else Person(telegram_id=0)
        data["context"] = RequestContext(
            person=person,
            language=person.reads(proposed_language(user.language_code if user else None)),
            texts=self.texts,
            catalogue=await self.catalogue.current(unit.session),
            now=self.clock.now(),
            off=await self.switches.off(unit.session),
        )
        return await handler(event, data)
