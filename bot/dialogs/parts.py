"""Widgets shared by many windows."""

from collections.abc import Callable
from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, StartMode
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, CurrentPage, NextPage, PrevPage, Row, Start, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from bot.dialogs.menu.states import Menu
from bot.dialogs.opening import go_down
from bot.dialogs.output import say
from bot.dialogs.widgets import Label

MENU = Start(Label("menu.menu_button"), id="menu", state=Menu.main, mode=StartMode.RESET_STACK)


def back_to(state: State, name: str = "back", when: WhenCondition = None) -> SwitchTo:
    return SwitchTo(Label("menu.back_button"), id=name, state=state, when=when)


def back_down(otherwise: State, name: str, when: WhenCondition = None) -> Button:
    """To the window that this dialog was opened over; where there is none, to `otherwise`."""

    async def on_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await go_down(manager, otherwise)

    return Button(Label("menu.back_button"), id=name, on_click=on_back, when=when)


def pager(scroll: str, when: WhenCondition = None) -> Row:
    """The pages of a ScrollingGroup whose own pager is hidden."""
    return Row(
        PrevPage(scroll=scroll, text=Const("◂")),
        CurrentPage(scroll=scroll, text=Format("{current_page1} / {pages}")),
        NextPage(scroll=scroll, text=Const("▸")),
        when=when,
    )


def text_input(on_text: Callable[..., Any]) -> MessageInput:
    return MessageInput(on_text, content_types=[ContentType.TEXT])


def today_or_yesterday(on_day: Callable[..., Any]) -> Row:
    """The two days chosen most often; the button's id says which."""
    return Row(
        Button(Label("complaint.today"), id="today", on_click=on_day),
        Button(Label("complaint.yesterday"), id="yesterday", on_click=on_day),
    )


async def on_no_text(message: Any, _: MessageInput, manager: DialogManager) -> None:
    await say(message, manager, "complaint.only_words")


ONLY_TEXT = MessageInput(on_no_text)  # after a window's text input: anything else gets a hint
