"""The command that enters a complaint received outside the bot."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.app.filters import PRIVATE
from bot.dialogs.complaints.entry.handlers import open_register


async def register(_: Message, dialog_manager: DialogManager) -> None:
    await open_register(dialog_manager, None)


def make_router() -> Router:
    router = Router(name="complaint_entry")
    router.message.register(register, Command("register"), PRIVATE)
    return router
