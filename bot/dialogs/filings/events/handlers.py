"""Handlers of the control event windows. Each action checks the right again."""

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_number, as_one_of, organisation_of
from bot.dialogs.filings.calendar.opening import open_calendar
from bot.dialogs.filings.events.place import (
    END,
    ENDED,
    EVENT,
    FACT,
    FOLLOWS,
    KIND,
    MEASURE,
    PLANNED,
    START,
    day_of,
    event_of,
    fact_of,
    kind_of,
)
from bot.dialogs.filings.events.states import Events
from bot.request_context import context_of
from oversight.control.actions import DescribeControl
from oversight.control.entries import ControlDetails, ControlGround
from reminders.actions import FilingContext
from reminders.chain import EventFact, EventKind, check_dates
from reminders.events import AddEvent, CloseEvent, NewEvent, RecordEventFact
from reminders.queries import FilingQueries


async def on_event(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    manager.dialog_data[EVENT] = as_number(number)
    await manager.switch_to(Events.card)


async def on_kind(_: CallbackQuery, __: Select[Any], manager: DialogManager, kind: str) -> None:
    manager.dialog_data[KIND] = as_one_of(EventKind, kind).value
    manager.dialog_data.pop(FOLLOWS, None)
    await manager.switch_to(Events.start)


async def on_start(_: Any, __: Any, manager: DialogManager, day: date) -> None:
    manager.dialog_data[START] = day.isoformat()
    await manager.switch_to(Events.end if kind_of(manager) in ENDED else Events.object)


@inject
async def on_end(
    _: Any, __: Any, manager: DialogManager, day: date, filing_context: FromDishka[FilingContext]
) -> None:
    check_dates(kind_of(manager), day_of(manager, START), day, await filing_context.calendar())
    manager.dialog_data[END] = day.isoformat()
    if FOLLOWS in manager.dialog_data:
        manager.dialog_data[PLANNED] = False
        await manager.switch_to(Events.object)
    else:
        await manager.switch_to(Events.planned)


@inject
async def on_planned(
    _: CallbackQuery, button: Button, manager: DialogManager, filing_context: FromDishka[FilingContext]
) -> None:
    """An unplanned inspection may last half as long, so its days are checked again."""
    planned = button.widget_id == "planned_yes"
    begins, ends = day_of(manager, START), day_of(manager, END)
    check_dates(kind_of(manager), begins, ends, await filing_context.calendar(), planned=planned)
    manager.dialog_data[PLANNED] = planned
    await manager.switch_to(Events.object)


@inject
async def on_object(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    add: FromDishka[AddEvent],
    describe: FromDishka[DescribeControl],
) -> None:
    """The last question: create the event, and keep the complaint that it follows from."""
    person, follows = context_of(manager).person.telegram_id, manager.dialog_data.get(FOLLOWS)
    kind = kind_of(manager)
    new = NewEvent(
        organisation=organisation_of(manager),
        kind=kind,
        object=message.text or "",
        starts_on=day_of(manager, START),
        ends_on=day_of(manager, END) if kind in ENDED else None,
        planned=bool(manager.dialog_data.get(PLANNED)),
    )
    event = await add(person, new)
    if follows is not None:
        ground = ControlDetails(ground=ControlGround.APPLICATIONS, complaint=int(follows))
        await describe(person, event.number, ground)
    manager.dialog_data[EVENT] = event.number
    await manager.switch_to(Events.card)


async def on_recommended(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _ask(manager, EventFact.RECOMMENDED_ON.value)


async def on_extend(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _ask(manager, EventFact.EXTENDED_TO.value)


async def on_represented(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _ask(manager, EventFact.REPRESENTED_ON.value)


async def on_measure(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _ask(manager, MEASURE)


async def _ask(manager: DialogManager, fact: str) -> None:
    manager.dialog_data[FACT] = fact
    await manager.switch_to(Events.fact)


@inject
async def on_fact(
    _: Any, __: Any, manager: DialogManager, day: date, learn: FromDishka[RecordEventFact]
) -> None:
    await learn(context_of(manager).person.telegram_id, event_of(manager), fact_of(manager), day)
    await manager.switch_to(Events.card)


@inject
async def on_close(
    callback: CallbackQuery, _: Button, manager: DialogManager, close: FromDishka[CloseEvent]
) -> None:
    await close(callback.from_user.id, event_of(manager))
    await manager.switch_to(Events.card)


@inject
async def on_back(
    _: CallbackQuery, __: Button, manager: DialogManager, queries: FromDishka[FilingQueries]
) -> None:
    await open_calendar(manager, queries, organisation_of(manager))
