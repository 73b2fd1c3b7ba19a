"""Presses, words and files in the windows of reports. Each action asks again whether the person may."""

from dataclasses import asdict
from datetime import date
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import BufferedInputFile, CallbackQuery, Document, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from bot.dialogs.deadline.typed import moment_typed
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.report.getters import own_codes
from bot.dialogs.report.place import as_place, organisation_of, place_of, subject_of
from bot.dialogs.report.states import Report
from bot.downloads.notes import SentFile
from bot.reporting.fetching import Reader, SheetFetches
from bot.request_context import RequestContext, context_of
from deadlines.terms import Direction
from reports.actions import FillCells, HandIn
from reports.correcting import DecideCorrection
from reports.desk import ReportDesk
from reports.errors import CellValueError, MaterialsMissingError
from reports.files import FormFile, ReportFiles
from reports.papers.making import PaperFiles
from reports.store import Subject


async def open_reports(manager: DialogManager, desk: ReportDesk, subject: Subject | None = None) -> bool:
    """Open the report that is meant, or the list of them; False where the person has none to fill."""
    context = context_of(manager)
    if subject is not None:
        await _start(manager, Report.main, asdict(subject))
        return True
    codes = await own_codes(context.person.telegram_id, desk)
    held = await desk.guard.members.of_person(context.person.telegram_id)
    if not held:
        return False
    if len(codes) == 1 and not await desk.guard.may(context.person.telegram_id, Action.CORRECT_REPORTS):
        await _start(manager, Report.forms, {"organisation": codes[0]})
    else:
        await _start(manager, Report.organisation)
    return True


