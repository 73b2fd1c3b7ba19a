"""The ways into reports: the command, and the button under what came of a spreadsheet."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from accounts.permissions import Action
from bot.callbacks import ReportPress
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.report.handlers import open_reports
from bot.filters import PRIVATE
from bot.request_context import RequestContext
from reports.desk import ReportDesk


@inject
async def report(
    message: Message, context: RequestContext, dialog_manager: DialogManager, desk: FromDishka[ReportDesk]
) -> None:
    if not await open_reports(dialog_manager, desk):
        await message.answer(context.html("report.no_role"))


@inject
async def open_one(
    callback: CallbackQuery,
    callback_data: ReportPress,
    dialog_manager: DialogManager,
    desk: FromDishka[ReportDesk],
) -> None:
    """The number comes from the client: whose report it is, is asked of the database."""
    found = await desk.reports.get(callback_data.number)
    if found is None:
        raise WindowOutdatedError
    await desk.check(callback.from_user.id, Action.FILE, found.subject)
    await open_reports(dialog_manager, desk, found.subject)
    await callback.answer()


def make_router() -> Router:
    router = Router(name="reports")
    router.message.register(report, Command("report"), PRIVATE)
    router.callback_query.register(open_one, ReportPress.filter())
    return router
