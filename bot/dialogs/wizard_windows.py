"""Windows and buttons shared by all wizards."""

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button, Group, Row, SwitchTo

from bot.dialogs.going_back import BackButton
from bot.dialogs.parts import back_to
from bot.dialogs.widgets import Html, Label, Window, choice
from bot.dialogs.wizard import Wizard


def cancel(leave: State) -> SwitchTo:
    return SwitchTo(Label("complaint.cancel"), id="cancel", state=leave)


def exit_buttons(wizard: Wizard[Any, Any], leave: State) -> Row:
    """The back button, if there is a window to return to, and the exit."""

    async def on_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await wizard.back(manager)

    back = BackButton(Label("menu.back_button"), id="back", on_click=on_back, when=wizard.has_path)
    return Row(back, cancel(leave))


def change_window(wizard: Wizard[Any, Any], state: State, summary: State, getter: Any) -> Window:
    """A button per line of the summary; only that line is asked again."""

    async def on_change(_: CallbackQuery, __: Any, manager: DialogManager, name: str) -> None:
        await wizard.change(manager, name)

    return Window(
        Html("complaint.ask_change"),
        Group(choice("line", "lines", on_change), width=2),
        back_to(summary, "summary"),
        state=state,
        getter=getter,
    )
