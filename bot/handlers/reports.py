"""Entry points to reports: the command, and the button under the result of a spreadsheet."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from accounts.permissions import Action
from bot.app.filters import PRIVATE
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.reports.handlers import open_reports
from bot.request_context import RequestContext
from bot.views.callbacks import ReportCallback
from reports.context import ReportContext


@inject
async def report(
    message: Message,
    context: RequestContext,
    dialog_manager: DialogManager,
    report_context: FromDishka[ReportContext],
) -> None:
    if not await open_reports(dialog_manager, report_context):
        await message.answer(context.html("report.no_role"))


@inject
async def open_one(
    callback: CallbackQuery,
    callback_data: ReportCallback,
    dialog_manager: DialogManager,
    report_context: FromDishka[ReportContext],
) -> None:
    """Button data comes from the client: check in the database whose report it is."""
    found = await report_context.reports.get(callback_data.number)
    if found is None:
        raise WindowOutdatedError
    await report_context.check(callback.from_user.id, Action.FILE, found.subject)
    await open_reports(dialog_manager, report_context, found.subject)
    await callback.answer()


def make_router() -> Router:
    router = Router(name="reports")
    router.message.register(report, Command("report"), PRIVATE)
    router.callback_query.register(open_one, ReportCallback.filter())
    return router
