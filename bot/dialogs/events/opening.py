"""Opening the control events of the organisation whose calendar stands open."""

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.calendar.place import organisation_of
from bot.dialogs.events.states import Events


async def on_events(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    data = {"organisation": organisation_of(manager)}
    await manager.start(Events.list, data=data, mode=StartMode.RESET_STACK, show_mode=ShowMode.EDIT)
