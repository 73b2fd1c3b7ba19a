"""The menu: questions, life situations with their services, complaints, language, help."""

from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.kbd import (
    Button,
    Column,
    CurrentPage,
    Group,
    NextPage,
    PrevPage,
    Row,
    ScrollingGroup,
    SwitchTo,
)
from aiogram_dialog.widgets.text import Const, Format

from bot.dialogs.accounts.organisation.handlers import on_open as on_open_organisation
from bot.dialogs.menu.getters import (
    SERVICES_ON_A_PAGE,
    get_languages,
    get_main,
    get_services,
    get_situations,
    has_pages,
)
from bot.dialogs.menu.handlers import on_complain, on_complaints, on_language, on_service, on_situation
from bot.dialogs.menu.states import Menu
from bot.dialogs.parts import back_to
from bot.dialogs.switches.opening import on_switches
from bot.dialogs.widgets import Html, Label, choice

PAGES = "pages"

BACK = back_to(Menu.main, "main")

main = Window(
    Html("menu.main"),
    Html("switches.menu_line", "jobs", when="jobs"),
    Button(Label("menu.office_button"), id="office", on_click=on_open_organisation, when="is_official"),
    Column(
        SwitchTo(Label("menu.ask_button"), id="ask", state=Menu.ask),
        SwitchTo(Label("menu.situations_button"), id="situations", state=Menu.situations),
        Button(Label("menu.complain_button"), id="complain", on_click=on_complain),
        Button(Label("menu.complaints_button"), id="complaints", on_click=on_complaints),
    ),
    Group(
        SwitchTo(Label("menu.language_button"), id="language", state=Menu.language),
        SwitchTo(Label("menu.help_button"), id="help", state=Menu.help),
        width=2,
    ),
    Button(Label("switches.menu_button"), id="switches", on_click=on_switches, when="may_switch"),
    state=Menu.main,
    getter=get_main,
)

situations = Window(
    Html("menu.situations"),
    Group(
        choice("situation", "situations", on_situation),
        width=2,
    ),
    BACK,
    state=Menu.situations,
    getter=get_situations,
)

services = Window(
    Html("menu.services", "situation"),
    ScrollingGroup(
        choice("service", "services", on_service),
        id=PAGES,
        width=1,
        height=SERVICES_ON_A_PAGE,
        hide_pager=True,
    ),
    Row(
        PrevPage(scroll=PAGES, text=Const("◂")),
        CurrentPage(scroll=PAGES, text=Format("{current_page1} / {pages}")),
        NextPage(scroll=PAGES, text=Const("▸")),
        when=has_pages,
    ),
    back_to(Menu.situations, "situations"),
    state=Menu.services,
    getter=get_services,
)

language = Window(
    Html("menu.choose_language"),
    Column(
        choice("language", "languages", on_language),
    ),
    BACK,
    state=Menu.language,
    getter=get_languages,
)


def make_menu_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    return Dialog(
        main,
        situations,
        services,
        language,
        Window(Html("menu.ask"), BACK, state=Menu.ask),
        Window(Html("menu.help"), BACK, state=Menu.help),
    )
