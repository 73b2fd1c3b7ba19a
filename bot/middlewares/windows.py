"""Dispatches dialog callbacks directly, bypassing the routers."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import CallbackQuery, TelegramObject
from aiogram_dialog import Dialog
from aiogram_dialog.api.entities import Context
from aiogram_dialog.utils import remove_intent_id


class WindowCallbackMiddleware(BaseMiddleware):
    """Outer middleware of `dispatcher.callback_query`, after aiogram-dialog's, which finds the window."""

    def __init__(self, dialogs: Iterable[Dialog]) -> None:
        self._dialogs = {dialog.states_group(): dialog for dialog in dialogs}

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        dialog = self._dialog_of(event, data.get("aiogd_context"))
        if dialog is None:
            return await handler(event, data)
        result = await dialog.propagate_event("callback_query", event, **data)
        return await handler(event, data) if result is UNHANDLED else result

    def _dialog_of(self, event: TelegramObject, window: Context | None) -> Dialog | None:
        if window is None or not isinstance(event, CallbackQuery):
            return None
        has_intent_id, _ = remove_intent_id(event.data or "")
        return self._dialogs.get(window.state.group) if has_intent_id else None
