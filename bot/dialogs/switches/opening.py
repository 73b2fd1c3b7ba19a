"""Open the switches, for administrators only."""

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.guard import Guard
from accounts.permissions import Action
from bot.dialogs.opening import open_window
from bot.dialogs.switches.states import Switches
from bot.request_context import context_of


async def open_switches(manager: DialogManager, guard: Guard) -> None:
    """Raises NotAllowedError before a window opens."""
    context = context_of(manager)
    await guard.check(context.person.telegram_id, Action.SWITCH_JOBS)
    await open_window(manager, Switches.main)


@inject
async def on_switches(_: CallbackQuery, __: Button, manager: DialogManager, guard: FromDishka[Guard]) -> None:
    await open_switches(manager, guard)
