"""Buttons of reminders and the calendar commands. Button data is validated."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from bot.app.filters import PRIVATE
from bot.dialogs.filings.calendar.opening import open_calendar
from bot.dialogs.filings.forms import open_form
from bot.dialogs.filings.handlers import LATER, TOMORROW, open_filing, put_off
from bot.dialogs.filings.states import Filings
from bot.request_context import RequestContext
from bot.views.callbacks import FilingAction, FilingCallback
from bot.views.filings.names import FilingNames
from reminders.actions import SnoozeReminder
from reminders.queries import FilingQueries

_WINDOWS = {
    FilingAction.OPEN: Filings.card,
    FilingAction.SUBMIT: Filings.day,
    FilingAction.WAIVE: Filings.why,
}


@inject
async def window(
    callback: CallbackQuery,
    callback_data: FilingCallback,
    dialog_manager: DialogManager,
    queries: FromDishka[FilingQueries],
) -> None:
    await queries.get(callback.from_user.id, callback_data.number)
    await open_filing(dialog_manager, callback_data.number, _WINDOWS[callback_data.action])
    await callback.answer()


@inject
async def later(
    callback: CallbackQuery,
    callback_data: FilingCallback,
    context: RequestContext,
    snooze: FromDishka[SnoozeReminder],
) -> None:
    days = TOMORROW if callback_data.action is FilingAction.TOMORROW else LATER
    await put_off(callback, context, snooze, callback_data.number, days)


@inject
async def form(
    callback: CallbackQuery,
    callback_data: FilingCallback,
    dialog_manager: DialogManager,
    queries: FromDishka[FilingQueries],
    names: FromDishka[FilingNames],
) -> None:
    filing = await queries.get(callback.from_user.id, callback_data.number)
    await open_form(dialog_manager, names.obligations.get(filing.obligation), filing)
    await callback.answer()


@inject
async def calendar_callback(
    callback: CallbackQuery,
    context: RequestContext,
    dialog_manager: DialogManager,
    queries: FromDishka[FilingQueries],
) -> None:
    opened = await open_calendar(dialog_manager, queries)
    await callback.answer(None if opened else context.plain("calendar.no_role"), show_alert=not opened)


@inject
async def calendar(
    message: Message,
    command: CommandObject,
    context: RequestContext,
    dialog_manager: DialogManager,
    queries: FromDishka[FilingQueries],
) -> None:
    """Open the person's calendar, or that of the organisation whose code follows the command."""
    if not await open_calendar(dialog_manager, queries, (command.args or "").strip()):
        await message.answer(context.html("calendar.no_role"))


def make_router() -> Router:
    router = Router(name="filings")
    router.message.register(calendar, PRIVATE, Command("calendar"))
    router.callback_query.register(window, FilingCallback.filter(F.action.in_(set(_WINDOWS))))
    put_off_actions = {FilingAction.TOMORROW, FilingAction.LATER}
    router.callback_query.register(later, FilingCallback.filter(F.action.in_(put_off_actions)))
    router.callback_query.register(form, FilingCallback.filter(F.action == FilingAction.FORM))
    router.callback_query.register(
        calendar_callback, FilingCallback.filter(F.action == FilingAction.CALENDAR)
    )
    return router
