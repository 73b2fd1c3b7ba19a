"""A window opened from a card or a notice leaves the buttons under that message: they stay good for ever.

aiogram-dialog takes the message of any callback for the window before and takes its buttons away.
"""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram_dialog.api.entities import OldMessage
from aiogram_dialog.manager.message_manager import MessageManager
from aiogram_dialog.utils import remove_intent_id

_STANDING: ContextVar[int | None] = ContextVar("standing_message", default=None)


class StandingButtonsMiddleware(BaseMiddleware):
    """Notes the message whose button was pressed, unless it is a window's."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        token = _STANDING.set(_standing(event))
        try:
            return await handler(event, data)
        finally:
            _STANDING.reset(token)


def _standing(event: TelegramObject) -> int | None:
    if not isinstance(event, CallbackQuery) or event.message is None or event.data is None:
        return None
    return event.message.message_id if remove_intent_id(event.data)[0] is None else None


class WindowMessages(MessageManager):
    async def remove_inline_kbd(self, bot: Bot, old_message: OldMessage | None) -> Message | None:
        if old_message is not None and old_message.message_id == _STANDING.get():
            return None
        return await super().remove_inline_kbd(bot, old_message)
