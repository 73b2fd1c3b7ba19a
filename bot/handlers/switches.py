"""The command that opens the switches."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message
from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from accounts.officials.guard import Guard
from bot.app.filters import PRIVATE
from bot.dialogs.switches.opening import open_switches


@inject
async def switches(_: Message, dialog_manager: DialogManager, guard: FromDishka[Guard]) -> None:
    await open_switches(dialog_manager, guard)


def make_router() -> Router:
    router = Router(name="switches")
    router.message.register(switches, PRIVATE, Command("switches"))
    return router
