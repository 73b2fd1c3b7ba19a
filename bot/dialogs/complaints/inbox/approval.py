"""The head reads and approves an answer, or returns it with a note."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import complaint_of
from bot.dialogs.complaints.inbox.getters import full_case, get_number
from bot.dialogs.complaints.inbox.looking import on_look
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.parts import ONLY_TEXT, back_to, text_input
from bot.dialogs.widgets import Html, KeyedHtml, Label, Window
from bot.request_context import RequestContext, context_of
from complaints.approvals.actions import ApproveAnswer, ReturnAnswer
from complaints.approvals.queries import ApprovalQueries
from complaints.queries.cases import CaseQueries


@inject
async def get_approval(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[CaseQueries],
    approvals: FromDishka[ApprovalQueries],
    **_: object,
) -> dict[str, Any]:
    """Not a word of the answer: the head opens it, as what else is read of a complaint."""
    full = await full_case(dialog_manager, context, queries)
    if not full.awaits_head:
        raise WindowOutdatedError
    ready = await approvals.is_ready(context.person.telegram_id, full.case.id)
    return {"number": str(full.case.number), "ready": ready, "key": "window" if ready else "gone"}


@inject
async def on_approve(
    callback: CallbackQuery, _: Button, manager: DialogManager, approve: FromDishka[ApproveAnswer]
) -> None:
    await approve(callback.from_user.id, complaint_of(manager))
    await callback.answer(context_of(manager).plain("approval.approved_said"))
    await manager.switch_to(Cases.case)


@inject
async def on_note(
    message: Message, _: MessageInput, manager: DialogManager, send_back: FromDishka[ReturnAnswer]
) -> None:
    context = context_of(manager)
    await send_back(context.person.telegram_id, complaint_of(manager), message.text or "")
    await message.answer(context.html("approval.returned_said"))
    await manager.switch_to(Cases.case)


def approval_windows() -> tuple[Window, ...]:
    approval = Window(
        KeyedHtml("approval", values=("number",)),
        Button(Label("approval.read"), id="answer", on_click=on_look, when="ready"),
        Button(Label("approval.approve"), id="approve", on_click=on_approve, when="ready"),
        SwitchTo(Label("approval.return"), id="return", state=Cases.note),
        back_to(Cases.case, "case"),
        state=Cases.approval,
        getter=get_approval,
    )
    note = Window(
        Html("approval.ask_note", "number"),
        text_input(on_note),
        ONLY_TEXT,
        back_to(Cases.approval, "approval"),
        state=Cases.note,
        getter=get_number,
    )
    return approval, note
