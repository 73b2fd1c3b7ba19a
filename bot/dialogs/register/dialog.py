"""A complaint that came elsewhere, entered by an official: back and cancel everywhere, nothing is retyped."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Group, Row, SwitchTo

from bot.callbacks import OfficialCasePress
from bot.dialogs.complaint.answers import on_search
from bot.dialogs.complaint.getters import get_kinds, get_services
from bot.dialogs.complaint.opening import on_no_words
from bot.dialogs.register import getters, handlers
from bot.dialogs.register.states import Register
from bot.dialogs.widgets import Html, KeyedHtml, Label, Pressed, choice

NO_WORDS = MessageInput(on_no_words)
BACK = Button(
    Label("menu.back_button"), id="back", on_click=handlers.on_back, when=lambda data, *_: has_path(data)
)
CANCEL = SwitchTo(Label("complaint.cancel"), id="cancel", state=Register.leave)
WAY_OUT = Row(BACK, CANCEL)
SKIP = Button(Label("register.skip"), id="skip", on_click=handlers.on_skip)


def has_path(data: dict[str, Any]) -> bool:
    """Whether there is a window to go back to."""
    return bool(data["dialog_data"].get("path"))


def asking(state: State, key: str, *widgets: Any, getter: Any = None) -> Window:
    """A question with buttons; words are not taken."""
    return Window(Html(f"register.{key}"), *widgets, WAY_OUT, state=state, getter=getter)


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
    WAY_OUT,
    state=Register.source,
    getter=getters.get_sources,
)

received = Window(
    Html("register.ask_received"),
    Row(
        Button(Label("complaint.today"), id="today", on_click=handlers.on_day),
        Button(Label("complaint.yesterday"), id="yesterday", on_click=handlers.on_day),
    ),
    MessageInput(handlers.on_day_typed, content_types=[ContentType.TEXT]),
    NO_WORDS,
    WAY_OUT,
    state=Register.received,
)

delivery = asking(
    Register.delivery,
    "ask_delivery",
    Column(choice("delivery", "deliveries", handlers.on_delivery)),
    getter=getters.get_deliveries,
)

service = Window(
    KeyedHtml("complaint"),
    Column(choice("service", "services", handlers.on_service)),
    Button(Label("complaint.no_service"), id="none", on_click=handlers.on_no_service),
    MessageInput(on_search, content_types=[ContentType.TEXT]),
    NO_WORDS,
    WAY_OUT,
    state=Register.service,
    getter=get_services,
)

text = Window(
    Html("register.ask_text", when=lambda data, *_: not data["has_text"]),
    Html("register.so_far", "length", "asks", "guess", "kind", when="has_text"),
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
    MessageInput(handlers.on_text, content_types=[ContentType.TEXT]),
    NO_WORDS,
    WAY_OUT,
    state=Register.text,
    getter=getters.get_text,
)

kind = asking(Register.kind, "ask_kind", Column(choice("kind", "kinds", handlers.on_kind)), getter=get_kinds)

complainant = asking(
    Register.complainant,
    "ask_complainant",
    Column(choice("complainant", "complainants", handlers.on_complainant)),
    getter=getters.get_complainants,
)


def typed(state: State, key: str, *buttons: Button) -> Window:
    """A question that is answered in words, or passed over; its text's key stands under `key`."""
    return Window(
        KeyedHtml("register", key),
        SKIP,
        *buttons,
        MessageInput(handlers.on_typed, content_types=[ContentType.TEXT]),
        NO_WORDS,
        WAY_OUT,
        state=state,
        getter=getters.get_person,
    )


SKIP_ALL = Button(Label("register.skip_all"), id="skip_all", on_click=handlers.on_skip_all, when="asking_all")
name = typed(Register.name, "name_key", SKIP_ALL)
number = typed(Register.number, "number_key")
phone = typed(Register.phone, "phone_key")

SUMMARY = (
    *("organisation", "source", "received", "delivery", "service", "kind", "text"),
    *("complainant", "name", "number", "phone", "term"),
)

summing_up = Window(
    Html("register.summary", *SUMMARY),
    Button(Label("register.send"), id="send", on_click=handlers.on_send, when="complete"),
    SwitchTo(Label("complaint.change"), id="change", state=Register.change),
    CANCEL,
    state=Register.summary,
    getter=getters.get_summary,
)

change = Window(
    Html("complaint.ask_change"),
    Group(choice("line", "lines", handlers.on_change), width=2),
    SwitchTo(Label("menu.back_button"), id="summary", state=Register.summary),
    state=Register.change,
    getter=getters.get_lines,
)

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
    Pressed(Label("register.open_button"), lambda data: OfficialCasePress(complaint=data["complaint"])),
    Button(Label("complaint.why_button"), id="why", on_click=handlers.on_why),
    Button(Label("register.another"), id="another", on_click=handlers.on_another),
    state=Register.entered,
    getter=getters.get_entered,
)

ASKED = (source, received, delivery, service, text, kind, complainant, name, number, phone)


def make_register_dialog() -> Dialog:
    """A dialog of its own for each dispatcher: aiogram attaches a router once."""
    return Dialog(choose, resume, leave, *ASKED, summing_up, change, entered)
