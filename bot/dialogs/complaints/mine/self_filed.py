"""A complaint that was handed in elsewhere: its answer or silence, and the text to the Agency's body."""

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import number_in, text_in
from bot.dialogs.complaints.mine.states import Mine
from bot.dialogs.day_input import past_day_input
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.output import keep_window, message_of
from bot.dialogs.parts import ONLY_TEXT, back_to, text_input
from bot.dialogs.widgets import Html, Label, Window
from bot.request_context import RequestContext, context_of
from bot.views.complaints.agency_text import agency_text_of_self_filed
from bot.views.complaints.complaint import organisation_name, service_name
from bot.views.complaints.paper import send_paper
from bot.views.complaints.status import days_left
from complaints.actions.self_filed import RecordSelfFiledAnswer, SelfFiledComplaint, StopTracking
from complaints.queries.mine import MyComplaints
from complaints.queries.routes import HeldRegistry, RouteQueries
from complaints.terms import Rule
from deadlines.store import LiveCalendar
from kernel.clock import almaty_date
from localisation.formats import day


async def tracked(manager: DialogManager, my_complaints: MyComplaints) -> SelfFiledComplaint:
    """Raises WindowOutdatedError where the person tracks it no more."""
    person, number = context_of(manager).person.telegram_id, number_in(manager, "kept")
    found = [one for one in await my_complaints.self_filed(person) if one.id == number]
    if not found:
        raise WindowOutdatedError
    return found[0]


@inject
async def get_self_filed(
    dialog_manager: DialogManager,
    context: RequestContext,
    my_complaints: FromDishka[MyComplaints],
    live: FromDishka[LiveCalendar],
    **_: object,
) -> dict[str, Any]:
    one, today = await tracked(dialog_manager, my_complaints), almaty_date(context.now)
    calendar = await live.current(my_complaints.context.session)
    silent, at_agency = one.is_silent(today), one.rule is Rule.AUTHORITY
    is_over = silent or one.answered_on is not None
    return {
        "service": service_name(context, one.service),
        "organisation": organisation_name(context, one.organisation) if one.organisation else "",
        "filed": day(one.filed_on, context.language),
        "left": "" if one.answered_on else days_left(context, one.due_on, today, calendar),
        "answered": day(one.answered_on, context.language) if one.answered_on else "",
        "silent": silent,
        "at_agency": at_agency,
        "waits": one.answered_on is None,
        "goes_on": is_over and not at_agency,
        "to_court": is_over and at_agency,
    }


@inject
async def on_no_answer(
    callback: CallbackQuery, _: Button, manager: DialogManager, my_complaints: FromDishka[MyComplaints]
) -> None:
    """Silence is no refusal while the term runs."""
    context, one = context_of(manager), await tracked(manager, my_complaints)
    if not one.is_silent(almaty_date(context.now)):
        due = day(one.due_on, context.language)
        await callback.answer(context.plain("my_complaints.term_runs", due=due), show_alert=True)
        keep_window(manager)
    elif one.rule is Rule.AUTHORITY:
        await manager.switch_to(Mine.court)
    else:
        await _hand_out(callback, manager, my_complaints, one)


@inject
async def on_agency_text(
    callback: CallbackQuery, _: Button, manager: DialogManager, my_complaints: FromDishka[MyComplaints]
) -> None:
    await _hand_out(callback, manager, my_complaints, await tracked(manager, my_complaints))


async def _hand_out(
    callback: CallbackQuery, manager: DialogManager, my_complaints: MyComplaints, one: SelfFiledComplaint
) -> None:
    """The paper to the Agency's body, and where to hand it in; says so where the words are gone."""
    context = context_of(manager)
    body = await my_complaints.self_filed_body(callback.from_user.id, one.id)
    keep_window(manager)
    if body is None:
        await callback.answer(context.plain("my_complaints.body_gone"), show_alert=True)
        return
    routes = RouteQueries(my_complaints.context.session, HeldRegistry(context.catalogue))
    agency = await routes.assessor(body.draft)
    name = agency.names.in_language(context.language) if agency is not None else ""
    message = message_of(callback)
    code = agency.code if agency is not None else None
    await send_paper(message, agency_text_of_self_filed(context, one, body, code))
    await message.answer(context.html("my_complaints.no_agency_self_filed", assessor=name))


@inject
async def on_answered_day(
    _: Any, __: Any, manager: DialogManager, answered: date, record: FromDishka[RecordSelfFiledAnswer]
) -> None:
    await record(context_of(manager).person.telegram_id, number_in(manager, "kept"), answered)
    manager.dialog_data["answered"] = answered.isoformat()
    await manager.switch_to(Mine.answer)


@inject
async def on_answer_words(
    message: Message, _: MessageInput, manager: DialogManager, record: FromDishka[RecordSelfFiledAnswer]
) -> None:
    person = context_of(manager).person.telegram_id
    answered = date.fromisoformat(text_in(manager, "answered"))
    await record(person, number_in(manager, "kept"), answered, message.text)
    await manager.switch_to(Mine.self_filed)


@inject
async def on_stop(
    callback: CallbackQuery, _: Button, manager: DialogManager, stop: FromDishka[StopTracking]
) -> None:
    await stop(callback.from_user.id, number_in(manager, "kept"))
    await manager.switch_to(Mine.list)


self_filed = Window(
    Html("my_complaints.kept", "service", "organisation", "filed", "left", "answered", "silent", "at_agency"),
    SwitchTo(Label("my_complaints.answered"), id="answered", state=Mine.answered_on, when="waits"),
    Button(Label("my_complaints.no_answer"), id="no_answer", on_click=on_no_answer, when="waits"),
    Button(Label("my_complaints.agency_text"), id="agency", on_click=on_agency_text, when="goes_on"),
    SwitchTo(Label("told.court_button"), id="court", state=Mine.court, when="to_court"),
    Button(Label("my_complaints.stop"), id="stop", on_click=on_stop),
    back_to(Mine.list, "list"),
    state=Mine.self_filed,
    getter=get_self_filed,
)

answered_on = Window(
    Html("my_complaints.ask_answered_on"),
    *past_day_input(on_answered_day),
    back_to(Mine.self_filed, "self_filed"),
    state=Mine.answered_on,
)

answer = Window(
    Html("my_complaints.ask_answer"),
    SwitchTo(Label("my_complaints.done"), id="done", state=Mine.self_filed),
    text_input(on_answer_words),
    ONLY_TEXT,
    state=Mine.answer,
)
