"""A complaint on paper: number and day of what is sent, its facts corrected, a wrong entry voided."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Column, Select, SwitchTo
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_one_of, complaint_of
from bot.dialogs.complaints.inbox.getters import full_case, get_number
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.day_input import past_day_input
from bot.dialogs.parts import ONLY_TEXT, back_to, text_input
from bot.dialogs.widgets import Html, Label, Window, choice
from bot.request_context import RequestContext, context_of
from complaints.actions.paper import CorrectPaper, PaperCorrection, VoidComplaint
from complaints.facts import ComplaintSource
from complaints.paper import VoidReason, read_register_number
from complaints.queries.cases import CaseQueries
from complaints.staff_drafts.actions import ReplyDrafts
from localisation.formats import day

OF_DAYS: Mapping[str | None, Callable[[date], PaperCorrection]] = {
    Cases.received.state: lambda on: PaperCorrection(received_on=on),
    Cases.answered_on.state: lambda on: PaperCorrection(answered_on=on),
}
OF_NUMBERS: Mapping[str | None, Callable[[str], PaperCorrection]] = {
    Cases.incoming.state: lambda number: PaperCorrection(incoming_number=number),
    Cases.new_outgoing.state: lambda number: PaperCorrection(outgoing_number=number),
}


@inject
async def on_outgoing(
    message: Message, _: MessageInput, manager: DialogManager, replies: FromDishka[ReplyDrafts]
) -> None:
    person, number = context_of(manager).person.telegram_id, read_register_number(message.text or "")
    await replies.change(person, complaint_of(manager), lambda draft: replace(draft, outgoing=number))
    await manager.switch_to(Cases.sent_on)


@inject
async def on_sent_on(
    _: Any, __: Any, manager: DialogManager, sent_on: date, replies: FromDishka[ReplyDrafts]
) -> None:
    person = context_of(manager).person.telegram_id
    await replies.change(person, complaint_of(manager), lambda draft: replace(draft, sent_on=sent_on))
    await manager.switch_to(Cases.confirm)


@inject
async def get_facts(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    case = (await full_case(dialog_manager, context, queries)).case
    missing = context.plain("register.not_told")
    return {
        "number": str(case.number),
        "source": context.plain(f"cases.source_{case.source.value}"),
        "received": day(case.registered_on, context.language),
        "incoming": case.incoming_number or missing,
        "answered": day(case.answered_on, context.language) if case.answered_on is not None else "",
        "outgoing": case.outgoing_number or missing,
        "was_answered": case.answered_on is not None,
    }


async def get_sources(context: RequestContext, **_: object) -> dict[str, Any]:
    return {
        "sources": [(one.value, context.plain(f"register.source_{one.value}")) for one in ComplaintSource]
    }


@inject
async def get_void_reasons(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    full = await full_case(dialog_manager, context, queries)
    reasons = [(one.value, context.plain(f"paper.choose_{one.value}")) for one in VoidReason]
    return {"number": str(full.case.number), "reasons": reasons}


@inject
async def on_source(
    _: CallbackQuery,
    __: Select[Any],
    manager: DialogManager,
    name: str,
    correct: FromDishka[CorrectPaper],
) -> None:
    await _correct(manager, correct, PaperCorrection(source=as_one_of(ComplaintSource, name)))


@inject
async def on_day(
    _: Any, __: Any, manager: DialogManager, on: date, correct: FromDishka[CorrectPaper]
) -> None:
    await _correct(manager, correct, OF_DAYS[manager.current_context().state.state](on))


@inject
async def on_number(
    message: Message, _: MessageInput, manager: DialogManager, correct: FromDishka[CorrectPaper]
) -> None:
    of_number = OF_NUMBERS[manager.current_context().state.state]
    await _correct(manager, correct, of_number(message.text or ""))


async def _correct(manager: DialogManager, correct: CorrectPaper, correction: PaperCorrection) -> None:
    await correct(context_of(manager).person.telegram_id, complaint_of(manager), correction)
    await manager.switch_to(Cases.facts)


@inject
async def on_void(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    name: str,
    void: FromDishka[VoidComplaint],
) -> None:
    await void(callback.from_user.id, complaint_of(manager), as_one_of(VoidReason, name))
    await callback.answer(context_of(manager).plain("paper.voided_said"))
    await manager.switch_to(Cases.case)


def _fact(state: State, key: str, *widgets: Any, getter: Any = None) -> Window:
    to_facts = back_to(Cases.facts, "facts")
    return Window(Html(f"paper.{key}"), *widgets, to_facts, state=state, getter=getter)


def _fact_days(state: State, key: str) -> Window:
    return _fact(state, key, *past_day_input(on_day))


def _fact_number(state: State, key: str) -> Window:
    return _fact(state, key, text_input(on_number), ONLY_TEXT)


def paper_windows() -> tuple[Window, ...]:
    to_confirm = back_to(Cases.confirm, "confirm")
    outgoing = Window(
        Html("paper.ask_outgoing", "number"),
        text_input(on_outgoing),
        ONLY_TEXT,
        to_confirm,
        state=Cases.outgoing,
        getter=get_number,
    )
    sent_on = Window(
        Html("paper.ask_sent_on", "number"),
        *past_day_input(on_sent_on),
        to_confirm,
        state=Cases.sent_on,
        getter=get_number,
    )
    source = _fact(
        Cases.source, "ask_source", Column(choice("source", "sources", on_source)), getter=get_sources
    )
    received = _fact_days(Cases.received, "ask_received")
    answered_on = _fact_days(Cases.answered_on, "ask_answered")
    incoming = _fact_number(Cases.incoming, "ask_incoming")
    new_outgoing = _fact_number(Cases.new_outgoing, "ask_new_outgoing")
    facts = (_facts(), source, received, incoming, answered_on, new_outgoing)
    return outgoing, sent_on, *facts, _void()


def _facts() -> Window:
    return Window(
        Html("paper.ask_fact", "number", "source", "received", "incoming", "answered", "outgoing"),
        SwitchTo(Label("paper.fact_source"), id="source", state=Cases.source),
        SwitchTo(Label("paper.fact_received"), id="received", state=Cases.received),
        SwitchTo(Label("paper.fact_incoming"), id="incoming", state=Cases.incoming),
        SwitchTo(Label("paper.fact_answered"), id="answered", state=Cases.answered_on, when="was_answered"),
        SwitchTo(Label("paper.fact_outgoing"), id="outgoing", state=Cases.new_outgoing, when="was_answered"),
        back_to(Cases.correct, "correct"),
        state=Cases.facts,
        getter=get_facts,
    )


def _void() -> Window:
    return Window(
        Html("paper.ask_void", "number"),
        Column(choice("void", "reasons", on_void)),
        back_to(Cases.correct, "correct"),
        state=Cases.void,
        getter=get_void_reasons,
    )
