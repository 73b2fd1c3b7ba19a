"""What a control event holds: enter it, say what became of it, and count it in the body's form."""

from collections.abc import Callable
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import Dialog
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo

from bot.dialogs.day_input import pressing, typed_day_input
from bot.dialogs.filings.control import getters, handlers
from bot.dialogs.filings.control.states import Control
from bot.dialogs.parts import back_to, text_input, today_or_yesterday
from bot.dialogs.typed import typed_past_day
from bot.dialogs.widgets import Html, KeyedHtml, Label, Window, choice
from reports.documents.control import ControlLetter

SHOWN = ("number", "object", "ground", "complaint", "questions", "executors", "lines")


def _button(label: str, on_click: Callable[..., Any], when: WhenCondition = None) -> Button:
    return Button(Label(f"control.{label}_button"), id=label, on_click=on_click, when=when)


def _link(label: str, state: State, when: WhenCondition = None) -> SwitchTo:
    return SwitchTo(Label(f"control.{label}_button"), id=label, state=state, when=when)


def _question(state: State, *widgets: Any) -> Window:
    asked = KeyedHtml("control", "key", ["options"])
    return Window(asked, *widgets, back_to(Control.add), state=state, getter=getters.get_question)


def _details(state: State, name: str, *widgets: Any) -> Window:
    return Window(
        Html(f"control.{name}", "questions", "executors"),
        *widgets,
        back_to(Control.card),
        state=state,
        getter=getters.get_details,
    )


def make_control_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    return Dialog(*_looking(), *_asking(), *_describing())


def _looking() -> list[Window]:
    return [
        Window(
            Html("control.card", *SHOWN),
            _link("add", Control.add, "may_file"),
            _link("entries", Control.entries, "has_entries"),
            Row(*(_button(one, handlers.on_letter) for one in ControlLetter)),
            Row(_button("act", handlers.on_act), _button("measures", handlers.on_measures)),
            _link("ground", Control.ground, "may_ground"),
            _link("questions", Control.questions, "may_file"),
            _link("executors", Control.executors, "may_file"),
            Button(Label("control.event_button"), id="event", on_click=handlers.on_back),
            state=Control.card,
            getter=getters.get_card,
        ),
        Window(
            Html("control.entries", "number"),
            Column(choice("entry", "entries", handlers.on_entry)),
            back_to(Control.card),
            state=Control.entries,
            getter=getters.get_entries,
        ),
        Window(
            Html("control.entry", "line", "may_mark"),
            Row(*_done_on(), when="may_mark"),
            typed_day_input(handlers.on_done, typed_past_day),
            _link("why", Control.why, "may_mark"),
            _button("remove", handlers.on_remove, "may_change"),
            back_to(Control.entries),
            state=Control.entry,
            getter=getters.get_entry,
        ),
        Window(
            Html("control.why"),
            text_input(handlers.on_why),
            back_to(Control.entry),
            state=Control.why,
            getter=getters.get_entry,
        ),
    ]


def _done_on() -> tuple[Button, Button]:
    on_pressed = pressing(handlers.on_done)
    return (
        Button(Label("control.done_today_button"), id="today", on_click=on_pressed),
        Button(Label("control.done_yesterday_button"), id="yesterday", on_click=on_pressed),
    )


def _asking() -> list[Window]:
    numbers = [
        _question(
            state,
            Row(choice("number", "numbers", handlers.on_number)),
            text_input(handlers.on_typed_number),
        )
        for state in (Control.count, Control.people)
    ]
    return [
        Window(
            Html("control.add"),
            Column(choice("kind", "kinds", handlers.on_kind)),
            back_to(Control.card),
            state=Control.add,
            getter=getters.get_kinds,
        ),
        _question(Control.code, Column(choice("code", "codes", handlers.on_choice))),
        _question(Control.who, Column(choice("who", "codes", handlers.on_choice))),
        *numbers,
        _question(
            Control.day,
            today_or_yesterday(pressing(handlers.on_day)),
            typed_day_input(handlers.on_day, typed_past_day),
        ),
        _question(Control.until, typed_day_input(handlers.on_day)),
        _question(Control.text, text_input(handlers.on_text)),
    ]


def _describing() -> list[Window]:
    return [
        _details(Control.ground, "ground", Column(choice("ground", "grounds", handlers.on_ground))),
        _details(Control.questions, "questions", text_input(handlers.on_questions)),
        _details(Control.executors, "executors", text_input(handlers.on_executors)),
        Window(
            Html("control.recording", "since", "may_lead"),
            Column(choice("quarter", "quarters", handlers.on_quarter)),
            _button("stop", handlers.on_stop, "may_stop"),
            Button(Label("control.list_button"), id="list", on_click=handlers.on_list),
            state=Control.recording,
            getter=getters.get_recording,
        ),
    ]