async def _start(manager: DialogManager, state: State, data: dict[str, Any] | None = None) -> None:
    await manager.start(state, data=data, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def on_organisation(_: CallbackQuery, __: Select[Any], manager: DialogManager, code: str) -> None:
    manager.dialog_data["organisation"] = code
    await manager.switch_to(Report.forms)


async def on_form(_: CallbackQuery, __: Select[Any], manager: DialogManager, item: str) -> None:
    form, dot, period = item.partition(".")
    if not dot:
        raise WindowOutdatedError
    manager.dialog_data.update(form=form, period=period)
    await manager.switch_to(Report.main)


@inject
async def on_sheet(
    callback: CallbackQuery, _: Button, manager: DialogManager, files: FromDishka[ReportFiles]
) -> None:
    context = context_of(manager)
    file = await files.sheet(callback.from_user.id, subject_of(manager), context.language)
    await _give(callback, manager, file, "report.sheet_caption")


@inject
async def on_sum_sheet(
    callback: CallbackQuery, _: Button, manager: DialogManager, files: FromDishka[ReportFiles]
) -> None:
    context = context_of(manager)
    file = await files.sum_sheet(callback.from_user.id, subject_of(manager), context.language)
    await _give(callback, manager, file, "report.sum_caption")


@inject
async def on_correction_sheet(
    callback: CallbackQuery, _: Button, manager: DialogManager, files: FromDishka[ReportFiles]
) -> None:
    context = context_of(manager)
    file = await files.correction(callback.from_user.id, subject_of(manager), context.language)
    await _give(callback, manager, file, "report.correction_caption")


@inject
async def on_asked_sheet(
    callback: CallbackQuery, _: Button, manager: DialogManager, files: FromDishka[ReportFiles]
) -> None:
    context = context_of(manager)
    file = await files.version(callback.from_user.id, _number(manager, "asked"), context.language)
    await _give(callback, manager, file, "report.version_caption")


@inject
async def on_note(
    callback: CallbackQuery, _: Button, manager: DialogManager, papers: FromDishka[PaperFiles]
) -> None:
    context = context_of(manager)
    file = await papers.note(callback.from_user.id, subject_of(manager), context.language)
    await _give(callback, manager, file, "report.note_caption")


@inject
async def on_annual(
    callback: CallbackQuery, _: Button, manager: DialogManager, papers: FromDishka[PaperFiles]
) -> None:
    """Of the last year that is over."""
    context = context_of(manager)
    year = papers.desk.today.year - 1
    file = await papers.annual(callback.from_user.id, organisation_of(manager), year, context.language)
    await _give(callback, manager, file, "report.annual_caption")


@inject
async def on_annual_page(
    callback: CallbackQuery, _: Button, manager: DialogManager, papers: FromDishka[PaperFiles]
) -> None:
    context = context_of(manager)
    year = papers.desk.today.year - 1
    file = await papers.annual_page(callback.from_user.id, organisation_of(manager), year, context.language)
    await _give(callback, manager, file, "report.annual_caption")


@inject
async def on_discussion(
    callback: CallbackQuery, _: Button, manager: DialogManager, papers: FromDishka[PaperFiles]
) -> None:
    context = context_of(manager)
    file = await papers.discussion(callback.from_user.id, organisation_of(manager), context.language)
    await _give(callback, manager, file, "report.discussion_caption")


@inject
async def on_file(
    message: Message, _: MessageInput, manager: DialogManager, fetches: FromDishka[SheetFetches]
) -> None:
    """The filled form: noted here, fetched and answered when no transaction waits for it."""
    context = context_of(manager)
    assert message.document is not None
    await fetches.note(_reader(context), subject_of(manager), _sent(message.document))
    await message.answer(context.html("report.file_noted"))
    manager.show_mode = ShowMode.NO_UPDATE


@inject
async def on_correction_file(
    message: Message, _: MessageInput, manager: DialogManager, fetches: FromDishka[SheetFetches]
) -> None:
    """The corrected form; its caption says which materials confirm it."""
    context = context_of(manager)
    assert message.document is not None
    materials = (message.caption or "").strip()
    if not materials:
        raise MaterialsMissingError
    await fetches.note(_reader(context), subject_of(manager), _sent(message.document), materials)
    await message.answer(context.html("report.file_noted"))
    manager.show_mode = ShowMode.NO_UPDATE


async def on_cell(_: CallbackQuery, __: Select[Any], manager: DialogManager, cell: str) -> None:
    manager.dialog_data["cell"] = str(as_place(cell))
    await manager.switch_to(Report.cell)


@inject
async def on_value(
    message: Message, _: MessageInput, manager: DialogManager, fill: FromDishka[FillCells]
) -> None:
    """One cell; then the next that is left."""
    context = context_of(manager)
    try:
        await fill(context.person.telegram_id, subject_of(manager), {place_of(manager): message.text or ""})
    except CellValueError:
        await message.answer(context.html("error.report_value"))
        manager.show_mode = ShowMode.NO_UPDATE
        return
    await manager.switch_to(Report.cells, show_mode=ShowMode.SEND)


@inject
async def on_today(
    callback: CallbackQuery, _: Button, manager: DialogManager, hand_in: FromDishka[HandIn]
) -> None:
    await hand_in(callback.from_user.id, subject_of(manager), hand_in.desk.today)
    await manager.switch_to(Report.main)


@inject
async def on_day(
    message: Message, _: MessageInput, manager: DialogManager, hand_in: FromDishka[HandIn]
) -> None:
    context = context_of(manager)
    day = _day(message.text or "")
    if day is None:
        await message.answer(context.html("report.day_unclear"))
        manager.show_mode = ShowMode.NO_UPDATE
        return
    await hand_in(context.person.telegram_id, subject_of(manager), day)
    await manager.switch_to(Report.main, show_mode=ShowMode.SEND)


async def on_row(_: CallbackQuery, __: Select[Any], manager: DialogManager, row: str) -> None:
    manager.dialog_data["row"] = row
    await manager.switch_to(Report.cases)


async def on_asked(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    if not number.isdigit():
        raise WindowOutdatedError
    manager.dialog_data["asked"] = int(number)
    await manager.switch_to(Report.decide)


@inject
async def on_accept(
    callback: CallbackQuery, _: Button, manager: DialogManager, decide: FromDishka[DecideCorrection]
) -> None:
    await decide(callback.from_user.id, _number(manager, "asked"), accept=True)
    await manager.switch_to(Report.asked)


@inject
async def on_refuse(
    callback: CallbackQuery, _: Button, manager: DialogManager, decide: FromDishka[DecideCorrection]
) -> None:
    await decide(callback.from_user.id, _number(manager, "asked"), accept=False)
    await manager.switch_to(Report.asked)


async def _give(callback: CallbackQuery, manager: DialogManager, file: FormFile, caption: str) -> None:
    context = context_of(manager)
    if isinstance(callback.message, Message):
        document = BufferedInputFile(file.content, filename=file.name)
        await callback.message.answer_document(document, caption=context.html(caption))
    manager.show_mode = ShowMode.NO_UPDATE


def _reader(context: RequestContext) -> Reader:
    return Reader(person=context.person.telegram_id, language=context.language)


def _sent(document: Document) -> SentFile:
    return SentFile(file_id=document.file_id, size=document.file_size)


def _number(manager: DialogManager, name: str) -> int:
    found = manager.dialog_data.get(name)
    if not isinstance(found, int):
        raise WindowOutdatedError
    return found


def _day(text: str) -> date | None:
    moment = moment_typed(text, Direction.FORWARDS)
    return None if moment is None else moment.date()
