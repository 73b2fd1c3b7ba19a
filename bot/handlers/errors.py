"""Turn errors into messages, in one place."""

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent
from aiogram_dialog import DialogManager
from aiogram_dialog.api.exceptions import DialogsError

from bot.dialogs.menu.states import Menu
from bot.dialogs.opening import open_window
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import RequestContext
from kernel.errors import DomainError
from localisation.error_messages import error_message


async def outdated(event: ErrorEvent, context: RequestContext, dialog_manager: DialogManager) -> None:
    """A button of an outdated window: show an alert and the menu."""
    callback = event.update.callback_query
    if callback is not None:
        await callback.answer(context.plain("answer.old_button"), show_alert=True)
    if is_private(callback):
        await open_window(dialog_manager, Menu.main)


async def refused(event: ErrorEvent, context: RequestContext) -> None:
    """A rule refused the action: say why and leave the window open."""
    assert isinstance(event.exception, DomainError)
    text = error_message(context.texts, context.language, event.exception)
    if event.update.callback_query is not None:
        await event.update.callback_query.answer(text, show_alert=True)
    elif (message := event.update.message or event.update.edited_message) is not None:
        await message.answer(text, parse_mode=None)


def is_private(callback: CallbackQuery | None) -> bool:
    message = callback.message if callback else None
    return message is None or message.chat.type == ChatType.PRIVATE


def make_router() -> Router:
    router = Router(name="errors")
    router.errors.register(outdated, ExceptionTypeFilter(WindowOutdatedError, DialogsError))
    router.errors.register(refused, ExceptionTypeFilter(DomainError))
    return router
