"""Buttons of a reminder, and the commands that open the calendar. What they carry is read again."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from bot.callbacks import FilingDeed, FilingPress
from bot.dialogs.calendar.opening import open_calendar
from bot.dialogs.filings.forms import open_form
from bot.dialogs.filings.handlers import LATER, TOMORROW, open_filing, put_off
from bot.dialogs.filings.states import Filings
from bot.filters import PRIVATE
from bot.request_context import RequestContext
from bot.views.filings.names import FilingNames
from reminders.actions import Snooze
from reminders.queries import FilingQueries

_WINDOWS = {
    FilingDeed.OPEN: Filings.card,
    FilingDeed.SUBMIT: Filings.day,
    FilingDeed.WAIVE: Filings.why,
}


@inject
async def window(
    callback: CallbackQuery,
    callback_data: FilingPress,
    dialog_manager: DialogManager,
    queries: FromDishka[FilingQueries],
) -> None:
    await queries.get(callback.from_user.id, callback_data.number)
    await open_filing(dialog_manager, callback_data.number, _WINDOWS[callback_data.deed])
    await callback.answer()


@inject
async def later(
    callback: CallbackQuery, callback_data: FilingPress, context: RequestContext, snooze: FromDishka[Snooze]
) -> None:
    days = TOMORROW if callback_data.deed is FilingDeed.TOMORROW else LATER
    await put_off(callback, context, snooze, callback_data.number, days)


@inject
async def form(
    callback: CallbackQuery,
    callback_data: FilingPress,
    dialog_manager: DialogManager,
    queries: FromDishka[FilingQueries],
    names: FromDishka[FilingNames],
) -> None:
    filing = await queries.get(callback.from_user.id, callback_data.number)
    await open_form(dialog_manager, names.obligations.get(filing.obligation), filing)
    await callback.answer()


@inject
async def calendar_press(
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
    """The person's calendar, or that of the organisation whose code he writes behind the command."""
    if not await open_calendar(dialog_manager, queries, (command.args or "").strip()):
        await message.answer(context.html("calendar.no_role"))


def make_router() -> Router:
    router = Router(name="filings")
    router.message.register(calendar, PRIVATE, Command("calendar"))
    router.callback_query.register(window, FilingPress.filter(F.deed.in_(set(_WINDOWS))))
    put_off_deeds = {FilingDeed.TOMORROW, FilingDeed.LATER}
    router.callback_query.register(later, FilingPress.filter(F.deed.in_(put_off_deeds)))
    router.callback_query.register(form, FilingPress.filter(F.deed == FilingDeed.FORM))
    router.callback_query.register(calendar_press, FilingPress.filter(F.deed == FilingDeed.CALENDAR))
    return router
