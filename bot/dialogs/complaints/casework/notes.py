"""An official writes notes about a complaint for colleagues: each message is one."""

from typing import Any

from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import complaint_of
from bot.dialogs.complaints.casework.opening import on_start
from bot.dialogs.complaints.casework.states import Notes
from bot.dialogs.parts import ONLY_TEXT, back_down, text_input
from bot.dialogs.widgets import Html, Window
from bot.request_context import RequestContext, context_of
from complaints.notes.notes import WriteNote, count_of
from complaints.queries.cases import CaseQueries


@inject
async def on_note(
    message: Message, _: MessageInput, manager: DialogManager, write: FromDishka[WriteNote]
) -> None:
    context = context_of(manager)
    await write(context.person.telegram_id, complaint_of(manager), message.text or "")
    await message.answer(context.html("casework.noted"))
    manager.show_mode = ShowMode.SEND


@inject
async def get_notes(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    full = await queries.of_official(context.person.telegram_id, complaint_of(dialog_manager))
    return {"number": str(full.case.number), "count": await count_of(queries.context, full.case.id)}


def make_notes_dialog() -> Dialog:
    write = Window(
        Html("casework.ask_note", "number", "count"),
        text_input(on_note),
        ONLY_TEXT,
        back_down(Notes.write, "case"),
        state=Notes.write,
        getter=get_notes,
    )
    return Dialog(write, on_start=on_start)
