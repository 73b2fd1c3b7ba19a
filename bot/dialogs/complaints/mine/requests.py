"""What the Code lets a citizen do besides: complete the complaint, see the materials of its case."""

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import complaint_of
from bot.request_context import RequestContext, context_of
from bot.views.complaints.complaint import lacking
from complaints.actions.materials import RequestMaterials
from complaints.lifecycle import LifecycleStep, may
from complaints.queries.cases import FullCase
from complaints.requests.rules import RequestKind


def request_lines(context: RequestContext, full: FullCase) -> dict[str, str]:
    """What is to be added to the complaint, and what the organisation has to show; empty where nothing."""
    completion, materials = full.request(RequestKind.COMPLETION), full.request(RequestKind.MATERIALS)
    return {
        "completion": context.plain(
            "my_complaints.completion",
            missing=", ".join(lacking(context, completion.missing)),
            complete_by=completion.complete_by,
        )
        if completion is not None and full.case.is_open
        else "",
        "materials": context.plain("my_complaints.materials_asked", due=materials.due_on)
        if materials is not None
        else "",
    }


def may_see_materials(full: FullCase) -> bool:
    """Whether the button is shown; the action checks again."""
    asks = may(full.case.state, LifecycleStep.ASK_MATERIALS) and full.request(RequestKind.MATERIALS) is None
    return asks and not full.case.forgotten


@inject
async def on_materials(
    callback: CallbackQuery, _: Button, manager: DialogManager, request: FromDishka[RequestMaterials]
) -> None:
    asked = await request(callback.from_user.id, complaint_of(manager))
    text = context_of(manager).plain("my_complaints.materials_sent", due=asked.due_on)
    await callback.answer(text, show_alert=True)
