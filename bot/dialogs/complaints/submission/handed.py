"""Documents and explanations of a registered complaint, shared by all windows that show one."""

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import complaint_of
from bot.dialogs.complaints.hand_out import explain_due_date
from bot.dialogs.output import keep_window, message_of
from bot.request_context import context_of
from bot.views.complaints.complaint import ComplaintDocuments
from bot.views.complaints.paper import PrintedComplaint, send_paper
from complaints.queries.mine import OwnQueries


@inject
async def on_receipt(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    own: FromDishka[OwnQueries],
    documents: FromDishka[ComplaintDocuments],
) -> None:
    case = await own.case(callback.from_user.id, complaint_of(manager))
    context = context_of(manager)
    name = context.plain("complaint.file_receipt", number=str(case.number))
    document = await documents.receipt_document(context, case)
    await send_paper(message_of(callback), PrintedComplaint(document=document, name=name))
    keep_window(manager)


@inject
async def on_why(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    own: FromDishka[OwnQueries],
    documents: FromDishka[ComplaintDocuments],
) -> None:
    """Send the day-by-day counting of the term as a separate message."""
    context = context_of(manager)
    case = await own.case(callback.from_user.id, complaint_of(manager))
    await explain_due_date(callback, context, case, documents)
    keep_window(manager)
