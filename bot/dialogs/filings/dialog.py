"""One filing: its dates, acts and possible actions."""

from collections.abc import Callable
from typing import Any

from aiogram.enums import ContentType
from aiogram_dialog import Dialog
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo

from bot.dialogs.filings import getters, handlers
from bot.dialogs.filings.calendar.opening import on_calendar
from bot.dialogs.filings.events.letter import on_letter
from bot.dialogs.filings.states import Filings
from bot.dialogs.parts import back_to, text_input
from bot.dialogs.widgets import Html, Label, Window

SHOWN = (
    "name",
    "organisation",
    "occasion",
    "to",
    "date",
    "expected",
    "mark",
    "state",
    "standing",
    "submitted_on",
    "recorded_on",
    "number",
    "file",
    "corrects",
    "asked",
    "why",
    "note",
    "words",
    "repealed",
)
_DOCUMENTS = [ContentType.TEXT, ContentType.DOCUMENT, ContentType.PHOTO]


def _button(label: str, on_click: Callable[..., Any], when: str | None = None, *values: str) -> Button:
    return Button(Label(f"filings.{label}", *values), id=label, on_click=on_click, when=when)


def make_filings_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    card = Window(
        Html("filings.card", *SHOWN),
        SwitchTo(Label("filings.submitted_button"), id="submit", state=Filings.day, when="may_submit"),
        Row(
            _button("tomorrow_button", handlers.on_tomorrow, "may_put_off"),
            _button("later_button", handlers.on_later, "may_put_off"),
        ),
        _button("form_button", handlers.on_form, "may_open_form"),
        Button(Label("contact_centre.letter_button"), id="letter", on_click=on_letter, when="has_letter"),
        _button("file_button", handlers.on_file, "has_file"),
        _button("accept_button", handlers.on_decide, "may_decide"),
        _button("refuse_button", handlers.on_decide, "may_decide"),
        SwitchTo(Label("filings.waive_button"), id="waive", state=Filings.why, when="may_waive"),
        _button("correction_button", handlers.on_correction, "may_correct"),
        SwitchTo(Label("filings.reopen_button"), id="reopen", state=Filings.reopen, when="may_reopen"),
        _button("back_to_calendar", on_calendar),
        state=Filings.card,
        getter=getters.get_card,
    )
    day = Window(
        Html("filings.ask_day", "name", "occasion"),
        Row(
            _button("today_button", handlers.on_today, None, "today"),
            _button("yesterday_button", handlers.on_yesterday, None, "yesterday"),
        ),
        text_input(handlers.on_day),
        back_to(Filings.card),
        state=Filings.day,
        getter=getters.get_question,
    )
    document = Window(
        Html("filings.ask_document", "name", "day"),
        MessageInput(handlers.on_document, content_types=_DOCUMENTS),
        _button("without_document", handlers.on_without, "is_step"),
        back_to(Filings.day),
        state=Filings.document,
        getter=getters.get_question,
    )
    far = Window(
        Html("filings.far_day", "name", "occasion", "day", "today"),
        _button("far_button", handlers.on_far, None, "day"),
        back_to(Filings.day),
        state=Filings.far,
        getter=getters.get_question,
    )
    reopen = Window(
        Html("filings.reopen_sure", "name", "occasion", "has_form"),
        _button("reopen_yes", handlers.on_reopen),
        back_to(Filings.card),
        state=Filings.reopen,
        getter=getters.get_question,
    )
    why = Window(
        Html("filings.ask_why", "name", "occasion"),
        text_input(handlers.on_why),
        back_to(Filings.card),
        state=Filings.why,
        getter=getters.get_question,
    )
    return Dialog(card, day, document, far, reopen, why)
