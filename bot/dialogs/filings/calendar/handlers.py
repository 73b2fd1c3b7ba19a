"""Handlers of the calendar windows. Each action checks the right again."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_number, organisation_of
from bot.dialogs.filings.calendar.getters import listing_of, name_of
from bot.dialogs.filings.calendar.place import show_span, shown_span
from bot.dialogs.filings.calendar.states import Calendar
from bot.dialogs.filings.states import Filings
from bot.dialogs.opening import open_window
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.output import BuiltFile, keep_window, message_of, send_file
from bot.request_context import context_of
from bot.views.accounts.officials import organisation_name
from bot.views.filings.listing import Listing
from bot.views.filings.names import FilingNames
from bot.views.public_address import PublicAddress
from bot.views.screen import NO_PREVIEW
from reminders.actions import FilingContext
from reminders.calendar_span import CalendarSpan, SpanLength, span_of
from reminders.feed_addresses import RenewFeedAddress
from reminders.installation import installation_name
from reminders.overview_sheet import to_xlsx
from reminders.queries import FilingQueries, Overview
from reminders.settings import SetReminderSchedule, SwitchObligation


async def on_organisation(_: CallbackQuery, __: Select[Any], manager: DialogManager, code: str) -> None:
    await open_window(manager, Calendar.main, show_mode=ShowMode.EDIT, organisation=code)


async def on_filing(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    await open_window(manager, Filings.card, filing=as_number(number))


async def on_length(_: CallbackQuery, button: Button, manager: DialogManager) -> None:
    span = shown_span(manager)
    show_span(manager, span_of(SpanLength(button.widget_id or ""), span.first))


async def on_previous(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    show_span(manager, shown_span(manager).previous())


async def on_next(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    show_span(manager, shown_span(manager).next())


async def on_overview(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    show_span(manager, span_of(SpanLength.QUARTER, shown_span(manager).first))
    await manager.switch_to(Calendar.overview)


@inject
async def on_file(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    queries: FromDishka[FilingQueries],
    filing_context: FromDishka[FilingContext],
    names: FromDishka[FilingNames],
) -> None:
    context, code, year = context_of(manager), organisation_of(manager), shown_span(manager).first.year
    filings = await queries.of_organisation(
        callback.from_user.id, code, date(year, 1, 1), date(year + 1, 12, 31)
    )
    listing = await listing_of(context, filing_context, names, code)
    installation = await installation_name(filing_context.unit.session)
    content = listing.file(filings, await name_of(context, queries, code), context.now, installation)
    file = BuiltFile(name=f"{code}.ics", content=content)
    await send_file(callback, manager, file, context.plain("calendar.file_caption"))


@inject
async def on_picture(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    queries: FromDishka[FilingQueries],
    filing_context: FromDishka[FilingContext],
    names: FromDishka[FilingNames],
) -> None:
    context, code, year = context_of(manager), organisation_of(manager), shown_span(manager).first.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    filings = await queries.of_organisation(callback.from_user.id, code, first, last)
    listing = await listing_of(context, filing_context, names, code)
    called = await name_of(context, queries, code)
    content = await asyncio.to_thread(listing.picture, filings, year, called)
    caption = context.plain("calendar.picture_caption", organisation=called, year=year)
    await _send_picture(callback, manager, content, caption)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOverview:
    """The filings of the span shown, and the names of their organisations."""

    found: Overview
    span: CalendarSpan
    listing: Listing
    names: Mapping[str, str]


async def _overview(
    manager: DialogManager, queries: FilingQueries, filing_context: FilingContext, names: FilingNames
) -> ShownOverview:
    context, code, span = context_of(manager), organisation_of(manager), shown_span(manager)
    found = await queries.overview(context.person.telegram_id, code, span.first, span.last)
    return ShownOverview(
        found=found,
        span=span,
        listing=await listing_of(context, filing_context, names, code),
        names={one: organisation_name(context, found.organisations[one], one) for one in found.organisations},
    )


@inject
async def on_sheet(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    queries: FromDishka[FilingQueries],
    filing_context: FromDishka[FilingContext],
    names: FromDishka[FilingNames],
) -> None:
    shown = await _overview(manager, queries, filing_context, names)
    rows = [
        shown.listing.row(filing, shown.names[one])
        for one, filings in shown.found.filings.items()
        for filing in filings
    ]
    content = to_xlsx(context_of(manager).plain("calendar.sheet_title"), shown.listing.head(), rows)
    name = f"{organisation_of(manager)}-{shown.span.first:%Y-%m}.xlsx"
    await send_file(callback, manager, BuiltFile(name=name, content=content))


@inject
async def on_matrix(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    queries: FromDishka[FilingQueries],
    filing_context: FromDishka[FilingContext],
    names: FromDishka[FilingNames],
) -> None:
    shown = await _overview(manager, queries, filing_context, names)
    caption = shown.listing.span(shown.span)
    title = f"{shown.names[organisation_of(manager)]}\n{caption}"
    content = await asyncio.to_thread(shown.listing.matrix(title, shown.found.filings, shown.names).png)
    await _send_picture(callback, manager, content, caption)


@inject
async def on_address(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    new: FromDishka[RenewFeedAddress],
    address: FromDishka[PublicAddress],
) -> None:
    """Show the secret address once; it is not stored."""
    if address.base is None:
        raise WindowOutdatedError
    token = await new(callback.from_user.id)
    text = context_of(manager).html("calendar.address", address=address.calendar(token))
    await message_of(callback).answer(text, link_preview_options=NO_PREVIEW)
    await manager.switch_to(Calendar.main, show_mode=ShowMode.SEND)


@inject
async def on_schedule(
    message: Message, _: MessageInput, manager: DialogManager, set_schedule: FromDishka[SetReminderSchedule]
) -> None:
    context = context_of(manager)
    await set_schedule(context.person.telegram_id, organisation_of(manager), message.text or "")
    await message.answer(context.html("calendar.ladder_set"))
    await manager.switch_to(Calendar.schedule, show_mode=ShowMode.SEND)


@inject
async def on_switch(
    callback: CallbackQuery,
    _: Select[Any],
    __: DialogManager,
    code: str,
    switch: FromDishka[SwitchObligation],
) -> None:
    is_on = (await switch.context.settings.switched()).get(code, False)
    await switch(callback.from_user.id, code, is_on=not is_on)


async def _send_picture(
    callback: CallbackQuery, manager: DialogManager, content: bytes, caption: str
) -> None:
    await message_of(callback).answer_photo(BufferedInputFile(content, "calendar.png"), caption=caption)
    keep_window(manager)
