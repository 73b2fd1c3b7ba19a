"""A day typed into a window: what was understood is confirmed in words, what was not is asked again."""

from datetime import date

from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.typed import (
    DayUnclearError,
    PastDayUnclearError,
    moment_typed,
    read_day,
    read_past_day,
)
from bot.request_context import RequestContext, context_of
from deadlines.terms import Direction
from kernel.clock import almaty_date
from kernel.errors import DomainError
from localisation import formats
from localisation.error_messages import error_message
from localisation.typed_days import Leaning


async def typed_day(
    message: Message, manager: DialogManager, leaning: Leaning = Leaning.NEAREST
) -> date | None:
    """The day in the message; None if there is none, and then the window is shown again with its buttons."""
    try:
        day = read_day(message.text, almaty_date(context_of(manager).now), leaning)
    except DayUnclearError as error:
        await refuse(message, manager, error)
        return None
    await confirm_day(message, context_of(manager), day)
    return day


async def typed_past_day(message: Message, manager: DialogManager) -> date | None:
    """The same for a day that has been, today at the latest."""
    try:
        day = read_past_day(message.text, almaty_date(context_of(manager).now))
    except PastDayUnclearError as error:
        await refuse(message, manager, error)
        return None
    await confirm_day(message, context_of(manager), day)
    return day


async def confirm_day(message: Message, context: RequestContext, day: date) -> None:
    """Say which day was understood, with its weekday; a full date in digits leaves nothing to say."""
    if moment_typed(message.text or "", Direction.FORWARDS) is not None:
        return
    said, weekday = formats.day(day, context.language), formats.weekday(day, context.language)
    await message.answer(context.html("common.day_read", day=said, weekday=weekday))


async def refuse(message: Message, manager: DialogManager, error: DomainError) -> None:
    """Say what was not understood and show the window again below, so that its buttons are at hand."""
    context = context_of(manager)
    await message.answer(error_message(context.texts, context.language, error), parse_mode=None)
    manager.show_mode = ShowMode.SEND
