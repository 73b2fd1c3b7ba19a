"""Parse dates and numbers that people type, or refuse them with a hint on the format."""

import re
from datetime import date, datetime, time, timedelta

from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.request_context import RequestContext, context_of
from deadlines.calendar import LONGEST
from deadlines.due import moment_of
from deadlines.terms import Direction
from kernel.clock import ALMATY, almaty_date
from kernel.errors import DomainError
from localisation import formats
from localisation.error_messages import error_message
from localisation.typed_days import Leaning, typed_day, without_clock

OLDEST = timedelta(days=366 * 10)


class DayUnclearError(DomainError):
    """The text is not a day."""

    code = "day_unclear"


class PastDayUnclearError(DomainError):
    """The text is not a day within the past ten years."""

    code = "past_day_unclear"


class MomentUnclearError(DomainError):
    """The text is not a moment."""

    code = "moment_unclear"


class LengthUnclearError(DomainError):
    """The text is not a whole number of the allowed size."""

    code = "length_unclear"


def read_day(text: str | None, today: date, leaning: Leaning = Leaning.NEAREST) -> date:
    """The day of "09.10.2026", "9 октября" or "кеше". Raises DayUnclearError."""
    day = typed_day(text or "", today, leaning)
    if day is None:
        raise DayUnclearError
    return day


def read_past_day(text: str | None, today: date) -> date:
    """The day of "19.03.2026", "19 марта" or "кеше", today at the latest. Raises PastDayUnclearError."""
    day = typed_day(text or "", today, Leaning.PAST)
    if day is None or not today - OLDEST <= day <= today:
        raise PastDayUnclearError
    return day


def read_moment(text: str | None, direction: Direction, now: datetime) -> datetime:
    """The moment of "19.03.2026 18:45" or "кеше 18:45", in Almaty. Raises MomentUnclearError."""
    moment = moment_typed(text or "", direction) or _moment_in_words(text or "", direction, almaty_date(now))
    if moment is None:
        raise MomentUnclearError
    return moment


def _moment_in_words(text: str, direction: Direction, today: date) -> datetime | None:
    """A term counted back ends on a day to come, one counted forwards began on a day that has been."""
    leaning = Leaning.PAST if direction is Direction.FORWARDS else Leaning.FUTURE
    words, clock = without_clock(text)
    day = typed_day(words, today, leaning)
    if day is None:
        return None
    if clock is None:
        return moment_of(day, direction)
    return datetime.combine(day, clock, ALMATY)


def read_length(text: str | None) -> int:
    """A number of days or hours. Raises LengthUnclearError."""
    length = length_typed(text or "")
    if length is None:
        raise LengthUnclearError
    return length


_MARK = r"\s*[./-]\s*"
_DAY = rf"(?P<day>\d{{1,2}}){_MARK}(?P<month>\d{{1,2}}){_MARK}(?P<year>\d{{4}})"
_ISO = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_HOUR = r"(?:[\s,T]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2}))?"
_SHAPES = tuple(re.compile(rf"\s*{shape}{_HOUR}\s*", re.ASCII) for shape in (_DAY, _ISO))


def moment_typed(text: str, direction: Direction) -> datetime | None:
    """The moment in Asia/Almaty meant by "19.03.2026" or "2026-03-19 18:45"; None for any other text."""
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            parts = {name: int(value) for name, value in found.groupdict().items() if value is not None}
            return _moment(parts, direction)
    return None


def length_typed(text: str) -> int | None:
    """A whole number from 1 to the longest length; None for any other text."""
    number = text.strip()
    if not number.isascii() or not number.isdigit() or len(number) > len(str(LONGEST)):
        return None
    return int(number) if 0 < int(number) <= LONGEST else None


def _moment(parts: dict[str, int], direction: Direction) -> datetime | None:
    try:
        day = date(parts["year"], parts["month"], parts["day"])
        if "hour" not in parts:
            return moment_of(day, direction)
        return datetime.combine(day, time(parts["hour"], parts["minute"]), ALMATY)
    except ValueError:
        return None


def pressed_day(button: Button, manager: DialogManager) -> date:
    """The day of a button of `today_or_yesterday`."""
    return almaty_date(context_of(manager).now) - timedelta(days=button.widget_id == "yesterday")


async def day_from(
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
