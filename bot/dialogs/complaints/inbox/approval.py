"""The head approves an answer or returns it with a note, which its author reads."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import complaint_of
from bot.dialogs.complaints.inbox.getters import full_case, get_number
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
    """The answer for the head while it waits; after its return, the note for who works on the case."""
    full = await full_case(dialog_manager, context, queries)
    person, number = context.person.telegram_id, str(full.case.number)
    empty: dict[str, Any] = dict.fromkeys(("outcome", "restored", "text", "note"), "")
    empty |= {"number": number, "files": 0, "waits": full.awaits_head, "ready": False}
    if full.is_returned:
        return empty | {"key": "note_shown", "note": await approvals.note(person, full.case.id)}
    if not full.awaits_head:
        raise WindowOutdatedError
    answer = await approvals.waiting(person, full.case.id)
    if answer is None or answer.draft.outcome is None:
        return empty | {"key": "gone"}
    draft = answer.draft
    return empty | {
        "key": "window",
        "ready": True,
        "outcome": context.plain(f"cases.outcome_{draft.outcome.value}") if draft.outcome else "",
        "restored": draft.how if draft.restored else "",
        "text": draft.text,
        "files": len(answer.files),
    }


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
        KeyedHtml("approval", values=("number", "outcome", "restored", "text", "files", "note")),
        Button(Label("approval.approve"), id="approve", on_click=on_approve, when="ready"),
        SwitchTo(Label("approval.return"), id="return", state=Cases.note, when="waits"),
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
