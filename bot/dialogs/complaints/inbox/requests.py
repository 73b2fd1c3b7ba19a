"""What the Code lets one ask: the citizen to complete the complaint, the body to show its materials."""

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button, Column, Group, Select, SwitchTo
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_number, as_one_of, complaint_of
from bot.dialogs.complaints.inbox.getters import full_case
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.parts import back_to
from bot.dialogs.widgets import Html, Label, Window, choice
from bot.request_context import RequestContext, context_of
from bot.views.complaints.complaint import send_document
from bot.views.complaints.completion_letter import completion_letter
from bot.views.complaints.official_case import today_of
from complaints.actions.completing import AskToComplete, ConfirmComplete
from complaints.actions.materials import ShowMaterials
from complaints.queries.cases import CaseQueries
from complaints.requests.rules import AT_HAND, RequestEnd, RequestKind, Requisite, completion_days
from complaints.staff_drafts.actions import ReplyDrafts
from complaints.staff_drafts.drafts import ReplyPurpose
from deadlines.store import LiveCalendar
from localisation.formats import day

DAYS_SHOWN = 10


async def on_lacking(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["lacking"] = []
    await manager.switch_to(Cases.lacking)


async def on_lack(_: CallbackQuery, __: Select[Any], manager: DialogManager, name: str) -> None:
    """Mark it, or take the mark back."""
    code, marked = as_one_of(Requisite, name).value, manager.dialog_data.setdefault("lacking", [])
    if code in marked:
        marked.remove(code)
    else:
        marked.append(code)


@inject
async def get_lacking(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    full, marked = await full_case(dialog_manager, context, queries), _marked(dialog_manager)
    labels = [
        (
            one.value,
            context.plain(
                "cases.lack_on" if one in marked else "cases.lack_off",
                name=context.plain(f"cases.lack_{one.value}"),
            ),
        )
        for one in Requisite
    ]
    return {"number": str(full.case.number), "lacks": labels, "has_any": bool(marked)}


@inject
async def get_complete_by(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[CaseQueries],
    live: FromDishka[LiveCalendar],
    **_: object,
) -> dict[str, Any]:
    case = (await full_case(dialog_manager, context, queries)).case
    calendar = await live.current(queries.context.session)
    days = completion_days(today_of(context), case.due_on, calendar)[:DAYS_SHOWN]
    return {
        "number": str(case.number),
        "due": case.due_on,
        "nothing": not days,
        "days": [(str(one.toordinal()), day(one, context.language)) for one in days],
    }


@inject
async def on_complete_by(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    chosen: str,
    ask: FromDishka[AskToComplete],
    queries: FromDishka[CaseQueries],
) -> None:
    """The citizen is told at once; for whoever complained on paper there is a letter to send."""
    case = await ask(callback.from_user.id, complaint_of(manager), _marked(manager), _day(chosen))
    context = context_of(manager)
    await manager.switch_to(Cases.case)
    if case.person is not None:
        await callback.answer(context.plain("cases.completion_said"))
        return
    asked = (await full_case(manager, context, queries)).request(RequestKind.COMPLETION)
    if asked is not None:
        await send_document(callback, await completion_letter(context, case, asked))
    await callback.answer(context.plain("cases.completion_noted"))
    manager.show_mode = ShowMode.SEND


@inject
async def on_completed(
    callback: CallbackQuery, _: Button, manager: DialogManager, confirm: FromDishka[ConfirmComplete]
) -> None:
    await confirm(callback.from_user.id, complaint_of(manager))
    await callback.answer(context_of(manager).plain("cases.completed_said"))
    await manager.switch_to(Cases.case)


@inject
async def on_give_back(
    callback: CallbackQuery, _: Button, manager: DialogManager, replies: FromDishka[ReplyDrafts]
) -> None:
    await replies.begin(callback.from_user.id, complaint_of(manager), ReplyPurpose.GIVE_BACK)
    await manager.switch_to(Cases.reply)


@inject
async def get_materials(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    full = await full_case(dialog_manager, context, queries)
    asked = full.request(RequestKind.MATERIALS)
    if asked is None:
        raise WindowOutdatedError
    return {
        "number": str(full.case.number),
        "due": asked.due_on,
        "ways": [(one.value, context.plain(f"cases.materials_{one.value}")) for one in AT_HAND],
        "may_send": full.case.person is not None,
    }


@inject
async def on_shown(
    callback: CallbackQuery, _: Select[Any], manager: DialogManager, way: str, show: FromDishka[ShowMaterials]
) -> None:
    await show(callback.from_user.id, complaint_of(manager), as_one_of(RequestEnd, way))
    await callback.answer(context_of(manager).plain("cases.materials_said"))
    await manager.switch_to(Cases.case)


@inject
async def on_send_materials(
    callback: CallbackQuery, _: Button, manager: DialogManager, replies: FromDishka[ReplyDrafts]
) -> None:
    await replies.begin(callback.from_user.id, complaint_of(manager), ReplyPurpose.MATERIALS)
    await manager.switch_to(Cases.reply)


def _marked(manager: DialogManager) -> list[Requisite]:
    return [as_one_of(Requisite, code) for code in manager.dialog_data.get("lacking") or []]


def _day(chosen: str) -> date:
    """Raises WindowOutdatedError for what is no day: button data comes from the client."""
    try:
        return date.fromordinal(as_number(chosen))
    except (ValueError, OverflowError):
        raise WindowOutdatedError from None


def make_windows() -> tuple[Window, ...]:
    """The windows of these requests, new for each dialog."""
    to_case = back_to(Cases.case, "case")
    lacking = Window(
        Html("cases.ask_lacking", "number"),
        Column(choice("lack", "lacks", on_lack)),
        SwitchTo(Label("cases.lacking_next"), id="next", state=Cases.complete_by, when="has_any"),
        to_case,
        state=Cases.lacking,
        getter=get_lacking,
    )
    complete_by = Window(
        Html("cases.ask_complete_by", "number", "due", "nothing"),
        Group(choice("day", "days", on_complete_by), width=2),
        back_to(Cases.lacking, "lacking"),
        state=Cases.complete_by,
        getter=get_complete_by,
    )
    materials = Window(
        Html("cases.ask_materials", "number", "due"),
        Column(choice("way", "ways", on_shown)),
        Button(Label("cases.materials_send"), id="send", on_click=on_send_materials, when="may_send"),
        to_case,
        state=Cases.materials,
        getter=get_materials,
    )
    return lacking, complete_by, materials
