"""Links from an organisation's window to its complaints, calendar and reports."""

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.errors import NotAllowedError
from bot.dialogs.chosen import organisation_of
from bot.dialogs.complaints.inbox.handlers import open_lists
from bot.dialogs.filings.calendar.opening import open_calendar
from bot.dialogs.reports.handlers import open_reports
from reminders.queries import FilingQueries
from reports.context import ReportContext


async def on_complaints(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_lists(manager, organisation_of(manager))


@inject
async def on_calendar(
    _: CallbackQuery, __: Button, manager: DialogManager, queries: FromDishka[FilingQueries]
) -> None:
    await open_calendar(manager, queries, organisation_of(manager))


@inject
async def on_reports(
    _: CallbackQuery, __: Button, manager: DialogManager, report_context: FromDishka[ReportContext]
) -> None:
    if not await open_reports(manager, report_context):
        raise NotAllowedError
