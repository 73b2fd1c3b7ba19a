"""Open the calendar of the person's only organisation, or let them choose one."""

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from bot.dialogs.filings.calendar.states import Calendar
from bot.dialogs.opening import open_for_organisation, open_window
from bot.request_context import context_of
from reminders.queries import FilingQueries


async def open_calendar(manager: DialogManager, queries: FilingQueries, code: str = "") -> bool:
    """Open the calendar of `code` or of the person's own organisation; False if they have none.

    An administrator, who has no filings, sees the repealed obligations instead.
    """
    context = context_of(manager)
    person = context.person.telegram_id
    codes = [code] if code else await queries.own_codes(person)
    if await open_for_organisation(manager, codes, main=Calendar.main, choose=Calendar.choose):
        return True
    if not await queries.guard.may(person, Action.SWITCH_OBLIGATIONS):
        return False
    await open_window(manager, Calendar.switches)
    return True


@inject
async def on_calendar(
    callback: CallbackQuery, _: Button, manager: DialogManager, queries: FromDishka[FilingQueries]
) -> None:
    context = context_of(manager)
    if not await open_calendar(manager, queries) and isinstance(callback.message, Message):
        await callback.message.answer(context.html("calendar.no_role"))
