"""Redraws that the bot starts by itself get a unit of work like an update's."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from bot.inbox.unit import current_unit, update_unit
from database.engine import Database
from deadlines.clock import Clock


class UnitOfWorkMiddleware(BaseMiddleware):
    """Outer middleware of `dispatcher.update`: opens a unit where none is open, commits it, then sends.

    Register it before whatever asks for the unit (dishka's container).
    """

    def __init__(self, database: Database, clock: Clock, deliver: Callable[[int], Awaitable[None]]) -> None:
        self._database = database
        self._clock = clock
        self._deliver = deliver

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if current_unit() is not None:
            return await handler(event, data)
        chat_id = data["event_chat"].id
        async with update_unit(self._database, self._clock, chat_id) as unit:
            data["unit_of_work"] = unit.part
            result = await handler(event, data)
            await unit.commit()
        await self._deliver(chat_id)
        return result
