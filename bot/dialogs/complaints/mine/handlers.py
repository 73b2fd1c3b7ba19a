"""Handlers of a citizen's own complaints. The actions check ownership; the windows only display."""

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.album import is_same_album
from bot.dialogs.chosen import as_number, complaint_of
from bot.dialogs.complaints.hand_out import FileReader, hand_out_files
from bot.dialogs.complaints.kept import incoming_of
from bot.dialogs.complaints.mine.states import Mine
from bot.dialogs.complaints.submission.opening import open_complaint
from bot.dialogs.opening import open_window
from bot.dialogs.output import keep_window, message_of
from bot.request_context import context_of
from bot.views.complaints.agency_text import agency_text
from bot.views.complaints.complaint import ComplaintDocuments
from bot.views.complaints.paper import send_paper
from complaints.actions.citizens import (
    AddToComplaint,
    EscalateToAgency,
    MarkNotSolved,
    MarkSolved,
    WithdrawComplaint,
)
from complaints.attachments.downloads import AttachmentDownloads
from complaints.attachments.folder import FileFolder
from complaints.queries.cases import CaseQueries
from complaints.queries.mine import MyComplaints
from complaints.routing import NotConnected
from complaints.store import SourceMessages
from complaints.terms import Rule
from complaints.thread import MessageContent


async def open_my_complaints(
    manager: DialogManager, state: State = Mine.list, show_mode: ShowMode = ShowMode.SEND, **ids: int
) -> None:
    """Open the list, or the window about the complaint or stored dates that `ids` name."""
    await open_window(manager, state, show_mode=show_mode, **ids)


async def on_start(data: Any, manager: DialogManager) -> None:
    """A notice or link may open one complaint: its id comes in the start data."""
    if isinstance(data, dict):
        manager.dialog_data.update(data)


@inject
async def on_new(
    _: CallbackQuery, __: Button, manager: DialogManager, my_complaints: FromDishka[MyComplaints]
) -> None:
    await open_complaint(manager, my_complaints)


async def on_open(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    manager.dialog_data["complaint"] = as_number(number)
    await manager.switch_to(Mine.case)


async def on_open_self_filed(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    manager.dialog_data["kept"] = as_number(number)
    await manager.switch_to(Mine.self_filed)


@inject
async def on_addition(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    add: FromDishka[AddToComplaint],
    source_messages: FromDishka[SourceMessages],
    fetches: FromDishka[AttachmentDownloads],
) -> None:
    """Send text at once, and a file after its download."""
    context = context_of(manager)
    person, complaint = context.person.telegram_id, complaint_of(manager)
    text, incoming = message.text or message.caption or "", incoming_of(message)
    if not text and incoming is None:
        await message.answer(context.html("complaint.only_words"))
    if text:
        await add(person, complaint, MessageContent(text=text))
        await source_messages.keep(person, [message.message_id], complaint)
        await message.answer(context.html("my_complaints.added"))
    if incoming is not None:
        await fetches.for_complaint(person, complaint, incoming)
        if not text and not is_same_album(message, manager):
            await message.answer(context.html("my_complaints.added_file"))
    keep_window(manager)


@inject
async def on_withdraw(
    callback: CallbackQuery, _: Button, manager: DialogManager, withdraw: FromDishka[WithdrawComplaint]
) -> None:
    await withdraw(callback.from_user.id, complaint_of(manager))
    await manager.switch_to(Mine.case)


@inject
async def on_solved(
    callback: CallbackQuery, _: Button, manager: DialogManager, solve: FromDishka[MarkSolved]
) -> None:
    await solve(callback.from_user.id, complaint_of(manager))
    await callback.answer(context_of(manager).plain("told.solved_thanks"))
    await manager.switch_to(Mine.rate)


@inject
async def on_not_solved(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    mark: FromDishka[MarkNotSolved],
) -> None:
    await _not_solved(manager, callback.from_user.id, mark, None)


@inject
async def on_not_solved_words(
    message: Message, _: MessageInput, manager: DialogManager, mark: FromDishka[MarkNotSolved]
) -> None:
    person = context_of(manager).person.telegram_id
    await _not_solved(manager, person, mark, MessageContent(text=message.text or message.caption or ""))


async def _not_solved(
    manager: DialogManager, by: int, mark: MarkNotSolved, text: MessageContent | None
) -> None:
    """The next step depends on who answered: after the Agency's body comes the court."""
    case = await mark(by, complaint_of(manager), text)
    await manager.switch_to(Mine.court if case.rule is Rule.AUTHORITY else Mine.agency)


@inject
async def on_agency(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    go: FromDishka[EscalateToAgency],
    documents: FromDishka[ComplaintDocuments],
) -> None:
    """Send it on; where the Agency's body is not connected, hand out the text for it."""
    found = await go(callback.from_user.id, complaint_of(manager))
    if isinstance(found, NotConnected):
        code, context = found.assessor.code if found.assessor is not None else None, context_of(manager)
        case = await documents.own.case(callback.from_user.id, complaint_of(manager))
        await send_paper(message_of(callback), await agency_text(documents, context, case, code))
        manager.dialog_data["assessor"] = code
        await manager.switch_to(Mine.no_agency)
        manager.show_mode = ShowMode.SEND
        return
    manager.dialog_data["complaint"] = found.id
    await manager.switch_to(Mine.at_agency)


@inject
async def on_files(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    queries: FromDishka[CaseQueries],
    folder: FromDishka[FileFolder],
) -> None:
    """Send the files of the complaint and its message thread as documents."""
    full = await queries.of_person(callback.from_user.id, complaint_of(manager))
    await hand_out_files(callback, full, FileReader(queries, folder), manager)
