"""Entry of a complaint received outside the bot. Back and cancel work everywhere; answers are not retyped."""

from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import Dialog
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo

from bot.dialogs.complaints.entry import getters, handlers
from bot.dialogs.complaints.entry.flow import WIZARD
from bot.dialogs.complaints.entry.states import Register
from bot.dialogs.complaints.submission.answers import on_search
from bot.dialogs.complaints.submission.getters import get_found_services, get_kinds
from bot.dialogs.day_input import past_day_input
from bot.dialogs.parts import ONLY_TEXT, text_input
from bot.dialogs.widgets import Html, KeyedHtml, Label, Window, choice
from bot.dialogs.wizard_windows import cancel, change_window, exit_buttons

CANCEL = cancel(Register.leave)
EXIT = exit_buttons(WIZARD, Register.leave)
SKIP = Button(Label("register.skip"), id="skip", on_click=handlers.on_skip)


def question(state: State, key: str, *widgets: Any, getter: Any = None) -> Window:
    """A question with buttons and no text input."""
    return Window(Html(f"register.{key}"), *widgets, EXIT, state=state, getter=getter)


choose = Window(
    Html("register.choose"),
    Column(choice("place", "places", handlers.on_place)),
    state=Register.choose,
    getter=getters.get_places,
)

resume = Window(
    Html("register.resume", "organisation"),
    Button(Label("complaint.resume_go_on"), id="go_on", on_click=handlers.on_go_on),
    Button(Label("complaint.restart"), id="restart", on_click=handlers.on_restart),
    state=Register.resume,
    getter=getters.get_place,
)

source = Window(
    Html("register.ask_source", "organisation"),
    Column(choice("source", "sources", handlers.on_source)),
    EXIT,
    state=Register.source,
    getter=getters.get_sources,
)

received = Window(
    Html("register.ask_received"),
    *past_day_input(handlers.on_day),
    EXIT,
    state=Register.received,
)

delivery = question(
    Register.delivery,
    "ask_delivery",
    Column(choice("delivery", "deliveries", handlers.on_delivery)),
    getter=getters.get_deliveries,
)

incoming_number = Window(
    Html("register.ask_incoming_number"),
    SKIP,
    text_input(handlers.on_typed),
    ONLY_TEXT,
    EXIT,
    state=Register.incoming_number,
)

service = Window(
    KeyedHtml("complaint"),
    Column(choice("service", "services", handlers.on_service)),
    Button(Label("complaint.no_service"), id="none", on_click=handlers.on_no_service),
    text_input(on_search),
    ONLY_TEXT,
    EXIT,
    state=Register.service,
    getter=get_found_services,
)

text = Window(
    Html("register.ask_text", when=lambda data, *_: not data["has_text"]),
    Html("register.so_far", "length", "asks", "guess", "kind", when="has_text"),
    Html("register.scans", "scans", when="scans"),
    Button(
        Label("complaint.kind_yes", "kind"), id="yes", on_click=handlers.on_kind_proposed, when="proposed"
    ),
    Button(Label("complaint.kind_no"), id="no", on_click=handlers.on_other_kind, when="proposed"),
    Button(Label("complaint.ready"), id="choose", on_click=handlers.on_other_kind, when="unclear"),
    Button(Label("complaint.ready"), id="ready", on_click=handlers.on_ready, when="ready"),
    Button(Label("complaint.rewrite"), id="rewrite", on_click=handlers.on_rewrite, when="has_text"),
    Button(
        Label("register.skip_text"),
        id="skip",
        on_click=handlers.on_skip,
        when=lambda data, *_: not data["has_text"],
    ),
    MessageInput(handlers.on_text),
    EXIT,
    state=Register.text,
    getter=getters.get_text,
)

kind = question(
    Register.kind, "ask_kind", Column(choice("kind", "kinds", handlers.on_kind)), getter=get_kinds
)

complainant = question(
    Register.complainant,
    "ask_complainant",
    Column(choice("complainant", "complainants", handlers.on_complainant)),
    getter=getters.get_complainants,
)


def typed(state: State, key: str, *buttons: Button) -> Window:
    """A question with an optional typed answer; the getter gives its text's key under `key`."""
    return Window(
        KeyedHtml("register", key),
        SKIP,
        *buttons,
        text_input(handlers.on_typed),
        ONLY_TEXT,
        EXIT,
        state=state,
        getter=getters.get_person,
    )


SKIP_ALL = Button(Label("register.skip_all"), id="skip_all", on_click=handlers.on_skip_all, when="asking_all")
name = typed(Register.name, "name_key", SKIP_ALL)
number = typed(Register.number, "number_key")
phone = typed(Register.phone, "phone_key")

SUMMARY = (
    *("organisation", "source", "received", "delivery", "service", "kind", "text"),
    *("incoming_number", "complainant", "name", "number", "phone", "scans", "term"),
)

summing_up = Window(
    Html("register.summary", *SUMMARY),
    Button(Label("register.send"), id="send", on_click=handlers.on_send, when="complete"),
    SwitchTo(Label("complaint.change"), id="change", state=Register.change),
    CANCEL,
    state=Register.summary,
    getter=getters.get_summary,
)

change = change_window(WIZARD, Register.change, Register.summary, getters.get_lines)

leave = Window(
    Html("register.leave"),
    Button(Label("complaint.leave_keep"), id="keep", on_click=handlers.on_keep),
    Button(Label("complaint.leave_drop"), id="drop", on_click=handlers.on_drop),
    Button(Label("complaint.resume_go_on"), id="go_on", on_click=handlers.on_go_on),
    state=Register.leave,
)

ENTERED = ("number", "organisation", "registered", "due", "expected", "days", "late")

entered = Window(
    Html("register.entered", *ENTERED),
    Button(Label("register.open_button"), id="open", on_click=handlers.on_open_case),
    Button(Label("complaint.why_button"), id="why", on_click=handlers.on_why),
    Button(Label("register.another"), id="another", on_click=handlers.on_another),
    state=Register.entered,
    getter=getters.get_entered,
)

ASKED = (source, received, incoming_number, delivery, service, text, kind, complainant, name, number, phone)


def make_register_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    return Dialog(choose, resume, leave, *ASKED, summing_up, change, entered)
