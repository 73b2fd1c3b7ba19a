"""Control events: enter one, see its chain of dates, mark the dates as done."""

from collections.abc import Callable
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import Dialog
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo
from aiogram_dialog.widgets.text import Text

from bot.dialogs.complaints.casework.opening import on_start
from bot.dialogs.day_input import typed_day_input
from bot.dialogs.filings.calendar.handlers import on_filing
from bot.dialogs.filings.control.handlers import on_recording, on_results, on_year
from bot.dialogs.filings.events import getters, handlers
from bot.dialogs.filings.events.letter import letter_window
from bot.dialogs.filings.events.states import Events
from bot.dialogs.parts import back_to, text_input
from bot.dialogs.widgets import Html, KeyedHtml, Label, Window, choice


def _button(label: str, on_click: Callable[..., Any], when: str | None = None) -> Button:
    return Button(Label(f"events.{label}"), id=label, on_click=on_click, when=when)


def question(text: Text, typed: MessageInput, state: State, before: State) -> Window:
    """A window with a text input."""
    getter = getters.get_fact if state is Events.fact else getters.get_question
    return Window(text, typed, back_to(before), state=state, getter=getter)


def make_events_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    listing = Window(
        Html("events.list", "organisation", "lines"),
        Column(choice("event", "events", handlers.on_event)),
        SwitchTo(Label("events.new_button"), id="new", state=Events.kind, when="may_file"),
        Row(choice("year", "years", on_year)),
        Button(Label("control.recording_button"), id="recording", on_click=on_recording),
        Button(Label("filings.back_to_calendar"), id="calendar", on_click=handlers.on_back),
        state=Events.list,
        getter=getters.get_list,
    )
    kind = Window(
        Html("events.kind"),
        Column(choice("kind", "kinds", handlers.on_kind)),
        back_to(Events.list),
        state=Events.kind,
        getter=getters.get_kinds,
    )
    planned = Window(
        Html("events.planned"),
        _button("planned_yes", handlers.on_planned),
        _button("planned_no", handlers.on_planned),
        back_to(Events.end),
        state=Events.planned,
    )
    start, end = typed_day_input(handlers.on_start), typed_day_input(handlers.on_end)
    return Dialog(
        listing,
        kind,
        question(KeyedHtml("events", "start"), start, Events.start, Events.kind),
        question(KeyedHtml("events", "end", ["latest"]), end, Events.end, Events.start),
        planned,
        question(KeyedHtml("events", "object"), text_input(handlers.on_object), Events.object, Events.start),
        card_window(),
        question(KeyedHtml("events", "asking"), typed_day_input(handlers.on_fact), Events.fact, Events.card),
        close_window(),
        letter_window(),
        on_start=on_start,
    )


def card_window() -> Window:
    return Window(
        Html("events.card", "number", "kind", "object", "planned", "lines", "closed"),
        Column(choice("step", "steps", on_filing)),
        Button(Label("control.results_button"), id="results", on_click=on_results, when="is_control"),
        _button("recommended_button", handlers.on_recommended, "may_recommend"),
        _button("represented_button", handlers.on_represented, "may_represent"),
        _button("measure_button", handlers.on_measure, "may_add_measure"),
        _button("extend_button", handlers.on_extend, "may_extend"),
        SwitchTo(Label("contact_centre.letter_button"), id="letter", state=Events.letter, when="has_letter"),
        SwitchTo(Label("events.close_button"), id="close", state=Events.close, when="may_close"),
        back_to(Events.list),
        state=Events.card,
        getter=getters.get_card,
    )


def close_window() -> Window:
    return Window(
        Html("events.close_sure", "number"),
        _button("close_yes", handlers.on_close),
        back_to(Events.card),
        state=Events.close,
        getter=getters.get_closing,
    )
