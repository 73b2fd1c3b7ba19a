"""Handlers of a filing's windows. Each action checks the right again."""

from datetime import date, timedelta
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from bot.dialogs.filings.forms import open_form
from bot.dialogs.filings.place import CONFIRMED, DAY, day_of, filing_of, is_confirmed
from bot.dialogs.filings.states import Filings
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.output import keep_window
from bot.dialogs.typed import day_from
from bot.request_context import RequestContext, context_of
from bot.views.filings.names import FilingNames
from bot.views.filings.notifier import FilingNotifier
from kernel.clock import almaty_date
from localisation.formats import day as written
from localisation.typed_days import Leaning
from reminders.actions import (
    AskFilingCorrection,
    AskWaiver,
    DecideWaiver,
    FilingContext,
    SnoozeReminder,
    SubmitFiling,
)
from reminders.filing import SubmittedDocument
from reminders.queries import FilingQueries
from reminders.submission_day import check_far, check_submission_day, is_far
from reports.reopening import ReopenReport

TOMORROW, LATER = 1, 3  # days


def today_of(manager: DialogManager) -> date:
    return almaty_date(context_of(manager).now)


async def open_filing(
    manager: DialogManager, number: int, state: Any = Filings.card, mode: StartMode = StartMode.RESET_STACK
) -> None:
    await manager.start(state, data={"filing": number}, mode=mode, show_mode=ShowMode.SEND)


@inject
async def on_today(
    _: CallbackQuery, __: Button, manager: DialogManager, filings: FromDishka[FilingContext]
) -> None:
    await _on_day(manager, filings, today_of(manager))


@inject
async def on_yesterday(
    _: CallbackQuery, __: Button, manager: DialogManager, filings: FromDishka[FilingContext]
) -> None:
    await _on_day(manager, filings, today_of(manager) - timedelta(days=1))


@inject
async def on_day(
    message: Message, _: MessageInput, manager: DialogManager, filings: FromDishka[FilingContext]
) -> None:
    day = await day_from(message, manager, Leaning.PAST)
    if day is not None:
        await _on_day(manager, filings, day)


async def _on_day(manager: DialogManager, filings: FilingContext, day: date) -> None:
    """A day long past is put before the head once more, beside today's; nobody else may say it."""
    today, person = today_of(manager), context_of(manager).person.telegram_id
    filing = await filings.take_open(person, filing_of(manager))
    check_submission_day(day, today, filing)
    calendar = await filings.calendar()
    leads = await filings.guard.may(person, Action.LEAD_FILINGS, filing.organisation)
    check_far(day, today, calendar, by_head=leads)
    manager.dialog_data[DAY] = day.isoformat()
    manager.dialog_data[CONFIRMED] = False
    await manager.switch_to(Filings.far if is_far(day, today, calendar) else Filings.document)


