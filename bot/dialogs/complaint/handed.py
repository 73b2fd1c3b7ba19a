"""What a citizen is handed of a complaint that is registered: wherever a window shows it."""

from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.complaints.handing import tell_counting
from bot.complaints.papers import NamedFile, Papers
from bot.dialogs.chosen import complaint_of
from bot.dialogs.output import keep_window
from bot.request_context import context_of
from complaints.queries.own import OwnQueries


@inject
async def on_receipt(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    own: FromDishka[OwnQueries],
    papers: FromDishka[Papers],
) -> None:
    case = await own.case(callback.from_user.id, complaint_of(manager))
    await hand_out(callback, await papers.receipt(context_of(manager), case))
    keep_window(manager)


@inject
async def on_why(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    own: FromDishka[OwnQueries],
    papers: FromDishka[Papers],
) -> None:
    """Every day of the term with its reason, as a message of its own."""
    context = context_of(manager)
    case = await own.case(callback.from_user.id, complaint_of(manager))
    await tell_counting(callback, context, case, papers)
    keep_window(manager)


async def hand_out(callback: CallbackQuery, file: NamedFile) -> None:
    if isinstance(callback.message, Message):
        await callback.message.answer_document(BufferedInputFile(file.content, file.name))
