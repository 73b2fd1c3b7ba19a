"""Hides the replied-to message from aiogram-dialog."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject


class ReplyMiddleware(BaseMiddleware):
    """Outer middleware of `dispatcher.message`, before aiogram-dialog's.

    aiogram-dialog takes a reply to one of our messages as input for its window and fails if that window is
    closed. A person who replies with a question still wants an answer.
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if isinstance(event, Message) and event.reply_to_message is not None:
            event = event.model_copy(update={"reply_to_message": None})
        return await handler(event, data)
