"""A window's question for a day: a press or a day in words, and one function that stores either."""

from collections.abc import Awaitable, Callable
from datetime import date

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Row

from bot.dialogs.parts import ONLY_TEXT, text_input, today_or_yesterday
from bot.dialogs.typed import day_from, pressed_day, typed_past_day

# Gets the event, its widget, the manager (where dishka's `inject` looks for it) and the day.
StoreDay = Callable[..., Awaitable[None]]


def past_day_input(store: StoreDay) -> tuple[Row, MessageInput, MessageInput]:
    """Today, yesterday, or a day in words, today at the latest."""
    return today_or_yesterday(pressing(store)), typed_day_input(store, typed_past_day), ONLY_TEXT


def pressing(store: StoreDay) -> StoreDay:
    """The handler of a button whose id says which day it is."""

    async def on_pressed(callback: CallbackQuery, button: Button, manager: DialogManager) -> None:
        await store(callback, button, manager, pressed_day(button, manager))

    return on_pressed


def typed_day_input(
    store: StoreDay,
    read: Callable[[Message, DialogManager], Awaitable[date | None]] = day_from,
) -> MessageInput:
    """A day in words; what `read` finds no day in has been answered, and nothing is stored."""

    async def on_typed(message: Message, widget: MessageInput, manager: DialogManager) -> None:
        day = await read(message, manager)
        if day is not None:
            await store(message, widget, manager, day)

    return text_input(on_typed)
