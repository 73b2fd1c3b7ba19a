"""Handlers of the switches. The action checks the right again."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.switches.actions import TurnSwitch
from accounts.switches.store import LiveSwitches
from bot.dialogs.switches.place import as_job, job_of, turns_off
from bot.dialogs.switches.states import Switches
from bot.request_context import context_of
from bot.views.switches.job_names import job_name


async def on_job(_: CallbackQuery, __: Select[Any], manager: DialogManager, job: str) -> None:
    manager.dialog_data["job"] = as_job(job).value
    await manager.switch_to(Switches.job)


async def on_turn(_: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """The pressed button decides on or off, whatever the state of the switch is by now."""
    manager.dialog_data["off"] = button.widget_id == "off"
    await manager.switch_to(Switches.reason)


@inject
async def on_reason(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    turn: FromDishka[TurnSwitch],
    live: FromDishka[LiveSwitches],
) -> None:
    context = context_of(manager)
    off = turns_off(manager)
    turned = await turn(context.person.telegram_id, job_of(manager), message.text or "", off=off)
    live.forget()
    await message.answer(context.html("switches.done", job=job_name(context, turned.job), off=off))
    await manager.switch_to(Switches.job)
