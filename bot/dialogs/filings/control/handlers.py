"""Handlers of the windows on what a control event holds. Each action checks the right again."""

from dataclasses import replace
from datetime import date
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_number, as_one_of, number_in, organisation_of
from bot.dialogs.filings.control.place import (
    ANSWERS,
    ENTRY,
    KIND,
    WINDOWS,
    answers_of,
    entry_with,
    next_question,
)
from bot.dialogs.filings.control.states import Control
from bot.dialogs.filings.events.place import event_of
from bot.dialogs.filings.events.states import Events
from bot.dialogs.opening import open_window
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.output import send_file
from bot.request_context import context_of
from kernel.period import Period
from oversight.control.actions import (
    AddControlEntry,
    DescribeControl,
    MarkDone,
    RecordInForms,
    RemoveControlEntry,
)
from oversight.control.entries import ControlGround, ControlQuestion, EntryKind, check_answer
from oversight.control.errors import EntryFaultError
from reports.documents.control import ControlLetter
from reports.documents.control_papers import ControlPapers


async def on_results(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """From the event's card."""
    await _open(manager, Control.card, event=event_of(manager))


async def on_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _open(manager, Events.card, event=event_of(manager))


async def on_recording(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """From the list of events."""
    await _open(manager, Control.recording)


async def on_list(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _open(manager, Events.list)


@inject
async def on_act(
    callback: CallbackQuery, _: Button, manager: DialogManager, papers: FromDishka[ControlPapers]
) -> None:
    language = context_of(manager).language
    await send_file(callback, manager, await papers.act(callback.from_user.id, event_of(manager), language))


@inject
async def on_letter(
    callback: CallbackQuery, button: Button, manager: DialogManager, papers: FromDishka[ControlPapers]
) -> None:
    """The order, the notice or the letter: the button's id says which."""
    person, which = callback.from_user.id, as_one_of(ControlLetter, button.widget_id)
    file = await papers.letter(person, event_of(manager), which, context_of(manager).language)
    await send_file(callback, manager, file)


@inject
async def on_measures(
    callback: CallbackQuery, _: Button, manager: DialogManager, papers: FromDishka[ControlPapers]
) -> None:
    person, language = callback.from_user.id, context_of(manager).language
    await send_file(callback, manager, await papers.measures(person, event_of(manager), language))


@inject
async def on_year(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    year: str,
    papers: FromDishka[ControlPapers],
) -> None:
    """The plan of a year, to print and to fill in; from the list of events."""
    person, code = callback.from_user.id, organisation_of(manager)
    for made in (papers.year, papers.year_sheet):
        file = await made(person, code, as_number(year), context_of(manager).language)
        await send_file(callback, manager, file)


async def on_kind(_: CallbackQuery, __: Select[Any], manager: DialogManager, kind: str) -> None:
    manager.dialog_data[KIND] = as_one_of(EntryKind, kind).value
    manager.dialog_data[ANSWERS] = {}
    await _ask(manager)


@inject
async def on_choice(
    callback: CallbackQuery,
    select: Select[Any],
    manager: DialogManager,
    code: str,
    add: FromDishka[AddControlEntry],
) -> None:
    await _answer(callback.from_user.id, manager, add, as_one_of(ControlQuestion, select.widget_id), code)


@inject
async def on_number(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    number: str,
    add: FromDishka[AddControlEntry],
) -> None:
    question = next_question(manager)
    if question not in {ControlQuestion.COUNT, ControlQuestion.PEOPLE}:
        raise WindowOutdatedError
    await _answer(callback.from_user.id, manager, add, question, as_number(number))


@inject
async def on_typed_number(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    add: FromDishka[AddControlEntry],
) -> None:
    question, text = next_question(manager), (message.text or "").strip()
    if question is None:
        raise WindowOutdatedError
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise EntryFaultError(question=question.value)
    await _answer(context_of(manager).person.telegram_id, manager, add, question, int(text))


@inject
async def on_day(
    _: Any, __: Any, manager: DialogManager, day: date, add: FromDishka[AddControlEntry]
) -> None:
    question = next_question(manager)
    if question is None:
        raise WindowOutdatedError
    await _answer(context_of(manager).person.telegram_id, manager, add, question, day.isoformat())


@inject
async def on_text(
    message: Message, _: MessageInput, manager: DialogManager, add: FromDishka[AddControlEntry]
) -> None:
    """The last question: create the entry."""
    await add(context_of(manager).person.telegram_id, entry_with(manager, text=(message.text or "").strip()))
    await manager.switch_to(Control.card)


async def on_entry(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    manager.dialog_data[ENTRY] = as_number(number)
    await manager.switch_to(Control.entry)


@inject
async def on_done(_: Any, __: Any, manager: DialogManager, day: date, mark: FromDishka[MarkDone]) -> None:
    await mark(context_of(manager).person.telegram_id, number_in(manager, ENTRY), day)


@inject
async def on_why(
    message: Message, _: MessageInput, manager: DialogManager, mark: FromDishka[MarkDone]
) -> None:
    why = (message.text or "").strip()
    await mark(context_of(manager).person.telegram_id, number_in(manager, ENTRY), None, why)
    await manager.switch_to(Control.entry)


@inject
async def on_remove(
    callback: CallbackQuery, _: Button, manager: DialogManager, remove: FromDishka[RemoveControlEntry]
) -> None:
    await remove(callback.from_user.id, number_in(manager, ENTRY))
    await manager.switch_to(Control.card)


@inject
async def on_ground(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    ground: str,
    describe: FromDishka[DescribeControl],
) -> None:
    await _describe(callback.from_user.id, manager, describe, ground=as_one_of(ControlGround, ground))


@inject
async def on_questions(
    message: Message, _: MessageInput, manager: DialogManager, describe: FromDishka[DescribeControl]
) -> None:
    person = context_of(manager).person.telegram_id
    await _describe(person, manager, describe, questions=(message.text or "").strip())


@inject
async def on_executors(
    message: Message, _: MessageInput, manager: DialogManager, describe: FromDishka[DescribeControl]
) -> None:
    person = context_of(manager).person.telegram_id
    await _describe(person, manager, describe, executors=(message.text or "").strip())


@inject
async def on_quarter(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    code: str,
    record: FromDishka[RecordInForms],
) -> None:
    try:
        since = Period.of_code(code)
    except ValueError as error:
        raise WindowOutdatedError from error
    await record(callback.from_user.id, organisation_of(manager), since)


@inject
async def on_stop(
    callback: CallbackQuery, _: Button, manager: DialogManager, record: FromDishka[RecordInForms]
) -> None:
    await record(callback.from_user.id, organisation_of(manager), None)


async def _open(manager: DialogManager, state: State, **ids: int) -> None:
    code = organisation_of(manager)
    await open_window(manager, state, show_mode=ShowMode.EDIT, organisation=code, **ids)


async def _describe(by: int, manager: DialogManager, describe: DescribeControl, **more: Any) -> None:
    event = event_of(manager)
    known = await describe.context.store.details(event)
    await describe(by, event, replace(known, **more))
    await manager.switch_to(Control.card)


async def _answer(
    by: int,
    manager: DialogManager,
    add: AddControlEntry,
    question: ControlQuestion,
    answer: Any,
) -> None:
    """Keep a right answer and ask on; after the last question create the entry."""
    event = await add.context.event(by, event_of(manager))
    entry = entry_with(manager, **{question.value: answer})
    check_answer(question, entry, event, add.context.filings.today)
    manager.dialog_data[ANSWERS] = {**answers_of(manager), question.value: answer}
    if next_question(manager) is not None:
        await _ask(manager)
        return
    await add(by, entry)
    await manager.switch_to(Control.card)


async def _ask(manager: DialogManager) -> None:
    question = next_question(manager)
    if question is None:
        raise WindowOutdatedError
    await manager.switch_to(WINDOWS[question])
