"""Handlers of the report windows. Each action checks the right again."""

from dataclasses import asdict
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from bot.dialogs.chosen import as_number, number_in, organisation_of
from bot.dialogs.file_button import file_button
from bot.dialogs.opening import open_window
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.output import say, send_file
from bot.dialogs.reports.choosing import WITH_BELOW, YEAR, own_codes, with_below, year_of
from bot.dialogs.reports.place import as_place, place_of, subject_of
from bot.dialogs.reports.states import Report
from bot.request_context import context_of
from bot.views.reports.notifier import CorrectionNotifier
from kernel.clock import almaty_date
from messaging.downloads.queue import SentFile
from reports.actions import FillCells, FillRest
from reports.context import ReportContext
from reports.correcting import DecideCorrection
from reports.documents.builder import DocumentFiles
from reports.errors import CellValueError, MaterialsMissingError
from reports.files import ReportFiles
from reports.store import ReportSubject
from reports.uploads.queue import SheetDownloads, SheetSender


async def open_reports(
    manager: DialogManager, report_context: ReportContext, subject: ReportSubject | None = None
) -> bool:
    """Open the given report or the list of reports; False if the person may fill in none."""
    context = context_of(manager)
    if subject is not None:
        await open_window(manager, Report.main, **asdict(subject))
        return True
    codes = await own_codes(context.person.telegram_id, report_context)
    held = await report_context.guard.members.of_person(context.person.telegram_id)
    if not held:
        return False
    if len(codes) == 1 and not await report_context.guard.may(
        context.person.telegram_id, Action.CORRECT_REPORTS
    ):
        await open_window(manager, Report.forms, organisation=codes[0])
    else:
        await open_window(manager, Report.organisation)
    return True


async def on_organisation(_: CallbackQuery, __: Select[Any], manager: DialogManager, code: str) -> None:
    manager.dialog_data["organisation"] = code
    await manager.switch_to(Report.forms)


