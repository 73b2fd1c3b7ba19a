"""Opening the calendar: of the person's only organisation, or after choosing one."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from bot.dialogs.calendar.states import Calendar
from bot.request_context import context_of
from reminders.queries import FilingQueries


async def open_calendar(manager: DialogManager, queries: FilingQueries, code: str = "") -> bool:
    """Open the calendar of `code` or of the person's own organisation; False where he has none.

    An administrator, who has no filings of his own, comes to the repealed obligations.
    """
    context = context_of(manager)
    person = context.person.telegram_id
    codes = [code] if code else await queries.own_codes(person)
    if len(codes) == 1:
        await _start(manager, Calendar.main, {"organisation": codes[0]})
    elif codes:
        await _start(manager, Calendar.choose, {})
    elif await queries.guard.may(person, Action.SWITCH_OBLIGATIONS):
        await _start(manager, Calendar.switches, {})
    else:
        return False
    return True


@inject
async def on_calendar(
    callback: CallbackQuery, _: Button, manager: DialogManager, queries: FromDishka[FilingQueries]
) -> None:
    context = context_of(manager)
    if not await open_calendar(manager, queries) and isinstance(callback.message, Message):
        await callback.message.answer(context.html("calendar.no_role"))


async def _start(manager: DialogManager, state: Any, data: dict[str, Any]) -> None:
    await manager.start(state, data=data, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)
