"""Messages sent beside a complaint's windows: its files and the counting of its due date."""

from collections.abc import Sequence

from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.request_context import RequestContext
from bot.views.complaints.complaint import ComplaintDocuments
from complaints.attachments.folder import FileFolder
from complaints.case import ComplaintCase
from complaints.queries.cases import FullCase
from complaints.tables import AttachmentRow

MOST_SENT = 20  # files per answer, newest first


def files_of(full: FullCase) -> Sequence[AttachmentRow]:
    """The files of the complaint and of its message thread."""
    return [*full.files, *(file for one in full.thread for file in one.files)]


async def hand_out_files(callback: CallbackQuery, full: FullCase, folder: FileFolder) -> None:
    if isinstance(callback.message, Message):
        for place, row in enumerate(files_of(full)[-MOST_SENT:], start=1):
            name = f"{full.case.number}-{place}.{row.type}"
            await callback.message.answer_document(BufferedInputFile(await folder.read(row.name), name))


async def explain_due_date(
    callback: CallbackQuery, context: RequestContext, case: ComplaintCase, documents: ComplaintDocuments
) -> None:
    if isinstance(callback.message, Message):
        head = context.html("complaint.why_head", number=str(case.number))
        text = f"<b>{head}</b>\n\n{await documents.counting(context, case)}"
        await callback.message.answer(text)
