"""/complaints: a citizen's own complaints, their state and possible actions."""

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo

from bot.dialogs.complaints.mine import getters, handlers, requests, self_filed
from bot.dialogs.complaints.mine.rating import on_rate, rating_windows
from bot.dialogs.complaints.mine.states import Mine
from bot.dialogs.complaints.submission import handed
from bot.dialogs.parts import MENU, ONLY_TEXT, back_down, back_to, text_input
from bot.dialogs.widgets import Html, KeyedHtml, Label, Window, choice

TO_LIST = back_to(Mine.list, "list")
TO_CASE = back_to(Mine.case, "case")

complaint_list = Window(
    Html("my_complaints.list", "cases", "more", "kept"),
    Column(choice("open", "buttons", handlers.on_open)),
    SwitchTo(Label("my_complaints.all", "count"), id="all", state=Mine.all, when="more"),
    Column(choice("kept", "kept_buttons", handlers.on_open_self_filed)),
    Button(Label("my_complaints.new"), id="new", on_click=handlers.on_new),
    MENU,
    state=Mine.list,
    getter=getters.get_list,
)

every_complaint = Window(
    Html("my_complaints.every", "count"),
    Column(choice("open", "buttons", handlers.on_open)),
    TO_LIST,
    state=Mine.all,
    getter=getters.get_all,
)

CASE = (
    *("number", "service", "kind", "organisation", "taken", "registered", "status", "left", "extended"),
    *(
        "follows",
        "completion",
        "materials",
        "chain",
        "forgotten",
        "earlier",
        "talk",
        "rated",
        "service_rated",
    ),
)


def link(key: str, name: str, when: str) -> SwitchTo:
    return SwitchTo(Label(f"my_complaints.{key}"), id=name, state=getattr(Mine, name), when=when)


case = Window(
    Html("my_complaints.case", *CASE),
    Row(
        Button(Label("my_complaints.solved"), id="solved", on_click=handlers.on_solved, when="may_judge"),
        link("not_solved", "not_solved", "may_judge"),
    ),
    link("agency", "agency", "may_go"),
    SwitchTo(Label("told.court_button"), id="court", state=Mine.court, when="to_court"),
    link("talk", "talk", "has_talk"),
    link("add", "adding", "may_add"),
    Button(Label("my_complaints.rate"), id="rate", on_click=on_rate, when="may_rate"),
    Button(Label("my_complaints.materials"), id="materials", on_click=requests.on_materials, when="may_see"),
    Button(Label("my_complaints.files"), id="files", on_click=handlers.on_files, when="has_files"),
    Button(Label("my_complaints.why"), id="why", on_click=handed.on_why),
    Button(Label("my_complaints.receipt"), id="receipt", on_click=handed.on_receipt, when="is_kept"),
    link("withdraw", "withdraw", "may_withdraw"),
    back_down(Mine.list, "list"),
    state=Mine.case,
    getter=getters.get_case,
)

talk = Window(
    Html("my_complaints.conversation", "number", "text", "talk"),
    TO_CASE,
    state=Mine.talk,
    getter=getters.get_talk,
)

adding = Window(
    Html("my_complaints.ask_add", "number"),
    SwitchTo(Label("my_complaints.done"), id="done", state=Mine.case),
    MessageInput(handlers.on_addition),
    state=Mine.adding,
    getter=getters.get_number,
)

withdraw = Window(
    Html("my_complaints.withdraw_sure", "number"),
    Button(Label("my_complaints.withdraw_yes"), id="yes", on_click=handlers.on_withdraw),
    TO_CASE,
    state=Mine.withdraw,
    getter=getters.get_number,
)

not_solved = Window(
    Html("my_complaints.not_solved_ask"),
    Button(Label("my_complaints.go_on"), id="yes", on_click=handlers.on_not_solved),
    text_input(handlers.on_not_solved_words),
    ONLY_TEXT,
    TO_CASE,
    state=Mine.not_solved,
)

agency = Window(
    KeyedHtml("my_complaints", values=("agency_here", "agency")),
    Button(Label("my_complaints.agency"), id="yes", on_click=handlers.on_agency, when="agency_here"),
    Button(Label("my_complaints.agency_text"), id="text", on_click=handlers.on_agency, when="text_only"),
    Button(Label("my_complaints.rate"), id="rate", on_click=on_rate, when="may_rate"),
    TO_CASE,
    state=Mine.agency,
    getter=getters.get_number,
)

court = Window(
    Html("my_complaints.to_court"),
    Button(Label("my_complaints.rate"), id="rate", on_click=on_rate, when="may_rate"),
    TO_CASE,
    state=Mine.court,
    getter=getters.get_number,
)

at_agency = Window(
    Html("my_complaints.at_agency", "number", "organisation", "due"),
    TO_CASE,
    state=Mine.at_agency,
    getter=getters.get_at_agency,
)

no_agency = Window(
    Html("my_complaints.no_agency", "assessor"),
    Button(Label("my_complaints.receipt"), id="receipt", on_click=handed.on_receipt),
    TO_CASE,
    state=Mine.no_agency,
    getter=getters.get_no_agency,
)


def make_my_complaints_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    questions = (adding, withdraw, not_solved, agency, court, at_agency, no_agency, *rating_windows())
    return Dialog(
        *(complaint_list, every_complaint, case, talk, *questions),
        *(self_filed.self_filed, self_filed.answered_on, self_filed.answer),
        on_start=handlers.on_start,
    )
