"""The calendar of an organisation: filings by due date, subordinate organisations, settings."""

from collections.abc import Callable
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo

from bot.dialogs.filings.calendar import getters, handlers
from bot.dialogs.filings.calendar.states import Calendar
from bot.dialogs.filings.events.opening import on_events
from bot.dialogs.parts import back_to, text_input
from bot.dialogs.widgets import Html, Label, Window, choice

REMINDERS_OFF = Html("switches.reminders_since", "since", when="since")


def _button(label: str, on_click: Callable[..., Any], when: Any = None) -> Button:
    return Button(Label(f"calendar.{label}"), id=label, on_click=on_click, when=when)


def _link(label: str, state: State, when: Any = None) -> SwitchTo:
    return SwitchTo(Label(f"calendar.{label}"), id=label, state=state, when=when)


def lengths() -> Row:
    """Month, quarter and year; a button's id is the length."""
    return Row(
        *(
            Button(Label(f"calendar.{length}_button"), id=length, on_click=handlers.on_length)
            for length in ("month", "quarter", "year")
        )
    )


def steps() -> Row:
    return Row(
        _button("previous_button", handlers.on_previous),
        _button("next_button", handlers.on_next),
    )


def main_window() -> Window:
    return Window(
        Html("calendar.main", "organisation", "span", "lines", "more"),
        REMINDERS_OFF,
        Column(choice("filing", "filings", handlers.on_filing)),
        lengths(),
        steps(),
        _button("file_button", handlers.on_file),
        _button("picture_button", handlers.on_picture),
        _link("address_button", Calendar.address, "has_feed"),
        _button("events_button", on_events),
        _button("overview_button", handlers.on_overview, "may_lead"),
        _link("ladder_button", Calendar.schedule),
        _link("switches_button", Calendar.switches, "may_switch"),
        state=Calendar.main,
        getter=[getters.get_calendar, getters.get_feed, getters.get_reminders],
    )


def overview_window() -> Window:
    counts = ("submitted", "submitted_late", "due", "late", "not_yet", "waived")
    return Window(
        Html(
            "calendar.overview", "organisation", "span", "organisations", "filings", *counts, "lines", "more"
        ),
        REMINDERS_OFF,
        steps(),
        Row(
            _button("overview_picture_button", handlers.on_matrix),
            _button("sheet_button", handlers.on_sheet),
        ),
        back_to(Calendar.main),
        state=Calendar.overview,
        getter=[getters.get_overview, getters.get_reminders],
    )


def make_calendar_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    choose = Window(
        Html("calendar.choose"),
        Column(choice("code", "organisations", handlers.on_organisation)),
        state=Calendar.choose,
        getter=getters.get_choice,
    )
    address = Window(
        Html("calendar.address_none"),
        _button("address_new_button", handlers.on_address),
        back_to(Calendar.main),
        state=Calendar.address,
    )
    schedule = Window(
        Html("calendar.ladder", "organisation", "days", "at", "may_set"),
        REMINDERS_OFF,
        text_input(handlers.on_schedule),
        back_to(Calendar.main),
        state=Calendar.schedule,
        getter=[getters.get_schedule, getters.get_reminders],
    )
    switches = Window(
        Html("calendar.switches"),
        Column(choice("switch", "switches", handlers.on_switch)),
        state=Calendar.switches,
        getter=getters.get_switches,
    )
    return Dialog(choose, main_window(), address, schedule, switches, overview_window())
