"""Words that want something from the bot itself: the menu, a person, a complaint.

They work wherever free text is a question. A window that waits for text gets everything except the few words
that leave it, written alone.
"""

from dataclasses import dataclass
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.api.entities import Context
from dishka import AsyncContainer

from bot.app.filters import PRIVATE, IsFreeText, WindowInputs
from bot.handlers import picking, typed_numbers
from bot.handlers.intent_actions import act
from bot.request_context import RequestContext
from bot.views.answers.intent_text import wanted_of
from bot.views.callbacks import IntentCallback
from knowledge.intents import FoundIntent
from messaging.metrics import INTENTS
from registry_data.intents import Intent


@dataclass(frozen=True, slots=True)
class LeavesWindow(Filter):
    """The open window waits for text, and the message is a word that leaves it."""

    inputs: WindowInputs

    async def __call__(
        self, message: Message, context: RequestContext, aiogd_context: Context | None = None
    ) -> bool | dict[str, Any]:
        if aiogd_context is None or not self.inputs.take(aiogd_context.state.state, message):
            return False
        intent = context.catalogue.intents.in_window(message.text or "")
        return {"wanted": FoundIntent(intent=intent)} if intent is not None else False


async def wants(message: Message, context: RequestContext) -> bool | dict[str, Any]:
    """Filter: the message wants something from the bot itself."""
    found = wanted_of(context.catalogue, message.text or "")
    return {"wanted": found} if found is not None else False


async def do_wanted(
    message: Message,
    wanted: FoundIntent,
    context: RequestContext,
    dialog_manager: DialogManager,
    dishka_container: AsyncContainer,
) -> None:
    INTENTS.labels(wanted.intent.value).inc()
    await act(wanted, message, dialog_manager, dishka_container)
    if wanted.intent is Intent.EMERGENCY and wanted.tells_more and _is_sure(message.text or "", context):
        raise SkipHandler  # the numbers first, then the answer to what was asked with them


def _is_sure(text: str, context: RequestContext) -> bool:
    reply = context.catalogue.knowledge.ask(text)
    return bool(reply.found) and reply.confident


async def pressed(
    callback: CallbackQuery,
    callback_data: IntentCallback,
    dialog_manager: DialogManager,
    dishka_container: AsyncContainer,
) -> None:
    INTENTS.labels(callback_data.intent.value).inc()
    if isinstance(callback.message, Message):
        await act(
            FoundIntent(intent=callback_data.intent), callback.message, dialog_manager, dishka_container
        )
    await callback.answer()


def make_router(inputs: WindowInputs) -> Router:
    router = Router(name="intents")
    router.message.filter(PRIVATE)
    router.message.register(do_wanted, LeavesWindow(inputs))
    is_free_text = IsFreeText(inputs)
    router.message.register(picking.show_picked, is_free_text, picking.picks)
    router.message.register(typed_numbers.open_typed, is_free_text, typed_numbers.is_number)
    router.message.register(do_wanted, is_free_text, wants)
    router.callback_query.register(pressed, IntentCallback.filter())
    return router
