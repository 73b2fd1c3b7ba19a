"""Accept an invitation: see the role it gives, then enter one's name."""

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.accounts.joining.getters import get_invitation
from bot.dialogs.accounts.joining.handlers import on_accept, on_decline, on_name
from bot.dialogs.accounts.joining.states import Joining
from bot.dialogs.parts import text_input
from bot.dialogs.widgets import Html, Label, Window

DECLINE = Button(Label("officials.decline"), id="decline", on_click=on_decline)

invitation = Window(
    Html("officials.invitation", "organisation", "role", "version"),
    Button(Label("officials.accept"), id="accept", on_click=on_accept),
    DECLINE,
    state=Joining.invitation,
    getter=get_invitation,
)

name = Window(
    Html("officials.ask_name"),
    text_input(on_name),
    DECLINE,
    state=Joining.name,
    getter=get_invitation,
)


def make_joining_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    return Dialog(invitation, name)
