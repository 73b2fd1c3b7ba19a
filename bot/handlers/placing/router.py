"""Messages that belong to a complaint, before anything answers them as questions to the registry."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from dishka import AsyncContainer

from accounts.cipher import Cipher
from bot.app.filters import PRIVATE, WindowInputs
from bot.dialogs.complaints.kept import KeptMessages
from bot.dialogs.outdated import WindowOutdatedError
from bot.handlers.intent_actions import act
from bot.handlers.placing.asking import place
from bot.handlers.placing.choosing import ACTIONS, PlaceChoice
from bot.handlers.placing.matters import BelongsToComplaint, Placement
from bot.request_context import context_of
from bot.views.callbacks import PlaceCallback


async def belongs(
    message: Message, placement: Placement, dialog_manager: DialogManager, dishka_container: AsyncContainer
) -> None:
    """Who writes of danger gets the numbers first."""
    if placement.emergency is not None:
        await act(placement.emergency, message, dialog_manager, dishka_container)
    await place(message, placement, context_of(dialog_manager), dishka_container)


async def chosen(
    callback: CallbackQuery,
    callback_data: PlaceCallback,
    state: FSMContext,
    dialog_manager: DialogManager,
    dishka_container: AsyncContainer,
) -> None:
    """What a rule refuses stays kept. Raises WindowOutdatedError where nothing is kept any more."""
    cipher, now = await dishka_container.get(Cipher), context_of(dialog_manager).now
    messages = KeptMessages(state=state, cipher=cipher, now=now)
    kept = await messages.all()
    if not kept:
        raise WindowOutdatedError
    choice = PlaceChoice(
        complaint=callback_data.complaint,
        kept=kept,
        callback=callback,
        manager=dialog_manager,
        container=dishka_container,
        messages=messages,
    )
    await ACTIONS[callback_data.action](choice)
    await messages.drop()
    await callback.answer()


def make_router(inputs: WindowInputs) -> Router:
    router = Router(name="placing")
    router.message.filter(PRIVATE)
    router.message.register(belongs, BelongsToComplaint(inputs))
    router.callback_query.register(chosen, PlaceCallback.filter())
    return router
