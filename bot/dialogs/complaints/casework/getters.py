"""What the window of a complaint shows besides its facts: notes, and whether there is something to join."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from bot.dialogs.chosen import complaint_of
from bot.request_context import RequestContext
from complaints.case import case_of
from complaints.joining.actions import JoinComplaints
from complaints.notes.notes import count_of


@inject
async def get_casework(
    dialog_manager: DialogManager, context: RequestContext, join: FromDishka[JoinComplaints], **_: object
) -> dict[str, Any]:
    """Stands after the getter that checks the right."""
    work, person = join.context, context.person.telegram_id
    case = case_of(await work.complaints.get(complaint_of(dialog_manager)))
    works = await work.allowed(person, Action.WORK_ON_COMPLAINTS, await work.staff(case.organisation))
    notes = await count_of(work, case.id)
    return {
        "noted": notes,
        "has_notes": bool(notes),
        "may_control": works and not case.forgotten,
        "may_note": works and not case.forgotten,
        "may_join": works and case.is_open and bool(await join.candidates(person, case.id)),
    }
