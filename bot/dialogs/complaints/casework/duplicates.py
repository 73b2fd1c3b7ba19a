"""An official joins two complaints of one person about one service."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager
from aiogram_dialog.widgets.kbd import Button, Column, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_number, complaint_of, number_in
from bot.dialogs.complaints.casework.opening import on_start
from bot.dialogs.complaints.casework.states import Duplicates
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.parts import back_down, back_to
from bot.dialogs.widgets import Html, Label, Window, choice
from bot.request_context import RequestContext, context_of
from bot.views.complaints.complaint import service_name
from bot.views.complaints.official_case import label
from complaints.joining.actions import JoinComplaints, goes_on
from complaints.queries.cases import CaseQueries
from localisation.formats import day


async def on_other(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    manager.dialog_data["other"] = as_number(number)
    await manager.switch_to(Duplicates.sure)


@inject
async def on_join(
    callback: CallbackQuery, _: Button, manager: DialogManager, join: FromDishka[JoinComplaints]
) -> None:
    done = await join(callback.from_user.id, complaint_of(manager), number_in(manager, "other"))
    said = context_of(manager).plain(
        "casework.joined", number=str(done.joined.number), kept=str(done.kept.number)
    )
    await callback.answer(said, show_alert=True)
    await manager.done()


@inject
async def get_choose(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[CaseQueries],
    join: FromDishka[JoinComplaints],
    **_: object,
) -> dict[str, Any]:
    person, complaint = context.person.telegram_id, complaint_of(dialog_manager)
    case = (await queries.of_official(person, complaint)).case
    found = await join.candidates(person, complaint)
    return {
        "number": str(case.number),
        "service": service_name(context, case.service),
        "others": [(one.id, label(context, one)) for one in found],
    }


@inject
async def get_sure(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[CaseQueries],
    join: FromDishka[JoinComplaints],
    **_: object,
) -> dict[str, Any]:
    """Which of the two goes on, and until when. Raises WindowOutdatedError for no duplicate."""
    person, complaint = context.person.telegram_id, complaint_of(dialog_manager)
    case = (await queries.of_official(person, complaint)).case
    found = {one.id: one for one in await join.candidates(person, complaint)}
    other = found.get(number_in(dialog_manager, "other"))
    if other is None:
        raise WindowOutdatedError
    kept, joined = goes_on(case, other)
    return {
        "kept": str(kept.number),
        "number": str(joined.number),
        "due": day(kept.due_on, context.language),
    }


def make_duplicates_dialog() -> Dialog:
    choose = Window(
        Html("casework.duplicates", "number", "service", "others"),
        Column(choice("other", "others", on_other)),
        back_down(Duplicates.choose, "case"),
        state=Duplicates.choose,
        getter=get_choose,
    )
    sure = Window(
        Html("casework.join_sure", "number", "kept", "due"),
        Button(Label("casework.join_yes"), id="yes", on_click=on_join),
        back_to(Duplicates.choose, "choose"),
        state=Duplicates.sure,
        getter=get_sure,
    )
    return Dialog(choose, sure, on_start=on_start)
