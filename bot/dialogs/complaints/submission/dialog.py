"""Submission of a complaint, from consent to its number.

Back and exit work everywhere; answers are not retyped.
"""

import operator
from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram_dialog import Dialog
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import (
    Button,
    Column,
    Group,
    Row,
    ScrollingGroup,
    Select,
    SwitchTo,
)
from aiogram_dialog.widgets.text import Format

from bot.dialogs.complaints.submission import answers, getters, messages, opening
from bot.dialogs.complaints.submission.ending import ENDING, MENU
from bot.dialogs.complaints.submission.flow import WIZARD
from bot.dialogs.complaints.submission.states import Complain
from bot.dialogs.day_input import past_day_input
from bot.dialogs.parts import ONLY_TEXT, pager, text_input
from bot.dialogs.widgets import Html, KeyedHtml, Label, Window, choice
from bot.dialogs.wizard_windows import exit_buttons

PAGES = "organisations"
EXIT = exit_buttons(WIZARD, Complain.leave)


def question(state: State, key: str, *widgets: Any, getter: Any = None) -> Window:
    """A question with buttons and no text input."""
    return Window(Html(key), *widgets, EXIT, state=state, getter=getter)


consent = Window(
    Html("complaint.consent", "version"),
    Html("complaint.consent_first", "known"),
    Column(choice("agree", "ways", opening.on_agree)),
    SwitchTo(Label("complaint.disagree"), id="disagree", state=Complain.refused),
    state=Complain.consent,
    getter=getters.get_consent,
)

refused = Window(Html("complaint.refused"), MENU, state=Complain.refused)

resume = Window(
    Html("complaint.resume", "service", "length", "files"),
    Button(Label("complaint.resume_go_on"), id="go_on", on_click=opening.on_resume),
    Button(Label("complaint.restart"), id="restart", on_click=opening.on_restart),
    MENU,
    state=Complain.resume,
    getter=getters.get_resume,
)

leave = Window(
    Html("complaint.leave"),
    Button(Label("complaint.leave_keep"), id="keep", on_click=opening.on_keep),
    Button(Label("complaint.leave_drop"), id="drop", on_click=opening.on_drop),
    Button(Label("complaint.resume_go_on"), id="go_on", on_click=opening.on_go_on),
    state=Complain.leave,
)

service = Window(
    KeyedHtml("complaint"),
    Column(choice("service", "services", answers.on_service)),
    Button(Label("complaint.no_service"), id="none", on_click=answers.on_no_service),
    text_input(answers.on_search),
    ONLY_TEXT,
    EXIT,
    state=Complain.service,
    getter=getters.get_services,
)

concern = question(
    Complain.concern,
    "complaint.ask_concern",
    Column(choice("concern", "concerns", answers.on_concern)),
    getter=getters.get_concern,
)

whom = Window(
    Html("complaint.ask_whom", "nothing"),
    ScrollingGroup(
        Select(
            Format("{item[1]}"),
            id="whom",
            item_id_getter=operator.itemgetter(0),
            items="organisations",
            on_click=answers.on_whom,
        ),
        id=PAGES,
        width=1,
        height=getters.NAMEABLE_ON_A_PAGE,
        hide_pager=True,
    ),
    pager(PAGES),
    text_input(answers.on_whom_search),
    ONLY_TEXT,
    EXIT,
    state=Complain.whom,
    getter=getters.get_whom,
)

region = question(
    Complain.region,
    "complaint.ask_region",
    Group(choice("region", "regions", answers.on_region), width=2),
    getter=getters.get_regions,
)

district = question(
    Complain.district,
    "complaint.ask_district",
    Group(choice("district", "districts", answers.on_district), width=2),
    getter=getters.get_districts,
)

SO_FAR = (*("length", "files", "fetching", "kind", "service", "day", "asks_application", "unclear"),)

text = Window(
    Html("complaint.ask_text", when=lambda data, *_: not data["told"]),
    Html("complaint.understood", *SO_FAR, when="told"),
    Button(Label("complaint.all_right"), id="yes", on_click=answers.on_proposed, when="ready"),
    Column(choice("kind", "kinds", answers.on_kind), when="unclear"),
    Button(Label("complaint.other_kind"), id="no", on_click=answers.on_other_kind, when="ready"),
    Button(
        Label("complaint.other_service"), id="other", on_click=answers.on_other_service, when="found_service"
    ),
    Row(
        Button(Label("complaint.rewrite"), id="rewrite", on_click=messages.on_rewrite, when="has_text"),
        Button(Label("complaint.drop_files"), id="drop", on_click=messages.on_drop_files, when="has_files"),
    ),
    MessageInput(messages.on_text),
    EXIT,
    state=Complain.text,
    getter=getters.get_text,
)

kind = Window(
    Html("complaint.ask_kind"),
    Column(choice("kind", "kinds", answers.on_kind)),
    MessageInput(messages.on_text),
    EXIT,
    state=Complain.kind,
    getter=getters.get_kinds,
)

delivery = question(
    Complain.delivery,
    "complaint.ask_delivery",
    Column(choice("delivery", "deliveries", answers.on_delivery)),
    getter=getters.get_deliveries,
)

day = Window(
    Html("complaint.ask_day", when=lambda data, *_: not data["applied"]),
    Html("complaint.ask_applied", "term", when="applied"),
    *past_day_input(answers.on_day),
    Button(Label("complaint.no_day"), id="none", on_click=answers.on_no_day),
    EXIT,
    state=Complain.day,
    getter=getters.get_day,
)

who = question(
    Complain.who,
    "complaint.ask_who",
    Column(choice("who", "people", answers.on_who)),
    getter=getters.get_who,
)


def typed(state: State, key: str, on_words: Any, *widgets: Any) -> Window:
    """A question with a typed answer; the getter gives its text's key under `key`."""
    return Window(
        KeyedHtml("complaint", key),
        *widgets,
        text_input(on_words),
        ONLY_TEXT,
        EXIT,
        state=state,
        getter=getters.get_person,
    )


represented = typed(Complain.represented, "represented_key", messages.on_represented)
name = typed(Complain.name, "name_key", messages.on_name, Column(choice("who", "others", answers.on_who)))
number = typed(Complain.number, "number_key", messages.on_number)

phone = Window(
    Html("complaint.ask_phone"),
    Button(Label("complaint.phone_skip"), id="skip", on_click=messages.on_no_phone),
    MessageInput(messages.on_contact, content_types=[ContentType.CONTACT]),
    text_input(messages.on_phone),
    ONLY_TEXT,
    EXIT,
    state=Complain.phone,
)

QUESTION_WINDOWS = (
    service,
    concern,
    whom,
    region,
    district,
    text,
    kind,
    delivery,
    day,
    who,
    represented,
    name,
    number,
)


def make_complaint_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    windows = (consent, refused, resume, leave, *QUESTION_WINDOWS, phone, *ENDING)
    return Dialog(*windows, on_start=opening.on_start)
