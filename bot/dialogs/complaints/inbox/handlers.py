"""Handlers of the officials' lists and complaints. The actions check the right; the windows only display."""

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.guard import Guard
from bot.dialogs.chosen import as_kind, as_number, as_one_of, complaint_of, organisation_of
from bot.dialogs.complaints.casework.states import Several
from bot.dialogs.complaints.entry.handlers import open_register
from bot.dialogs.complaints.hand_out import explain_due_date
from bot.dialogs.complaints.inbox.getters import ON_A_PAGE, full_case, visible_organisations
from bot.dialogs.complaints.inbox.place import days_of, key_of, list_of, turn_back, turn_to
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.opening import open_for_organisation, open_over, open_window
from bot.dialogs.output import keep_window
from bot.request_context import context_of
from bot.views.complaints.complaint import ComplaintDocuments
from complaints.actions.answering import CloseComplaint
from complaints.actions.extending import AskExtension, ConfirmExtensionNotice, DecideExtension
from complaints.actions.taking import AssignComplaint, TakeComplaint
from complaints.actions.working import CorrectComplaint
from complaints.facts import ExtensionReason, ServiceDelivery
from complaints.queries.cases import CaseQueries
from complaints.queries.inbox import InboxList, InboxQueries


async def open_inbox(manager: DialogManager, guard: Guard) -> bool:
    """Open the lists of the person's organisation; False if no role lets them see complaints."""
    codes = await visible_organisations(context_of(manager), guard)
    return await open_for_organisation(manager, codes, main=Cases.lists, choose=Cases.choose)


async def open_lists(manager: DialogManager, organisation: str) -> None:
    """Open the lists of one organisation; the getter checks the right."""
    await open_window(manager, Cases.lists, organisation=organisation)


async def on_start(data: Any, manager: DialogManager) -> None:
    if isinstance(data, dict):
        manager.dialog_data.update(data)


async def on_organisation(_: CallbackQuery, __: Select[Any], manager: DialogManager, code: str) -> None:
    manager.dialog_data["organisation"] = code
    await manager.switch_to(Cases.lists)


async def on_list(_: CallbackQuery, __: Select[Any], manager: DialogManager, name: str) -> None:
    manager.dialog_data.update({"list": as_one_of(InboxList, name).value, "keys": []})
    await manager.switch_to(Cases.page)


async def on_register(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_register(manager, organisation_of(manager))


@inject
async def on_next(
    callback: CallbackQuery, _: Button, manager: DialogManager, inbox: FromDishka[InboxQueries]
) -> None:
    code, which = organisation_of(manager), list_of(manager)
    page = await inbox.page(callback.from_user.id, code, which, after=key_of(manager), size=ON_A_PAGE)
    if page.next is not None:
        turn_to(manager, page.next)


async def on_previous(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn_back(manager)


async def on_several(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    which = {"organisation": organisation_of(manager), "list": list_of(manager).value}
    await open_over(manager, Several.pick, show_mode=ShowMode.AUTO, **which)


async def on_case(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    manager.dialog_data["complaint"] = as_number(number)
    await manager.switch_to(Cases.case)


@inject
async def on_take(
    callback: CallbackQuery, _: Button, manager: DialogManager, take: FromDishka[TakeComplaint]
) -> None:
    await take(callback.from_user.id, complaint_of(manager))


@inject
async def on_person(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    to: str,
    assign: FromDishka[AssignComplaint],
) -> None:
    await assign(callback.from_user.id, complaint_of(manager), as_number(to))
    await manager.switch_to(Cases.case)


async def on_days(_: CallbackQuery, __: Select[Any], manager: DialogManager, days: str) -> None:
    manager.dialog_data["days"] = as_number(days)
    await manager.switch_to(Cases.reason)


@inject
async def on_reason(
    callback: CallbackQuery, _: Select[Any], manager: DialogManager, name: str, ask: FromDishka[AskExtension]
) -> None:
    reason = as_one_of(ExtensionReason, name)
    case = await ask(callback.from_user.id, complaint_of(manager), days_of(manager), reason)
    await _confirmed(
        callback, manager, "cases.extended_said" if case.extended_by else "cases.extension_asked"
    )


@inject
async def on_decide(
    callback: CallbackQuery, button: Button, manager: DialogManager, decide: FromDishka[DecideExtension]
) -> None:
    approve = button.widget_id == "approve"
    await decide(callback.from_user.id, complaint_of(manager), approve=approve)
    await _confirmed(callback, manager, "cases.extended_said" if approve else "cases.extension_refused")


@inject
async def on_citizen_notified(
    callback: CallbackQuery, _: Button, manager: DialogManager, confirm: FromDishka[ConfirmExtensionNotice]
) -> None:
    await confirm(callback.from_user.id, complaint_of(manager))
    await _confirmed(callback, manager, "cases.told_said")


@inject
async def on_close(
    callback: CallbackQuery, _: Button, manager: DialogManager, close: FromDishka[CloseComplaint]
) -> None:
    await close(callback.from_user.id, complaint_of(manager))
    await _confirmed(callback, manager, "cases.closed_said")


@inject
async def on_kind(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    name: str,
    correct: FromDishka[CorrectComplaint],
) -> None:
    await correct(callback.from_user.id, complaint_of(manager), kind=as_kind(name))
    await manager.switch_to(Cases.correct)


@inject
async def on_delivery(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    name: str,
    correct: FromDishka[CorrectComplaint],
) -> None:
    await correct(callback.from_user.id, complaint_of(manager), delivery=as_one_of(ServiceDelivery, name))
    await manager.switch_to(Cases.correct)


@inject
async def on_service(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    slug: str,
    correct: FromDishka[CorrectComplaint],
) -> None:
    await correct(callback.from_user.id, complaint_of(manager), service=slug)
    await manager.switch_to(Cases.correct)


@inject
async def on_why(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    queries: FromDishka[CaseQueries],
    documents: FromDishka[ComplaintDocuments],
) -> None:
    context = context_of(manager)
    case = (await full_case(manager, context, queries)).case
    await explain_due_date(callback, context, case, documents)
    keep_window(manager)


async def _confirmed(
    callback: CallbackQuery, manager: DialogManager, key: str, back: State = Cases.case
) -> None:
    await callback.answer(context_of(manager).plain(key))
    await manager.switch_to(back)
