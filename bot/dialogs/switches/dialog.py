"""The switches of the three jobs: state, since when and why. Turning one requires a reason."""

from aiogram.enums import ContentType
from aiogram_dialog import Dialog
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column

from bot.dialogs.parts import back_to
from bot.dialogs.switches import getters, handlers
from bot.dialogs.switches.states import Switches
from bot.dialogs.widgets import Html, Label, Window, choice


def make_switches_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    main = Window(
        Html("switches.main", "lines"),
        Column(choice("job", "jobs", handlers.on_job)),
        state=Switches.main,
        getter=getters.get_switches,
    )
    job = Window(
        Html("switches.job", "job", "is_off", "effect", "trail"),
        Button(Label("switches.off_button"), id="off", on_click=handlers.on_turn, when="is_on"),
        Button(Label("switches.on_button"), id="on", on_click=handlers.on_turn, when="is_off"),
        back_to(Switches.main),
        state=Switches.job,
        getter=getters.get_job,
    )
    reason = Window(
        Html("switches.ask_reason", "job", "off"),
        MessageInput(handlers.on_reason, content_types=[ContentType.ANY]),
        back_to(Switches.job),
        state=Switches.reason,
        getter=getters.get_turn,
    )
    return Dialog(main, job, reason)
