"""Open the control events of the organisation in the calendar."""

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.chosen import organisation_of
from bot.dialogs.filings.events.states import Events
from bot.dialogs.opening import open_window


async def on_events(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_window(manager, Events.list, show_mode=ShowMode.EDIT, organisation=organisation_of(manager))
