"""An official's organisation: members, invitations, leave, and the connection to the bot."""

from collections.abc import Callable
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo

from bot.dialogs.accounts.organisation import getters, handlers, links
from bot.dialogs.accounts.organisation.approval import APPROVAL
from bot.dialogs.accounts.organisation.states import Office
from bot.dialogs.complaints.entry.handlers import on_open as on_register
from bot.dialogs.parts import back_to, text_input
from bot.dialogs.widgets import Html, Label, Window, choice


def link(label: str, state: State, when: str | None = None, *values: str) -> SwitchTo:
    name = label.removesuffix("_button")
    return SwitchTo(Label(f"officials.{label}", *values), id=name, state=state, when=when)


main = Window(
    Html("officials.main", "organisation", "connected", "roles", "anywhere"),
    Button(Label("officials.complaints_button"), id="cases", on_click=links.on_complaints, when="may_see"),
    Row(
        Button(
            Label("officials.calendar_button"), id="calendar", on_click=links.on_calendar, when="may_file"
        ),
        Button(Label("officials.reports_button"), id="reports", on_click=links.on_reports, when="may_file"),
    ),
    link("members_button", Office.members),
    link("joins_button", Office.joins, "may_confirm", "waiting"),
    link("invite_button", Office.invite, "may_invite"),
    link("leave_button", Office.leave, "may_leave"),
    Button(Label("officials.register_button"), id="register", on_click=on_register, when="may_register"),
    APPROVAL,
    link("connect_button", Office.connect, "may_connect"),
    link("disconnect_button", Office.disconnect, "may_disconnect"),
    state=Office.main,
    getter=getters.get_main,
)

members = Window(
    Html("officials.members", "organisation", "lines"),
    Column(choice("member", "members", handlers.on_member), when="may_revoke"),
    back_to(Office.main),
    state=Office.members,
    getter=getters.get_members,
)

member = Window(
    Html("officials.member", "name", "role", "since"),
    link("revoke_button", Office.heir),
    back_to(Office.members),
    state=Office.member,
    getter=getters.get_member,
)

successor = Window(
    Html("officials.choose_heir"),
    Column(choice("heir", "colleagues", handlers.on_successor)),
    Button(Label("officials.to_the_list"), id="to_the_list", on_click=handlers.on_to_the_list),
    back_to(Office.member),
    state=Office.heir,
    getter=getters.get_member,
)

revoke = Window(
    Html("officials.revoke_sure", "name", "role", "heir"),
    Button(Label("officials.revoke_yes"), id="yes", on_click=handlers.on_revoke),
    back_to(Office.members),
    state=Office.revoke,
    getter=getters.get_revoke,
)

leave = Window(
    Html("officials.leave", "lines"),
    Column(choice("cancel", "leaves", handlers.on_cancel_leave)),
    link("leave_new", Office.deputy),
    back_to(Office.main),
    state=Office.leave,
    getter=getters.get_leave,
)

deputy = Window(
    Html("officials.choose_deputy", "colleagues"),
    Column(choice("deputy", "colleagues", handlers.on_deputy)),
    back_to(Office.leave),
    state=Office.deputy,
    getter=getters.get_leave,
)

dates = Window(
    Html("officials.ask_dates"),
    text_input(handlers.on_dates),
    back_to(Office.leave),
    state=Office.dates,
)


def chosen_from(text: str, choices: Column, state: State, getter: Callable[..., Any]) -> Window:
    return Window(Html(f"officials.{text}"), choices, back_to(Office.main), state=state, getter=getter)


def confirmation(text: str, on_yes: Callable[..., Any], state: State) -> Window:
    """A window that asks for a confirmation."""
    return Window(
        Html(f"officials.{text}", "organisation"),
        Button(Label(f"officials.{text}_yes"), id="yes", on_click=on_yes),
        back_to(Office.main),
        state=state,
        getter=getters.get_organisation,
    )


def make_organisation_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    choose = Window(
        Html("officials.choose"),
        Column(choice("code", "organisations", handlers.on_organisation)),
        state=Office.choose,
        getter=getters.get_choice,
    )
    invite = chosen_from(
        "invite", Column(choice("role", "roles", handlers.on_role)), Office.invite, getters.get_roles
    )
    joins = chosen_from(
        "joins", Column(choice("join", "joins", handlers.on_join)), Office.joins, getters.get_joins
    )
    connect = confirmation("connect", handlers.on_connect, Office.connect)
    disconnect = confirmation("disconnect", handlers.on_disconnect, Office.disconnect)
    own = (choose, main, members, member, successor, revoke)
    return Dialog(*own, invite, joins, leave, deputy, dates, connect, disconnect)
