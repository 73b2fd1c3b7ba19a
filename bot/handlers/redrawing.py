"""A file of a window has come: the window that said "loading" shows it."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode

from bot.app.filters import Matches
from bot.dialogs.album import SPOKEN
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.complaints.submission.states import Complain
from bot.request_context import context_of
from complaints.attachments.receiver import REDRAW
from kernel.language import Language

_COUNTING = {Complain.text, Complain.summary, Cases.reply, Cases.confirm}


async def redraw(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Another window stays as it is. Telegram does not say here which language it proposes."""
    if dialog_manager.has_context() and dialog_manager.current_context().state in _COUNTING:
        speak_as_before(dialog_manager)
        await dialog_manager.show(ShowMode.EDIT)
    if callback.id:  # somebody forged the button
        await callback.answer()


def speak_as_before(manager: DialogManager) -> None:
    """In the language in which the file was sent, unless the person has chosen one."""
    context, spoken = context_of(manager), manager.dialog_data.get(SPOKEN)
    if context.person.language is None and spoken is not None:
        manager.middleware_data["context"] = replace(context, language=Language(spoken))


def make_router() -> Router:
    router = Router(name="redrawing")
    router.callback_query.register(redraw, Matches(F.data == REDRAW))
    return router
