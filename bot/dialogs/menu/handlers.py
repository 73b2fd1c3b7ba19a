"""Handlers of the menu."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.actions import ChooseLanguage
from bot.dialogs.complaints.mine.handlers import open_my_complaints
from bot.dialogs.complaints.submission.opening import open_complaint
from bot.dialogs.menu.states import Menu
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import context_of, in_language, replace_context
from complaints.queries.mine import MyComplaints
from kernel.language import Language


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
