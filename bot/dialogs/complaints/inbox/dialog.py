"""The officials' inbox: lists by due date, a complaint with its actions, and the reply."""

from collections.abc import Callable
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import Dialog
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Group, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.dialogs.complaints.casework.buttons import CONTROL, HISTORY_AND_JOINING, NOTE, OF_LISTS, TEMPLATES
from bot.dialogs.complaints.casework.getters import get_casework
from bot.dialogs.complaints.inbox import getters, handlers, looking, replying, requests
from bot.dialogs.complaints.inbox.approval import approval_windows
from bot.dialogs.complaints.inbox.hearing import hearing_windows
from bot.dialogs.complaints.inbox.paper import paper_windows
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.complaints.submission.answers import on_search
from bot.dialogs.complaints.submission.getters import get_found_services
from bot.dialogs.parts import MENU, ONLY_TEXT, back_down, back_to, text_input
from bot.dialogs.widgets import Html, KeyedHtml, Label, Window, choice

TO_LISTS = back_to(Cases.lists, "lists")
TO_PAGE = back_down(Cases.page, "page")
TO_CASE = back_to(Cases.case, "case")
TO_CORRECT = back_to(Cases.correct, "correct")
FACTS = (
    *("number", "state", "service", "kind", "delivery", "source", "who", "entered"),
    *("registered", "place", "happened"),
    *("due", "left", "extended", "pending", "completion", "materials", "notes"),
    *("holder", "chain", "text", "files", "said", "noted", "stars", "service_stars"),
)
REPLY = ("number", "purpose", "hint", "body", "outcome", "restored", "text", "length", "files", "coming")
CONFIRM = (*REPLY, "appeal", "on_paper", "asks_mark", "outgoing", "sent_on")


def action(name: str, on_click: Callable[..., Any], when: str) -> Button:
    return Button(Label(f"cases.{name}"), id=name, on_click=on_click, when=when)


def link(name: str, state: State, when: str) -> SwitchTo:
    return SwitchTo(Label(f"cases.{name}"), id=name, state=state, when=when)


def chosen(state: State, key: str, name: str, on_click: Callable[..., Any], **more: Any) -> Window:
    """A question with a button per answer; `more`: items, getter, values, back, width, inputs."""
    buttons = Group(choice(name, more["items"], on_click), width=more.get("width", 1))
    text = Html(f"cases.{key}", *more.get("values", ()))
    widgets = (text, buttons, *more.get("inputs", ()), more.get("back", TO_CASE))
    return Window(*widgets, state=state, getter=more["getter"])


choose = Window(
    Html("officials.choose"),
    Column(choice("code", "organisations", handlers.on_organisation)),
    state=Cases.choose,
    getter=getters.get_choice,
)

lists = Window(
    Html("cases.lists", "organisation"),
    Group(choice("list", "lists", handlers.on_list), width=2),
    *OF_LISTS,
    Button(Label("cases.register"), id="register", on_click=handlers.on_register, when="may_register"),
    back_down(Cases.lists, "down", when="is_over"),
    MENU,
    state=Cases.lists,
    getter=getters.get_lists,
)

page = Window(
    Html("cases.page", "title", "cases"),
    Column(choice("open", "buttons", handlers.on_case)),
    Row(
        Button(Label("cases.previous"), id="previous", on_click=handlers.on_previous, when="has_back"),
        Button(Label("cases.next"), id="next", on_click=handlers.on_next, when="has_next"),
    ),
    Button(Label("casework.several_button"), id="several", on_click=handlers.on_several, when="may_give"),
    TO_LISTS,
    state=Cases.page,
    getter=getters.get_page,
)

case = Window(
    Html("cases.case", *FACTS),
    action("take", handlers.on_take, "may_take"),
    action("answer", replying.on_answer, "may_answer"),
    SwitchTo(Label("approval.open"), id="approval", state=Cases.approval, when="may_approve"),
    Button(Label("approval.open_note"), id="returned", on_click=looking.on_look, when="may_read_note"),
    Row(
        action("ask", replying.on_ask, "may_ask"),
        link("extend", Cases.days, "may_extend"),
    ),
    Row(
        action("approve", handlers.on_decide, "may_decide"),
        action("refuse", handlers.on_decide, "may_decide"),
    ),
    action("tell", handlers.on_citizen_notified, "may_tell"),
    action("lacking", requests.on_lacking, "may_complete"),
    Row(
        action("completed", requests.on_completed, "may_confirm"),
        action("give_back", requests.on_give_back, "may_return"),
    ),
    link("materials", Cases.materials, "may_show"),
    Row(
        link("assign", Cases.people, "may_assign"),
        action("pass_on", replying.on_pass, "may_pass"),
    ),
    Row(
        link("hearing", Cases.hearing, "may_hear"),
        link("correct", Cases.correct, "may_correct"),
    ),
    action("close", handlers.on_close, "may_close"),
    Row(
        action("read", looking.on_look, "has_words"),
        action("files", looking.on_look, "has_files"),
    ),
    Button(Label("paper.sheet"), id="sheet", on_click=looking.on_look, when="has_paper"),
    Row(action("notes", looking.on_look, "has_notes"), NOTE),
    HISTORY_AND_JOINING,
    CONTROL,
    Row(
        action("look", looking.on_look, "may_look"),
        Button(Label("my_complaints.why"), id="why", on_click=handlers.on_why),
    ),
    TO_PAGE,
    state=Cases.case,
    getter=(getters.get_case, get_casework),
)

