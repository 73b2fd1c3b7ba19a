"""Handlers of the menu."""

from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.actions import ChooseLanguage
from bot.dialogs.complaints.mine.handlers import open_my_complaints
from bot.dialogs.complaints.submission.opening import open_complaint
from bot.dialogs.menu.states import Menu
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.output import keep_window
from bot.handlers.questions import remember_card
from bot.request_context import context_of, in_language, replace_context
from bot.views.answers.card import CardView
from bot.views.answers.card_place import CardPlace
from bot.views.screen import send
from complaints.queries.mine import MyComplaints
from kernel.language import Language
from registry_data.schema import LifeSituation


async def on_situation(_: CallbackQuery, __: Select[str], manager: DialogManager, situation: str) -> None:
    if situation not in set(LifeSituation):
        raise WindowOutdatedError
    manager.dialog_data["situation"] = situation
    await manager.switch_to(Menu.services)


async def on_service(callback: CallbackQuery, __: Select[str], manager: DialogManager, slug: str) -> None:
    """Send the card as a separate message so that the list stays available."""
    context = context_of(manager)
    context.check_answers()
    facts = context.catalogue.facts(slug, context.now)
    if facts is None or not isinstance(callback.message, Message):
        raise WindowOutdatedError
    state: FSMContext = manager.middleware_data["state"]
    await remember_card(state, slug, context.now)
    await send(callback.message, CardView(texts=context.texts).screen(facts, context.language, CardPlace()))
    keep_window(manager)


@inject
async def on_complain(
    _: CallbackQuery, __: Button, manager: DialogManager, my_complaints: FromDishka[MyComplaints]
) -> None:
    await open_complaint(manager, my_complaints, show_mode=ShowMode.AUTO)


async def on_complaints(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_my_complaints(manager, show_mode=ShowMode.AUTO)


@inject
async def on_language(
    callback: CallbackQuery,
    __: Select[Any],
    manager: DialogManager,
    code: str,
    choose: FromDishka[ChooseLanguage],
) -> None:
    if code not in set(Language):
        raise WindowOutdatedError
    await choose(callback.from_user.id, Language(code))
    context = context_of(manager)
    replace_context(manager, in_language(context, Language(code)))
    await manager.switch_to(Menu.main)
