"""The windows before a report is handed in: their data and their handlers. Each checks the right again."""

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from bot.dialogs.chosen import text_in
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.reports.place import subject_of
from bot.dialogs.reports.states import Report
from bot.dialogs.typed import day_from
from bot.request_context import RequestContext, context_of
from bot.views.accounts.officials import organisation_name
from bot.views.reports.report import SHOWN, ReportView
from kernel.errors import DomainError
from localisation.error_messages import error_message
from localisation.formats import day as written
from localisation.formats import numeric_day
from localisation.typed_days import Leaning
from reminders.errors import FarDayError
from reports.context import form_of
from reports.errors import FiguresMovedError
from reports.figures import FigureChange
from reports.filled import CellRef
from reports.handing_in import HandInPreview, HandInReport
from reports.store import ReportSubject

SEEN, FAR_DAY = "seen", "far_day"


@inject
async def get_hand_in(
    dialog_manager: DialogManager, context: RequestContext, hand_in: FromDishka[HandInReport], **_: object
) -> dict[str, Any]:
    """What has changed since the figures were shown last, and whose reports are added. That it was seen is
    kept for the press that follows.
    """
    subject = subject_of(dialog_manager)
    preview = await hand_in.preview(context.person.telegram_id, subject)
    dialog_manager.dialog_data[SEEN] = preview.seen
    view, total = ReportView(context.texts, context.language), preview.total
    missing = total.missing if total is not None else ()
    organisations = hand_in.context.guard.organisations
    return {
        "form": view.form(preview.opened.form, subject.period),
        "today": numeric_day(hand_in.context.today),
        "submitted_on": numeric_day(preview.submitted_on) if preview.submitted_on else "",
        "changes": [_change(view, preview, one, subject) for one in preview.changes[:SHOWN]],
        "more_changes": max(0, len(preview.changes) - SHOWN),
        "has_below": total is not None,
        "counted": len(total.counted) if total is not None else 0,
        "missing": len(missing),
        "names": [
            organisation_name(context, await organisations.get(code), code) for code in missing[:SHOWN]
        ],
        "more_names": max(0, len(missing) - SHOWN),
    }


def _change(view: ReportView, preview: HandInPreview, one: FigureChange, subject: ReportSubject) -> str:
    place = CellRef(row=one.row, column=one.month)
    column = view.column(preview.opened.form, place, subject.period)
    return f"{one.row}, {column}: {one.was} → {one.now}"


@inject
async def get_far(
    dialog_manager: DialogManager, context: RequestContext, hand_in: FromDishka[HandInReport], **_: object
) -> dict[str, Any]:
    """The day said and today's, side by side."""
    subject = subject_of(dialog_manager)
    return {
        "form": ReportView(context.texts, context.language).form(form_of(subject.form), subject.period),
        "day": written(far_day_of(dialog_manager), context.language),
        "today": written(hand_in.context.today, context.language),
    }


def far_day_of(manager: DialogManager) -> date:
    """Raises WindowOutdatedError."""
    try:
        return date.fromisoformat(text_in(manager, FAR_DAY))
    except ValueError as error:
        raise WindowOutdatedError from error


@inject
async def on_today(
    callback: CallbackQuery, _: Button, manager: DialogManager, hand_in: FromDishka[HandInReport]
) -> None:
    """Today, or the day that the calendar has already."""
    day = await hand_in.submitted_on(subject_of(manager)) or hand_in.context.today
    try:
        await _hand_in(manager, hand_in, day)
    except FiguresMovedError as error:  # the window is drawn anew and shows them
        await callback.answer(_sentence(manager, error), show_alert=True)
        await manager.switch_to(Report.hand_in)


@inject
async def on_day(
    message: Message, _: MessageInput, manager: DialogManager, hand_in: FromDishka[HandInReport]
) -> None:
    day = await day_from(message, manager, Leaning.PAST)
    if day is None:
        return
    try:
        await _hand_in(manager, hand_in, day)
    except FiguresMovedError as error:
        await message.answer(_sentence(manager, error))
        await manager.switch_to(Report.hand_in, show_mode=ShowMode.SEND)


async def _hand_in(manager: DialogManager, hand_in: HandInReport, day: date) -> None:
    """A day long past is put before the head once more, beside today's; nobody else may say it."""
    person, subject = context_of(manager).person.telegram_id, subject_of(manager)
    try:
        await hand_in(person, subject, day, seen=_seen(manager))
    except FarDayError:
        if not await hand_in.context.guard.may(person, Action.LEAD_FILINGS, subject.organisation):
            raise
        manager.dialog_data[FAR_DAY] = day.isoformat()
        await manager.switch_to(Report.far, show_mode=ShowMode.SEND)
        return
    await manager.switch_to(Report.main, show_mode=ShowMode.SEND)


@inject
async def on_far(
    _: CallbackQuery, __: Button, manager: DialogManager, hand_in: FromDishka[HandInReport]
) -> None:
    person, day = context_of(manager).person.telegram_id, far_day_of(manager)
    await hand_in(person, subject_of(manager), day, seen=_seen(manager), confirmed=True)
    await manager.switch_to(Report.main)


def _sentence(manager: DialogManager, error: DomainError) -> str:
    context = context_of(manager)
    return error_message(context.texts, context.language, error)


def _seen(manager: DialogManager) -> str:
    return str(manager.dialog_data.get(SEEN, ""))
