"""Data of the calculator's windows."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject
from sqlalchemy.ext.asyncio import AsyncSession

from bot.dialogs.deadlines.choice import Choice, chosen_group
from bot.request_context import RequestContext
from bot.views.deadlines.calculation import CalculationView, DueDateCalculation
from bot.views.text import shorten
from deadlines.due import due
from deadlines.errors import DeadlineError
from deadlines.queries import LiveCalendar
from deadlines.terms import TermKind
from knowledge.term_catalogue import TermCatalogue, TermGroup


async def get_groups(context: RequestContext, **_: object) -> dict[str, Any]:
    return {"groups": [(group.value, context.plain(f"deadline.group_{group.value}")) for group in TermGroup]}


@inject
async def get_rules(
    dialog_manager: DialogManager, context: RequestContext, terms: FromDishka[TermCatalogue], **_: object
) -> dict[str, Any]:
    group = chosen_group(dialog_manager)
    return {
        "group": context.plain(f"deadline.group_{group.value}"),
        "rules": [
            (record.rule, shorten(record.names.in_language(context.language)))
            for record in terms.of_group(group)
        ],
    }


@inject
async def get_term(
    dialog_manager: DialogManager, context: RequestContext, terms: FromDishka[TermCatalogue], **_: object
) -> dict[str, Any]:
    record = Choice.of(dialog_manager, terms).record
    return {
        "name": record.names.in_language(context.language),
        "event": record.event.in_language(context.language),
    }


@inject
async def get_result(
    dialog_manager: DialogManager,
    context: RequestContext,
    terms: FromDishka[TermCatalogue],
    live: FromDishka[LiveCalendar],
    session: FromDishka[AsyncSession],
    **_: object,
) -> dict[str, Any]:
    """The due date with its counting, or the engine's refusal."""
    choice = Choice.of(dialog_manager, terms)
    view = CalculationView(texts=context.texts, language=context.language)
    calendar = await live.current(session)
    try:
        text = view.text(
            DueDateCalculation(
                record=choice.record,
                due=due(choice.term, choice.event(context.now), calendar),
                calendar=calendar,
                acts=context.catalogue.acts,
                now=context.now,
            )
        )
    except DeadlineError as error:
        text = view.undated(choice.record, error, context.catalogue.acts)
    return {
        "text": text,
        "extend": context.plain("deadline.extend_button", days=choice.term.extension_up_to),
        "can_extend": bool(choice.term.extension_up_to) and not choice.extended,
        "is_extended": choice.extended,
        "has_moment": choice.term.kind is not TermKind.DUTY,
    }