async def on_year(_: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """The year before or after; the window keeps it within bounds."""
    shown = year_of(manager, almaty_date(context_of(manager).now))
    manager.dialog_data[YEAR] = shown + (1 if button.widget_id == "after" else -1)


async def on_annual_scope(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data[WITH_BELOW] = not with_below(manager)


async def on_form(_: CallbackQuery, __: Select[Any], manager: DialogManager, item: str) -> None:
    form, dot, period = item.partition(".")
    if not dot:
        raise WindowOutdatedError
    manager.dialog_data.update(form=form, period=period)
    await manager.switch_to(Report.main)


on_sheet = file_button(
    ReportFiles,
    lambda files, request: files.sheet(request.person, subject_of(request.manager), request.language),
    "report.sheet_caption",
)
on_sum_sheet = file_button(
    ReportFiles,
    lambda files, request: files.sum_sheet(request.person, subject_of(request.manager), request.language),
    "report.sum_caption",
)
on_correction_sheet = file_button(
    ReportFiles,
    lambda files, request: files.correction(request.person, subject_of(request.manager), request.language),
    "report.correction_caption",
)
on_requested_sheet = file_button(
    ReportFiles,
    lambda files, request: files.version(
        request.person, number_in(request.manager, "asked"), request.language
    ),
    "report.version_caption",
)
on_note = file_button(
    DocumentFiles,
    lambda documents, request: documents.note(request.person, subject_of(request.manager), request.language),
    "report.note_caption",
)
on_discussion = file_button(
    DocumentFiles,
    lambda documents, request: documents.discussion(
        request.person, organisation_of(request.manager), request.language
    ),
    "report.discussion_caption",
)
on_annual = file_button(
    DocumentFiles,
    lambda documents, request: documents.annual(
        request.person,
        organisation_of(request.manager),
        _last_year(documents),
        request.language,
        with_below=with_below(request.manager),
    ),
    "report.annual_caption",
)
on_annual_page = file_button(
    DocumentFiles,
    lambda documents, request: documents.annual_page(
        request.person,
        organisation_of(request.manager),
        _last_year(documents),
        request.language,
        with_below=with_below(request.manager),
    ),
    "report.annual_caption",
)


def _last_year(documents: DocumentFiles) -> int:
    """The last complete year."""
    return documents.context.today.year - 1


@inject
async def on_file(
    message: Message, _: MessageInput, manager: DialogManager, fetches: FromDishka[SheetDownloads]
) -> None:
    """Take the filled-in form."""
    await _note_file(message, manager, fetches)


@inject
async def on_correction_file(
    message: Message, _: MessageInput, manager: DialogManager, fetches: FromDishka[SheetDownloads]
) -> None:
    """Take the corrected form; its caption names the supporting materials."""
    materials = (message.caption or "").strip()
    if not materials:
        raise MaterialsMissingError
    await _note_file(message, manager, fetches, materials)


async def _note_file(
    message: Message, manager: DialogManager, fetches: SheetDownloads, *materials: str
) -> None:
    """Queue the file only: it is downloaded and answered outside of any transaction."""
    context, document = context_of(manager), message.document
    assert document is not None
    reader = SheetSender(person=context.person.telegram_id, language=context.language)
    sent = SentFile(file_id=document.file_id, size=document.file_size)
    await fetches.note(reader, subject_of(manager), sent, *materials)
    await say(message, manager, "report.file_noted")


async def on_cell(_: CallbackQuery, __: Select[Any], manager: DialogManager, cell: str) -> None:
    manager.dialog_data["cell"] = str(as_place(cell))
    await manager.switch_to(Report.cell)


@inject
async def on_value(
    message: Message, _: MessageInput, manager: DialogManager, fill: FromDishka[FillCells]
) -> None:
    """Store one cell and ask for the next one."""
    context = context_of(manager)
    try:
        await fill(context.person.telegram_id, subject_of(manager), {place_of(manager): message.text or ""})
    except CellValueError:
        await say(message, manager, "error.report_value")
        return
    await manager.switch_to(Report.cells, show_mode=ShowMode.SEND)


@inject
async def on_rest(
    callback: CallbackQuery, _: Button, manager: DialogManager, fill: FromDishka[FillRest]
) -> None:
    count = await fill(callback.from_user.id, subject_of(manager))
    await callback.answer(context_of(manager).plain("report.rest_filled_in", count=count))


@inject
async def on_version(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    number: str,
    files: FromDishka[ReportFiles],
) -> None:
    """One version as a file; the right is checked by the report it belongs to."""
    context = context_of(manager)
    file = await files.version(callback.from_user.id, as_number(number), context.language)
    await send_file(callback, manager, file, context.html("report.old_version_caption"))


async def on_row(_: CallbackQuery, __: Select[Any], manager: DialogManager, row: str) -> None:
    manager.dialog_data["row"] = row
    await manager.switch_to(Report.cases)


async def on_requested_correction(
    _: CallbackQuery, __: Select[Any], manager: DialogManager, number: str
) -> None:
    manager.dialog_data["asked"] = as_number(number)
    await manager.switch_to(Report.decide)


@inject
async def on_accept(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    decide: FromDishka[DecideCorrection],
    notifier: FromDishka[CorrectionNotifier],
) -> None:
    done = await decide(callback.from_user.id, number_in(manager, "asked"), accept=True)
    await notifier.decided(context_of(manager), done)
    await manager.switch_to(Report.asked)


@inject
async def on_refusal(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    decide: FromDishka[DecideCorrection],
    notifier: FromDishka[CorrectionNotifier],
) -> None:
    context, number = context_of(manager), number_in(manager, "asked")
    done = await decide(context.person.telegram_id, number, accept=False, reason=message.text or "")
    await notifier.decided(context, done)
    await say(message, manager, "report.refusal_told")
    await manager.switch_to(Report.asked, show_mode=ShowMode.SEND)
