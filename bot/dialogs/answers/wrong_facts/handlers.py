"""Store a report of a wrong fact on a card."""

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.handlers.signed_journal import SignedJournal
from bot.request_context import context_of
from bot.views.answers.intent import ways_on
from knowledge.journal.entries import Verdict
from registry_data.intents import Intent


@inject
async def on_reported(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    journal: FromDishka[SignedJournal],
) -> None:
    context = context_of(manager)
    assert isinstance(manager.start_data, dict)
    slug = manager.start_data["slug"]
    await journal.verdict(context.person.telegram_id, slug, Verdict.WRONG, message.text or "")
    buttons = ways_on(context, (Intent.PERSON, Intent.MENU), situations=True)
    await message.answer(context.html("answer.wrong_saved"), reply_markup=buttons)
    await manager.done(show_mode=ShowMode.NO_UPDATE)


async def on_cancel(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    context = context_of(manager)
    if isinstance(callback.message, Message):
        await callback.message.edit_text(context.html("menu.cancelled"))
    await manager.done(show_mode=ShowMode.NO_UPDATE)
