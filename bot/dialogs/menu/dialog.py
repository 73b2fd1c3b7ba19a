"""The menu: questions, life situations with their services, complaints, language, help."""

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import (
    Button,
    Column,
    Group,
    ScrollingGroup,
    SwitchTo,
)

from bot.dialogs.accounts.organisation.handlers import on_open as on_open_organisation
from bot.dialogs.menu.getters import get_help, get_languages, get_main
from bot.dialogs.menu.handlers import on_complain, on_complaints, on_language
from bot.dialogs.menu.situations import (
    EVENT_PAGES,
    ON_A_PAGE,
    PAGES,
    get_event,
    get_lists,
    get_services,
    get_situations,
    get_topics,
    has_pages,
    on_drop,
    on_event,
    on_list,
    on_service,
    on_tick,
    on_topic,
)
from bot.dialogs.menu.states import Menu
from bot.dialogs.parts import back_to, pager
from bot.dialogs.switches.opening import on_switches
from bot.dialogs.widgets import Html, Label, Window, choice

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
    ScrollingGroup(
        choice("situation", "situations", on_event, is_scrolled=True),
        id=EVENT_PAGES,
        width=1,
        height=ON_A_PAGE,
        hide_pager=True,
    ),
    pager(EVENT_PAGES),
    SwitchTo(Label("menu.lists_button"), id="lists", state=Menu.lists, when="has_lists"),
    SwitchTo(Label("menu.topics_button"), id="topics", state=Menu.topics),
    BACK,
    state=Menu.situations,
    getter=get_situations,
)

event = Window(
    Html("menu.event", "situation", "steps"),
    Column(choice("service", "services", on_service)),
    Group(choice("tick", "numbers", on_tick), width=5),
    Button(Label("checklist.drop_button"), id="drop", on_click=on_drop, when="is_kept"),
    back_to(Menu.situations, "situations"),
    state=Menu.event,
    getter=get_event,
)

topics = Window(
    Html("menu.topics"),
    Group(choice("topic", "topics", on_topic), width=2),
    back_to(Menu.situations, "situations"),
    state=Menu.topics,
    getter=get_topics,
)

services = Window(
    Html("menu.services", "situation"),
    ScrollingGroup(
        choice("service", "services", on_service, is_scrolled=True),
        id=PAGES,
        width=1,
        height=ON_A_PAGE,
        hide_pager=True,
    ),
    pager(PAGES, when=has_pages),
    back_to(Menu.topics, "topics"),
    state=Menu.services,
    getter=get_services,
)

lists = Window(
    Html("menu.lists"),
    Column(choice("list", "lists", on_list)),
    back_to(Menu.situations, "situations"),
    state=Menu.lists,
    getter=get_lists,
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
        event,
        topics,
        services,
        lists,
        language,
        Window(Html("menu.ask"), BACK, state=Menu.ask),
        Window(Html("menu.help", "open_data"), BACK, state=Menu.help, getter=get_help),
    )
