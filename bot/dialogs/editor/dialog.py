"""The editor queue: what the registry lacks, and facts reported as wrong."""

from collections.abc import Callable
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import (
    Button,
    ScrollingGroup,
    SwitchTo,
)

from bot.dialogs.editor import getters, handlers
from bot.dialogs.editor.approval import approval_window, informed_window
from bot.dialogs.editor.states import Editor
from bot.dialogs.parts import back_to, pager
from bot.dialogs.widgets import Html, Label, Window, choice

PAGES = "pages"


def listing(text: str, on_click: Callable[..., Any], state: State) -> Window:
    """A paginated list of open items, one button each."""
    return Window(
        Html(f"editor.{text}"),
        Html("editor.empty", when=getters.is_empty),
        ScrollingGroup(
            choice("item", "items", on_click, is_scrolled=True),
            id=f"{text}_{PAGES}",
            width=1,
            height=getters.ROWS,
            hide_pager=True,
        ),
        pager(f"{text}_{PAGES}", when=getters.has_pages),
        back_to(Editor.main),
        state=state,
        getter=getters.get_list,
    )


def one(
    text: Html, on_done: Callable[..., Any], back: State, place: tuple[State, Callable[..., Any]]
) -> Window:
    """One open item, to be marked as done."""
    state, getter = place
    return Window(
        text,
        Button(Label("editor.done"), id="done", on_click=on_done),
        back_to(back),
        state=state,
        getter=getter,
    )


def draft() -> Window:
    """A draft's new facts beside the card's old ones."""
    return Window(
        Html("editor.draft", "service", "is_new", "facts", "left"),
        Button(Label("editor.accept_button"), id="accept", on_click=handlers.on_draft_accepted),
        Button(Label("editor.drop_button"), id="drop", on_click=handlers.on_draft_dropped),
        back_to(Editor.drafts),
        state=Editor.draft,
        getter=getters.get_draft,
    )


def make_editor_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    main = Window(
        Html("editor.main", "questions", "facts", "stale", "wordings", "drafts"),
        SwitchTo(Label("editor.questions_button"), id="questions", state=Editor.questions),
        SwitchTo(Label("editor.facts_button"), id="facts", state=Editor.facts),
        SwitchTo(Label("editor.stale_button"), id="stale", state=Editor.stale_cards),
        SwitchTo(Label("editor.wordings_button"), id="wordings", state=Editor.wordings),
        SwitchTo(Label("editor.drafts_button"), id="drafts", state=Editor.drafts),
        state=Editor.main,
        getter=getters.get_queue,
    )
    question = Html("editor.question", "text", "count", "refused", "spoken", "last")
    fact = Html("editor.fact", "service", "text", "at")
    wording = Html("editor.wording", "service", "version", "source")
    return Dialog(
        main,
        listing("questions", handlers.on_question, Editor.questions),
        one(question, handlers.on_question_done, Editor.questions, (Editor.question, getters.get_question)),
        listing("facts", handlers.on_fact, Editor.facts),
        one(fact, handlers.on_fact_done, Editor.facts, (Editor.fact, getters.get_fact)),
        listing("stale", handlers.on_stale, Editor.stale_cards),
        Window(
            Html("editor.stale_card", "service", "reasons", "details"),
            back_to(Editor.stale_cards),
            state=Editor.stale_card,
            getter=getters.get_stale,
        ),
        listing("wordings", handlers.on_wording, Editor.wordings),
        one(wording, handlers.on_wording_done, Editor.wordings, (Editor.wording, getters.get_wording)),
        listing("drafts", handlers.on_draft, Editor.drafts),
        draft(),
        approval_window(),
        informed_window(),
    )
