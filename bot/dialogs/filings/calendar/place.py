"""The organisation and months the calendar shows, as codes and dates chosen before."""

from datetime import date

from aiogram_dialog import DialogManager

from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import context_of
from kernel.clock import almaty_date
from reminders.calendar_span import CalendarSpan, SpanLength, span_of

LENGTH, FIRST = "length", "first"
_YEARS = range(2016, 2076)  # the years of the working calendar, plus a margin


def shown_span(manager: DialogManager, usual: SpanLength = SpanLength.QUARTER) -> CalendarSpan:
    """The chosen span, or the current one. Raises WindowOutdatedError."""
    data = manager.dialog_data
    context = context_of(manager)
    try:
        length = SpanLength(data.get(LENGTH, usual.value))
        day = date.fromisoformat(data[FIRST]) if FIRST in data else almaty_date(context.now)
    except ValueError as error:
        raise WindowOutdatedError from error
    return span_of(length, day)


def show_span(manager: DialogManager, span: CalendarSpan) -> None:
    """Remember the span to show, within the years of the working calendar."""
    if span.first.year in _YEARS:
        manager.dialog_data.update({LENGTH: span.length.value, FIRST: span.first.isoformat()})