async def on_far(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data[CONFIRMED] = True
    await manager.switch_to(Filings.document)


@inject
async def on_document(
    message: Message, _: MessageInput, manager: DialogManager, submit: FromDishka[SubmitFiling]
) -> None:
    """A file, a photo of the document, or its number as text."""
    filing = await submit(
        context_of(manager).person.telegram_id,
        filing_of(manager),
        day_of(manager),
        document_of(message),
        confirmed=is_confirmed(manager),
    )
    await _submitted(message, manager, on_time=bool(filing.on_time))


@inject
async def on_without(
    callback: CallbackQuery, _: Button, manager: DialogManager, submit: FromDishka[SubmitFiling]
) -> None:
    """Only a step of a control event may be closed without a document; the action refuses others."""
    filing = await submit(
        callback.from_user.id,
        filing_of(manager),
        day_of(manager),
        SubmittedDocument(),
        confirmed=is_confirmed(manager),
    )
    key = "submitted_on_time" if filing.on_time else "submitted_late"
    await callback.answer(context_of(manager).plain(f"filings.{key}"))
    await manager.switch_to(Filings.card)


def document_of(message: Message) -> SubmittedDocument:
    text = message.caption or message.text
    if message.document is not None:
        name = message.document.file_name
        return SubmittedDocument(number=text, file_id=message.document.file_id, file_name=name)
    if message.photo:
        return SubmittedDocument(number=text, file_id=message.photo[-1].file_id)
    return SubmittedDocument(number=" ".join((text or "").split()))


async def _submitted(message: Message, manager: DialogManager, *, on_time: bool) -> None:
    key = "submitted_on_time" if on_time else "submitted_late"
    await message.answer(context_of(manager).html(f"filings.{key}"))
    await manager.switch_to(Filings.card, show_mode=ShowMode.SEND)


@inject
async def on_tomorrow(
    callback: CallbackQuery, _: Button, manager: DialogManager, snooze: FromDishka[SnoozeReminder]
) -> None:
    await put_off(callback, context_of(manager), snooze, filing_of(manager), TOMORROW)


@inject
async def on_later(
    callback: CallbackQuery, _: Button, manager: DialogManager, snooze: FromDishka[SnoozeReminder]
) -> None:
    await put_off(callback, context_of(manager), snooze, filing_of(manager), LATER)


async def put_off(
    callback: CallbackQuery, context: RequestContext, snooze: SnoozeReminder, number: int, days: int
) -> None:
    until = await snooze(callback.from_user.id, number, days)
    day = written(almaty_date(until), context.language)
    await callback.answer(context.plain("filings.put_off", day=day), show_alert=True)


@inject
async def on_why(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    ask: FromDishka[AskWaiver],
    notifier: FromDishka[FilingNotifier],
) -> None:
    context = context_of(manager)
    filing = await ask(context.person.telegram_id, filing_of(manager), message.text or "")
    if filing.is_open:
        await notifier.asked(context, filing)
    await message.answer(
        context.html("filings.waiver_asked" if filing.is_open else "filings.waiver_is_yours")
    )
    await manager.switch_to(Filings.card, show_mode=ShowMode.SEND)


@inject
async def on_decide(
    callback: CallbackQuery,
    button: Button,
    manager: DialogManager,
    decide: FromDishka[DecideWaiver],
    notifier: FromDishka[FilingNotifier],
) -> None:
    accept = button.widget_id == "accept_button"
    number = filing_of(manager)
    before = await decide.context.filings.get(number)
    filing = await decide(callback.from_user.id, number, accept=accept)
    asker = before.waiver_asked_by if before else None
    if asker is not None and asker != callback.from_user.id:
        await notifier.decided(context_of(manager), filing, asker, accepted=accept)


@inject
async def on_reopen(
    callback: CallbackQuery, _: Button, manager: DialogManager, reopen: FromDishka[ReopenReport]
) -> None:
    await reopen(callback.from_user.id, filing_of(manager))
    await manager.switch_to(Filings.card)


@inject
async def on_correction(
    callback: CallbackQuery, _: Button, manager: DialogManager, ask: FromDishka[AskFilingCorrection]
) -> None:
    """Open the correction's own window below."""
    context = context_of(manager)
    correction = await ask(callback.from_user.id, filing_of(manager))
    day = written(correction.dates.lead_on, context.language)
    if isinstance(callback.message, Message):
        await callback.message.answer(context.html("filings.correction_made", day=day))
    await open_filing(manager, correction.number)


@inject
async def on_file(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    queries: FromDishka[FilingQueries],
    names: FromDishka[FilingNames],
) -> None:
    context = context_of(manager)
    filing = await queries.get(callback.from_user.id, filing_of(manager))
    document = filing.document
    if document is None or document.file_id is None or not isinstance(callback.message, Message):
        raise WindowOutdatedError
    caption = names.label(filing, context.language)
    if document.file_name is None:
        await callback.message.answer_photo(document.file_id, caption=caption)
    else:
        await callback.message.answer_document(document.file_id, caption=caption)
    keep_window(manager)


@inject
async def on_form(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    queries: FromDishka[FilingQueries],
    names: FromDishka[FilingNames],
) -> None:
    filing = await queries.get(callback.from_user.id, filing_of(manager))
    await open_form(manager, names.obligations.get(filing.obligation), filing)
