"""/me: show, change and delete all stored values of a person."""

from aiogram.enums import ContentType
from aiogram_dialog import Dialog
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, SwitchTo

from accounts.profile.fields import Field
from bot.dialogs.accounts.organisation.handlers import on_open
from bot.dialogs.accounts.profile.getters import (
    get_consent,
    get_districts,
    get_field,
    get_me,
    get_regions,
    get_ticked,
)
from bot.dialogs.accounts.profile.handlers import (
    on_agree,
    on_back,
    on_contact,
    on_district,
    on_editor,
    on_field,
    on_forget_me,
    on_forget_value,
    on_menu,
    on_no_text,
    on_region,
    on_words,
)
from bot.dialogs.accounts.profile.states import ASKING, Me
from bot.dialogs.parts import back_to, text_input
from bot.dialogs.widgets import Html, Label, Window, choice

BACK = Button(Label("menu.back_button"), id="back", on_click=on_back)
FORGET_VALUE = Button(Label("me.forget_value"), id="forget_value", on_click=on_forget_value, when="is_kept")

main = Window(
    Html(
        "me.main",
        "lists",
        "telegram_id",
        "since",
        "spoken",
        "name",
        "number",
        "telephone",
        "region",
        "consent",
        "official_name",
        "roles",
    ),
    Group(
        choice("field", "fields", on_field),
        width=2,
    ),
    Button(Label("me.organisation"), id="organisation", on_click=on_open, when="is_official"),
    Button(Label("me.editor"), id="editor", on_click=on_editor, when="is_editor"),
    SwitchTo(Label("me.forget_me"), id="forget", state=Me.forget),
    Button(Label("menu.menu_button"), id="menu", on_click=on_menu),
    state=Me.main,
    getter=(get_me, get_ticked),
)

consent = Window(
    Html("me.consent", "version"),
    Button(Label("me.agree"), id="agree", on_click=on_agree),
    SwitchTo(Label("me.disagree"), id="disagree", state=Me.main),
    state=Me.consent,
    getter=get_consent,
)

region = Window(
    Html("me.ask_region"),
    Group(
        choice("code", "regions", on_region),
        width=2,
    ),
    FORGET_VALUE,
    BACK,
    state=Me.region,
    getter=get_regions,
)

district = Window(
    Html("me.ask_district"),
    Group(choice("code", "districts", on_district), width=2),
    SwitchTo(Label("me.whole_region"), id="whole", state=Me.main),
    state=Me.district,
    getter=get_districts,
)

forget = Window(
    Html("me.forget_sure"),
    Button(Label("me.forget_yes"), id="yes", on_click=on_forget_me),
    back_to(Me.main, "no"),
    state=Me.forget,
)


def question(field: Field) -> Window:
    """A window that takes a typed value; a telephone also as a contact."""
    contact = [MessageInput(on_contact, content_types=[ContentType.CONTACT])]
    return Window(
        Html(f"me.ask_{field.value}"),
        text_input(on_words),
        *(contact if field is Field.TELEPHONE else []),
        MessageInput(on_no_text),
        FORGET_VALUE,
        BACK,
        state=ASKING[field],
        getter=get_field,
    )


def make_me_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    written = [question(field) for field in (Field.NAME, Field.NUMBER, Field.TELEPHONE)]
    return Dialog(main, consent, *written, region, district, forget)
