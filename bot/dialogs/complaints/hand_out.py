"""Messages sent beside a complaint's windows: its files and the counting of its due date."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram_dialog import DialogManager

from bot.dialogs.output import keep_window
from bot.request_context import RequestContext, context_of
from bot.views.complaints.complaint import ComplaintDocuments
from complaints.attachments.folder import FileFolder, FileMissingError
from complaints.case import ComplaintCase
from complaints.queries.cases import CaseQueries, FullCase
from complaints.tables import AttachmentRow

MOST_SENT = 20  # files per press, newest first: the next press brings those before them


def files_of(full: FullCase) -> Sequence[AttachmentRow]:
    """The files of the complaint and of its message thread."""
    return [*full.files, *(file for one in full.thread for file in one.files)]


@dataclass(frozen=True, slots=True)
class FileReader:
    queries: CaseQueries
    folder: FileFolder


async def hand_out_files(
    callback: CallbackQuery, full: FullCase, reader: FileReader, manager: DialogManager
) -> None:
    """Send files as documents, and say how many more there are."""
    message, files = callback.message, files_of(full)
    given = manager.dialog_data.get("files_given", {})
    left = len(files) - int(given.get(str(full.case.id), 0))
    left = left if left > 0 else len(files)
    keep_window(manager)
    if not isinstance(message, Message):
        return
    first = max(0, left - MOST_SENT)
    keys = await reader.queries.file_keys(files[first:left])
    for place, row in enumerate(files[first:left], start=first + 1):
        name = f"{full.case.number}-{place}.{row.type}"
        if row.name not in keys:
            raise FileMissingError
        content = await reader.folder.read(row.name, keys[row.name])
        await message.answer_document(BufferedInputFile(content, name))
    manager.dialog_data["files_given"] = {str(full.case.id): len(files) - first}
    if first:
        await message.answer(context_of(manager).html("my_complaints.more_files", count=first))


async def explain_due_date(
    callback: CallbackQuery, context: RequestContext, case: ComplaintCase, documents: ComplaintDocuments
) -> None:
    if isinstance(callback.message, Message):
        head = context.html("complaint.why_head", number=str(case.number))
        text = f"<b>{head}</b>\n\n{await documents.counting(context, case)}"
        await callback.message.answer(text)
