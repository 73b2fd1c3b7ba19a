"""Which facts are wrong? One window that takes the person's words."""

from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.parts import text_input
from bot.dialogs.widgets import Html, Label
from bot.dialogs.wrong_facts.handlers import on_cancel, on_told
from bot.dialogs.wrong_facts.states import WrongFacts

telling = Window(
    Html("answer.wrong_ask"),
    text_input(on_told),
    Button(Label("answer.wrong_cancel"), id="cancel", on_click=on_cancel),
    state=WrongFacts.telling,
)


def make_wrong_facts_dialog() -> Dialog:
    """A dialog of its own for each dispatcher: aiogram attaches a router once."""
    return Dialog(telling)
