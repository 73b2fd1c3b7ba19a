"""Plain words are answered before the dialogs are asked: most messages are questions that no window wants.

What a window does want, and whatever is no plain words, goes the ordinary way through the routers.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import BaseStorage, StorageKey
from aiogram.types import Message, TelegramObject, Update
from aiogram_dialog.api.entities import DEFAULT_STACK_ID
from dishka.integrations.aiogram import CONTAINER_NAME

from bot.dialogs.text_input import WindowInputs
from bot.handlers import courtesy
from bot.handlers.questions import question
from bot.request_context import stored_context
from registry_data.courtesy import courtesy_of, load_courtesy

_UNREADABLE = "?"  # no state of ours has this name


@dataclass(frozen=True, slots=True)
class PlainWordsMiddleware(BaseMiddleware):
    """Outer middleware of `dispatcher.update`, behind all others there."""

    inputs: WindowInputs

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        message = event.message if isinstance(event, Update) else None
        if message is None or not _is_plain_words(message):
            return await handler(event, data)
        state: FSMContext = data["state"]
        window = await _open_window(state.storage, data["bot"], message.chat.id)
        if window == _UNREADABLE or self.inputs.take(window, message):
            return await handler(event, data)
        found = courtesy_of(message.text or "", load_courtesy())
        if found:
            return await courtesy.answer(message, stored_context(data), found)
        return await question(message, stored_context(data), state, data[CONTAINER_NAME])


def _is_plain_words(message: Message) -> bool:
    """Words in a private chat: a question or a courtesy, unless a window wants them."""
    text = message.text
    if text is None or text.startswith("/") or message.via_bot is not None:
        return False
    return message.chat.type == ChatType.PRIVATE and not message.is_topic_message


async def _open_window(storage: BaseStorage, bot: Bot, chat_id: int) -> str | None:
    """The state of the open window; None where none is open, _UNREADABLE where the dialogs must decide.

    aiogram-dialog stores a stack of windows per chat, and each window's state beside it.
    """
    stack = await storage.get_data(_key(bot, chat_id, f"stack:{DEFAULT_STACK_ID}"))
    if not stack.get("intents"):
        return None
    window = await storage.get_data(_key(bot, chat_id, f"context:{stack['intents'][-1]}"))
    state: str = window.get("state", _UNREADABLE)
    return state


def _key(bot: Bot, chat_id: int, kept: str) -> StorageKey:
    return StorageKey(bot_id=bot.id, chat_id=chat_id, user_id=chat_id, destiny=f"aiogd:{kept}")
