"""Another quarter or cut of a region, its workbook and its pictures."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_one_of, organisation_of
from bot.dialogs.output import BuiltFile, send_file
from bot.dialogs.oversight.region.place import CUT, QUARTER, quarter_of, running_quarter
from bot.request_context import context_of
from bot.views.oversight.region import RegionView
from oversight.region.comparison import Cut
from oversight.region.query import SeeRegion


async def on_earlier(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data[QUARTER] = quarter_of(manager).previous().code


async def on_later(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    later = quarter_of(manager).next()
    if later.first <= running_quarter(manager).first:
        manager.dialog_data[QUARTER] = later.code


async def on_cut(_: CallbackQuery, __: Select[Any], manager: DialogManager, cut: str) -> None:
    manager.dialog_data[CUT] = as_one_of(Cut, cut).value


@inject
async def on_sheet(
    callback: CallbackQuery, _: Button, manager: DialogManager, see: FromDishka[SeeRegion]
) -> None:
    view = await _view(manager, see)
    await send_file(callback, manager, BuiltFile(name=f"{view.quarter.code}.xlsx", content=view.workbook()))


@inject
async def on_pictures(
    callback: CallbackQuery, _: Button, manager: DialogManager, see: FromDishka[SeeRegion]
) -> None:
    view = await _view(manager, see)
    for place, (title, content) in enumerate(view.pictures(), start=1):
        file = BuiltFile(name=f"{view.quarter.code}-{place}.png", content=content)
        await send_file(callback, manager, file, title)


async def _view(manager: DialogManager, see: SeeRegion) -> RegionView:
    context, quarter = context_of(manager), quarter_of(manager)
    lines = await see(context.person.telegram_id, organisation_of(manager), quarter, context.now)
    return RegionView(context, lines, quarter)
