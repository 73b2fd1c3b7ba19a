"""Entry points of a complaint: a card, the command, the menu, or words. No draft is stored before consent."""

from dataclasses import asdict, dataclass
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.actions import ChooseLanguage
from accounts.cipher import WrongKeyError
from bot.dialogs.complaints.submission.flow import Flow, message_of, proceed
from bot.dialogs.complaints.submission.states import Complain
from bot.dialogs.menu.states import Menu
from bot.dialogs.opening import open_window
from bot.request_context import context_of
from complaints.actions.drafting import ConsentToComplaint, DropDraft
from complaints.attachments.downloads import AttachmentDownloads
from complaints.draft import TextPart, with_part
from complaints.queries.mine import MyComplaints

STORY = "complaint story"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintStart:
    """What a complaint begins with: the service of a card, or what the person has already typed.

    `story` is encrypted: until the person agrees it waits in the dialog's state, which nothing else may read.
    """

    service: str | None = None
    story: str | None = None
    message: int | None = None


async def open_complaint(
    manager: DialogManager,
    my_complaints: MyComplaints,
    begins: ComplaintStart = ComplaintStart(),
    show_mode: ShowMode = ShowMode.SEND,
) -> None:
    """Open the consent, the choice to resume a draft, or the first question.

    Raises ComplaintsOffError; an existing draft is not changed.
    """
    context_of(manager).check_complaints()
    person = context_of(manager).person.telegram_id
    state = Complain.service
    if await my_complaints.consented(person) is None:
        state = Complain.consent
    else:
        stored = await my_complaints.draft(person)
        if stored is not None and (stored.draft.text or stored.files):
            state = Complain.resume
    await open_window(manager, state, show_mode=show_mode, **asdict(begins))


@inject
async def on_start(_: Any, manager: DialogManager, flow: FromDishka[Flow]) -> None:
    """With consent and no draft yet, prefill a draft at once."""
    if manager.current_context().state == Complain.service:
        await _begin(manager, flow)


@inject
async def on_agree(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    agree: FromDishka[ConsentToComplaint],
    choose: FromDishka[ChooseLanguage],
    flow: FromDishka[Flow],
) -> None:
    """Remember the language that the consent was read in: later notices are written in it."""
    context = context_of(manager)
    await agree(callback.from_user.id)
    if context.person.language is None:
        await choose(callback.from_user.id, context.language)
    await _begin(manager, flow)


@inject
async def on_go_on(_: CallbackQuery, __: Button, manager: DialogManager, flow: FromDishka[Flow]) -> None:
    await proceed(manager, flow)


@inject
async def on_restart(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    flow: FromDishka[Flow],
    drop: FromDishka[DropDraft],
    fetches: FromDishka[AttachmentDownloads],
) -> None:
    """Discard the draft but not the service named by a card. Raises ComplaintsOffError."""
    context_of(manager).check_complaints()
    await discard_draft(callback.from_user.id, flow, drop, fetches)
    manager.dialog_data.clear()
    await _begin(manager, flow)


@inject
async def on_drop(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    flow: FromDishka[Flow],
    drop: FromDishka[DropDraft],
    fetches: FromDishka[AttachmentDownloads],
) -> None:
    await discard_draft(callback.from_user.id, flow, drop, fetches)
    await callback.answer(context_of(manager).plain("complaint.cancelled"), show_alert=True)
    await manager.start(Menu.main, mode=StartMode.RESET_STACK)


async def on_keep(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    await callback.answer(context_of(manager).plain("complaint.leave_kept"), show_alert=True)
    await manager.start(Menu.main, mode=StartMode.RESET_STACK)


async def on_menu(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_window(manager, Menu.main)


async def discard_draft(person: int, flow: Flow, drop: DropDraft, fetches: AttachmentDownloads) -> None:
    stored = await flow.find(person)
    if stored is not None:
        await fetches.drop(stored.id)
        await drop(person)


async def _begin(manager: DialogManager, flow: Flow) -> None:
    context = context_of(manager)
    begins = _begins(manager.start_data)
    service = begins.service if begins.service in context.catalogue.cards else None
    stored = await flow.begin(context.person.telegram_id, service)
    story = _story(begins, flow, context.person.telegram_id)
    if story is not None and begins.message is not None:
        part = TextPart(message=begins.message, text=story)
        stored = await flow.change_draft(context.person.telegram_id, lambda draft: with_part(draft, part))
        await _say_story_is_kept(manager)
    await proceed(manager, flow, stored)


def _story(begins: ComplaintStart, flow: Flow, person: int) -> str | None:
    """What was typed before; one that an earlier version left is asked for again."""
    try:
        return None if begins.story is None else flow.cipher.open(begins.story, STORY, person)
    except WrongKeyError:
        return None


async def _say_story_is_kept(manager: DialogManager) -> None:
    message = message_of(manager)
    if message is not None:
        await message.answer(context_of(manager).html("intent.story_kept"))
        manager.show_mode = ShowMode.SEND


def _begins(data: Any) -> ComplaintStart:
    """What the window was opened with; an older window names fewer things."""
    known = data if isinstance(data, dict) else {}
    return ComplaintStart(
        service=known.get("service"), story=known.get("story"), message=known.get("message")
    )
