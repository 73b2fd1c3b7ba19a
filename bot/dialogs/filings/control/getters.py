"""Data of the windows on what a control event holds. Every getter checks the right again."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from bot.dialogs.chosen import number_in, organisation_of
from bot.dialogs.filings.control.place import ENTRY, kind_of, next_question
from bot.dialogs.filings.events.place import event_of
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import RequestContext
from bot.views.filings.control import ControlView
from bot.views.text import shorten
from complaints.numbers import ComplaintNumber
from kernel.period import Frequency, Period, period_of
from oversight.control.actions import ControlContext, quarters_around, right_to
from oversight.control.entries import (
    CODES,
    DONE_LATER,
    PUNISHED,
    ControlGround,
    ControlQuestion,
    EntryKind,
)

NUMBERS = {ControlQuestion.COUNT: (1, 2, 3), ControlQuestion.PEOPLE: (0, 1, 2, 3)}


@inject
async def get_card(
    dialog_manager: DialogManager,
    context: RequestContext,
    control: FromDishka[ControlContext],
    **_: object,
) -> dict[str, Any]:
    person, number = context.person.telegram_id, event_of(dialog_manager)
    event = await control.event(person, number, Action.SEE_FILINGS)
    details = await control.store.details(number)
    entries = await control.store.of_event(number)
    view = ControlView(context.texts, context.language)
    ground = details.ground.value if details.ground else ""
    may_file = await control.filings.guard.may(person, Action.FILE, event.organisation)
    return {
        "number": event.number,
        "object": event.object,
        "ground": context.plain(f"control.ground_{ground}") if ground else "",
        "complaint": str(ComplaintNumber.of(details.complaint)) if details.complaint else "",
        "questions": details.questions,
        "executors": details.executors,
        "lines": [view.line(one) for one in entries],
        "has_entries": bool(entries),
        "may_file": may_file,
        "may_ground": may_file and not event.planned,
    }


@inject
async def get_entries(
    dialog_manager: DialogManager,
    context: RequestContext,
    control: FromDishka[ControlContext],
    **_: object,
) -> dict[str, Any]:
    number = event_of(dialog_manager)
    await control.event(context.person.telegram_id, number, Action.SEE_FILINGS)
    view = ControlView(context.texts, context.language)
    entries = await control.store.of_event(number)
    return {"number": number, "entries": [(one.number, shorten(view.line(one))) for one in entries]}


@inject
async def get_kinds(
    dialog_manager: DialogManager,
    context: RequestContext,
    control: FromDishka[ControlContext],
    **_: object,
) -> dict[str, Any]:
    """Without the decision for those who do not head the body."""
    person = context.person.telegram_id
    event = await control.event(person, event_of(dialog_manager), Action.SEE_FILINGS)
    guard = control.filings.guard
    may = {
        one: await guard.may(person, one, event.organisation) for one in (Action.FILE, Action.LEAD_FILINGS)
    }
    kinds = [one for one in EntryKind if may[right_to(one)]]
    return {"kinds": [(one.value, context.plain(f"control.kind_{one.value}")) for one in kinds]}


@inject
async def get_question(
    dialog_manager: DialogManager,
    context: RequestContext,
    control: FromDishka[ControlContext],
    **_: object,
) -> dict[str, Any]:
    await control.event(context.person.telegram_id, event_of(dialog_manager), Action.SEE_FILINGS)
    kind, question = kind_of(dialog_manager), next_question(dialog_manager)
    if question is None:
        raise WindowOutdatedError
    view = ControlView(context.texts, context.language)
    codes = PUNISHED if question is ControlQuestion.WHO else CODES.get(kind, ())
    if question not in {ControlQuestion.WHO, ControlQuestion.CODE}:
        codes = ()
    options = view.options(codes)
    return {
        "key": view.question(kind, question),
        "options": options,
        "codes": [(code, shorten(line)) for code, line in zip(codes, options, strict=True)],
        "numbers": [(number, str(number)) for number in NUMBERS.get(question, ())],
    }


@inject
async def get_entry(
    dialog_manager: DialogManager,
    context: RequestContext,
    control: FromDishka[ControlContext],
    **_: object,
) -> dict[str, Any]:
    person = context.person.telegram_id
    entry = await control.store.get(number_in(dialog_manager, ENTRY))
    if entry is None:
        raise WindowOutdatedError
    event = await control.event(person, entry.event, Action.SEE_FILINGS)
    may = await control.filings.guard.may(person, right_to(entry.kind), event.organisation)
    view = ControlView(context.texts, context.language)
    return {
        "line": view.line(entry),
        "may_change": may,
        "may_mark": may and entry.kind in DONE_LATER,
    }


@inject
async def get_details(
    dialog_manager: DialogManager,
    context: RequestContext,
    control: FromDishka[ControlContext],
    **_: object,
) -> dict[str, Any]:
    number = event_of(dialog_manager)
    await control.event(context.person.telegram_id, number, Action.SEE_FILINGS)
    details = await control.store.details(number)
    grounds = [(one.value, context.plain(f"control.ground_{one.value}")) for one in ControlGround]
    return {"grounds": grounds, "questions": details.questions, "executors": details.executors}


@inject
async def get_recording(
    dialog_manager: DialogManager,
    context: RequestContext,
    control: FromDishka[ControlContext],
    **_: object,
) -> dict[str, Any]:
    person, code = context.person.telegram_id, organisation_of(dialog_manager)
    await control.filings.guard.check(person, Action.SEE_FILINGS, code)
    since = await control.store.recorded_since(code)
    may = await control.filings.guard.may(person, Action.LEAD_FILINGS, code)
    quarters = quarters_around(control.filings.today) if may else ()
    return {
        "since": _quarter(context, period_of(Frequency.QUARTER, since)) if since else "",
        "may_lead": may,
        "may_stop": may and since is not None,
        "quarters": [(one.code, _quarter(context, one)) for one in quarters],
    }


def _quarter(context: RequestContext, quarter: Period) -> str:
    return context.plain("filings.quarter", year=quarter.year, number=quarter.number)
