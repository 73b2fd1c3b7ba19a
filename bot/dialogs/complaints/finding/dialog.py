"""Windows of the search, and of a coordinator's organisations below."""

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo

from bot.dialogs.complaints.casework.opening import on_start
from bot.dialogs.complaints.finding import getters, handlers
from bot.dialogs.complaints.finding.states import Bodies, FindCases
from bot.dialogs.complaints.submission.answers import on_search
from bot.dialogs.complaints.submission.getters import get_services
from bot.dialogs.parts import ONLY_TEXT, back_down, back_to, text_input
from bot.dialogs.widgets import Html, KeyedHtml, Label, Window, choice


def make_finding_dialog() -> Dialog:
    ask = Window(
        Html("finding.ask", "organisation", "reads", "most"),
        SwitchTo(Label("finding.by_service_button"), id="service", state=FindCases.service),
        text_input(handlers.on_typed),
        ONLY_TEXT,
        back_down(FindCases.ask, "lists"),
        state=FindCases.ask,
        getter=getters.get_ask,
    )
    service = Window(
        KeyedHtml("complaint"),
        Column(choice("service", "services", handlers.on_service)),
        text_input(on_search),
        ONLY_TEXT,
        back_to(FindCases.ask, "ask"),
        state=FindCases.service,
        getter=get_services,
    )
    found = Window(
        Html("finding.found", "how", "cases"),
        Column(choice("open", "buttons", handlers.on_case)),
        Row(
            Button(Label("cases.previous"), id="previous", on_click=handlers.on_previous, when="has_back"),
            Button(Label("cases.next"), id="next", on_click=handlers.on_next, when="has_next"),
        ),
        back_to(FindCases.ask, "ask"),
        state=FindCases.found,
        getter=getters.get_found,
    )
    return Dialog(ask, service, found, on_start=on_start)


def make_bodies_dialog() -> Dialog:
    listed = Window(
        Html("finding.bodies", "bodies"),
        Column(choice("body", "buttons", handlers.on_body)),
        back_down(Bodies.list, "lists"),
        state=Bodies.list,
        getter=getters.get_bodies,
    )
    why = Window(
        Html("finding.ask_body_reason", "body"),
        Column(choice("reason", "reasons", handlers.on_body_reason)),
        back_to(Bodies.list, "list"),
        state=Bodies.why,
        getter=getters.get_reasons,
    )
    return Dialog(listed, why, on_start=on_start)
