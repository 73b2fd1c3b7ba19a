"""The open window of somebody who edits a message: aiogram-dialog looks for it only when one is sent."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.storage.base import BaseEventIsolation
from aiogram.fsm.storage.memory import DisabledEventIsolation
from aiogram.types import Message, TelegramObject
from aiogram_dialog import Dialog
from aiogram_dialog.api.exceptions import DialogsError
from aiogram_dialog.api.internal import CONTEXT_KEY
from aiogram_dialog.context.storage import StorageProxy


class EditedContextMiddleware(BaseMiddleware):
    """Outer middleware of `dispatcher.edited_message`. Reads only: an edit never moves a window."""

    def __init__(self, dialogs: Iterable[Dialog]) -> None:
        self._groups = {dialog.states_group_name(): dialog.states_group() for dialog in dialogs}
        self._isolation: BaseEventIsolation = DisabledEventIsolation()  # the worker serves a chat in order

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if isinstance(event, Message) and event.from_user is not None:
            data[CONTEXT_KEY] = await self._context(event, data)
        return await handler(event, data)

    async def _context(self, message: Message, data: dict[str, Any]) -> Any:
        proxy = StorageProxy(
            storage=data["fsm_storage"],
            events_isolation=self._isolation,
            user_id=message.from_user.id if message.from_user else None,
            chat_id=message.chat.id,
            thread_id=None,
            business_connection_id=None,
            bot=data["bot"],
            state_groups=self._groups,
        )
        try:
            stack = await proxy.load_stack()
            intents: list[str] = stack.intents
            return await proxy.load_context(intents[-1]) if intents else None
        except DialogsError:
            return None
        finally:
            await proxy.unlock()  # type: ignore[no-untyped-call]
