"""Report wrong facts of a card: one window with a text input."""

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.answers.wrong_facts.handlers import on_cancel, on_reported
from bot.dialogs.answers.wrong_facts.states import WrongFacts
from bot.dialogs.parts import text_input
from bot.dialogs.widgets import Html, Label, Window

report_window = Window(
    Html("answer.wrong_ask"),
    text_input(on_reported),
    Button(Label("answer.wrong_cancel"), id="cancel", on_click=on_cancel),
    state=WrongFacts.telling,
)


def make_wrong_facts_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    return Dialog(report_window)