bodies = Window(
    Html("cases.ask_body", "number", "nothing", "term"),
    Column(choice("body", "bodies", replying.on_body)),
    text_input(replying.on_body_search),
    ONLY_TEXT,
    TO_CASE,
    state=Cases.bodies,
    getter=getters.get_bodies,
)

correct = Window(
    Html("cases.ask_correct", "number", "service", "kind", "delivery"),
    SwitchTo(Label("cases.correct_service"), id="service", state=Cases.service),
    SwitchTo(Label("cases.correct_kind"), id="kind", state=Cases.kind),
    SwitchTo(Label("cases.correct_delivery"), id="delivery", state=Cases.delivery),
    SwitchTo(Label("paper.facts"), id="facts", state=Cases.facts, when="on_paper"),
    SwitchTo(Label("paper.void"), id="void", state=Cases.void, when="may_void"),
    TO_CASE,
    state=Cases.correct,
    getter=getters.get_correct,
)

service = Window(
    KeyedHtml("complaint"),
    Column(choice("service", "services", handlers.on_service)),
    text_input(on_search),
    ONLY_TEXT,
    TO_CORRECT,
    state=Cases.service,
    getter=get_found_services,
)

restored = Window(
    Html("cases.ask_restored"),
    Row(
        Button(Label("cases.restored_yes"), id="yes", on_click=replying.on_restored),
        Button(Label("cases.restored_no"), id="no", on_click=replying.on_restored),
    ),
    MessageInput(replying.on_early_words),
    TO_CASE,
    state=Cases.restored,
)

how = Window(
    Html("cases.ask_how"),
    text_input(replying.on_how),
    ONLY_TEXT,
    TO_CASE,
    state=Cases.how,
)

reply = Window(
    Html("cases.reply", *REPLY),
    SwitchTo(Label("cases.read_again"), id="confirm", state=Cases.confirm, when="has_content"),
    Row(
        SwitchTo(Label("cases.change_outcome"), id="outcome", state=Cases.outcome, when="is_answer"),
        Button(Label("cases.clear"), id="clear", on_click=replying.on_clear, when="has_any"),
    ),
    TEMPLATES,
    MessageInput(replying.on_words),
    TO_CASE,
    state=Cases.reply,
    getter=replying.get_reply,
)

confirm = Window(
    Html("cases.confirm", *CONFIRM),
    Button(Label("paper.sheet"), id="sheet", on_click=looking.on_look, when="has_sheet"),
    SwitchTo(Label("paper.outgoing"), id="outgoing", state=Cases.outgoing, when="asks_mark"),
    Button(Format("{send_label}"), id="send", on_click=replying.on_send, when="ready"),
    SwitchTo(Label("cases.write_on"), id="reply", state=Cases.reply),
    MessageInput(replying.on_early_words),
    TO_CASE,
    state=Cases.confirm,
    getter=replying.get_reply,
)


def make_cases_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    people = chosen(
        Cases.people,
        "ask_person",
        "person",
        handlers.on_person,
        items="people",
        getter=getters.get_people,
        values=("number",),
    )
    days = chosen(
        Cases.days,
        "ask_days",
        "days",
        handlers.on_days,
        items="days",
        getter=getters.get_days,
        values=("number", "most"),
        width=5,
    )
    reason = chosen(
        Cases.reason,
        "ask_reason",
        "reason",
        handlers.on_reason,
        items="reasons",
        getter=getters.get_reasons,
        values=("days",),
    )
    kind = chosen(
        Cases.kind,
        "ask_kind",
        "kind",
        handlers.on_kind,
        items="kinds",
        getter=getters.get_kinds,
        back=TO_CORRECT,
    )
    delivery = chosen(
        Cases.delivery,
        "ask_delivery",
        "delivery",
        handlers.on_delivery,
        items="deliveries",
        getter=getters.get_deliveries,
        back=TO_CORRECT,
    )
    outcome = chosen(
        Cases.outcome,
        "ask_outcome",
        "outcome",
        replying.on_outcome,
        items="outcomes",
        getter=replying.get_outcomes,
        inputs=(MessageInput(replying.on_early_words),),
    )
    why = chosen(
        Cases.why,
        "ask_look",
        "reason",
        looking.on_look_reason,
        items="reasons",
        getter=getters.get_look_reasons,
        values=("number",),
    )
    reading = (choose, lists, page, case, why)
    working = (people, bodies, days, reason, correct, kind, delivery, service)
    deciding = (*hearing_windows(), *approval_windows(), *paper_windows(), *requests.make_windows())
    answering = (outcome, restored, how, reply, confirm)
    return Dialog(*reading, *working, *deciding, *answering, on_start=handlers.on_start)
