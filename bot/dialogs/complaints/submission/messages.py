"""Typed answers and files: text over several messages, files in any order, name, number, telephone."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.album import is_same_album, note_language
from bot.dialogs.complaints.kept import incoming_of
from bot.dialogs.complaints.submission.flow import WIZARD, Flow, proceed, take_button_away
from bot.dialogs.complaints.submission.states import Complain
from bot.dialogs.complaints.submission.steps import SubmissionStep
from bot.dialogs.contact import own_phone
from bot.dialogs.output import say
from bot.request_context import context_of
from complaints.actions.drafting import DetachFromDraft
from complaints.attachments.downloads import AttachmentDownloads
from complaints.draft import Draft, TextPart, with_part
from complaints.facts import Complainant
from complaints.personal import PersonalDetails, read_details, says_nothing


@inject
async def on_text(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    flow: FromDishka[Flow],
    fetches: FromDishka[AttachmentDownloads],
) -> None:
    """Add the message's text and file to the draft."""
    person, text = context_of(manager).person.telegram_id, message.text or message.caption
    incoming = incoming_of(message)
    if not text and incoming is None:
        await say(message, manager, "complaint.only_words")
        return
    stored = None
    if text:
        part = TextPart(message=message.message_id, text=text)
        stored = await flow.change_draft(person, lambda draft: with_part(draft, part))
    if incoming is not None:
        stored = stored or await flow.find(person) or await flow.begin(person, None)
        await fetches.for_draft(person, stored.id, incoming)
        note_language(manager)
    _redraw_once_an_album(message, manager)
    if manager.current_context().state == Complain.kind and text:
        await WIZARD.go(manager, SubmissionStep.TEXT)


def _redraw_once_an_album(message: Message, manager: DialogManager) -> None:
    """Send one window per album: new for its first picture, edited for the others."""
    if is_same_album(message, manager):
        manager.show_mode = ShowMode.EDIT


@inject
async def on_rewrite(
    callback: CallbackQuery, _: Button, manager: DialogManager, flow: FromDishka[Flow]
) -> None:
    await flow.change(callback.from_user.id, parts=())
    manager.show_mode = ShowMode.EDIT


@inject
async def on_drop_files(
    callback: CallbackQuery,
    _: Button,
    __: DialogManager,
    flow: FromDishka[Flow],
    detach: FromDishka[DetachFromDraft],
    fetches: FromDishka[AttachmentDownloads],
) -> None:
    stored = await flow.get(callback.from_user.id)
    await fetches.drop(stored.id)
    for file in await flow.files(stored):
        await detach(callback.from_user.id, file.id)


Setter = Callable[[Draft, str], Draft]
_ONE_WORD = "one_word"  # a name of one word has been asked about


async def _typed(message: Message, manager: DialogManager, flow: Flow, setter: Setter) -> None:
    """Raises what `setter` raises; the window stays open."""
    change = partial(_set, setter=setter, text=message.text or "")
    await proceed(manager, flow, await flow.change_draft(context_of(manager).person.telegram_id, change))


def _set(draft: Draft, *, setter: Setter, text: str) -> Draft:
    return setter(draft, text)


@inject
async def on_name(message: Message, _: MessageInput, manager: DialogManager, flow: FromDishka[Flow]) -> None:
    """The name, and the number and telephone if they come with it. One word is asked about once."""
    if await _declined(message, manager):
        return
    details, person = read_details(message.text or ""), context_of(manager).person.telegram_id
    asked = bool(manager.dialog_data.get(_ONE_WORD))
    stored = await flow.change_draft(person, lambda draft: _with_details(draft, details, asked=asked))
    if _is_one_word(details.name, stored.draft) and not asked:
        manager.dialog_data[_ONE_WORD] = True
        await say(message, manager, "complaint.ask_surname")
        return
    manager.dialog_data.pop(_ONE_WORD, None)
    await proceed(manager, flow, stored)


@inject
async def on_represented(
    message: Message, _: MessageInput, manager: DialogManager, flow: FromDishka[Flow]
) -> None:
    """The name of the child or of the person represented, and with it that person's number."""
    if await _declined(message, manager):
        return
    details, person = read_details(message.text or ""), context_of(manager).person.telegram_id

    def change(draft: Draft) -> Draft:
        number = details.number or draft.number
        return replace(draft, represented=details.name or message.text, number=number)

    await proceed(manager, flow, await flow.change_draft(person, change))


@inject
async def on_number(
    message: Message, _: MessageInput, manager: DialogManager, flow: FromDishka[Flow]
) -> None:
    if await _declined(message, manager):
        return
    details, typed = read_details(message.text or ""), message.text or ""
    number, phone = details.number or typed, details.telephone if details.number else None
    person = context_of(manager).person.telegram_id

    def change(draft: Draft) -> Draft:
        return replace(draft, number=number, phone=phone or draft.phone)

    await proceed(manager, flow, await flow.change_draft(person, change))


async def _declined(message: Message, manager: DialogManager) -> bool:
    """Whether nothing was told; then says what a complaint without a name is."""
    if not says_nothing(message.text or ""):
        return False
    await say(message, manager, "complaint.nameless")
    return True


def _with_details(draft: Draft, details: PersonalDetails, *, asked: bool) -> Draft:
    name = details.name or draft.name
    if asked and details.name and draft.name and " " not in f"{details.name}{draft.name}":
        name = draft.name if details.name == draft.name else f"{details.name} {draft.name}"
    return replace(
        draft,
        complainant=draft.complainant or Complainant.NATURAL,
        name=name,
        number=details.number or draft.number,
        phone=details.telephone or draft.phone,
    )


def _is_one_word(name: str | None, draft: Draft) -> bool:
    return name is not None and " " not in name and draft.complainant is not Complainant.LEGAL


@inject
async def on_phone(message: Message, _: MessageInput, manager: DialogManager, flow: FromDishka[Flow]) -> None:
    await _typed(message, manager, flow, lambda draft, text: replace(draft, phone=text))
    await take_button_away(manager)


@inject
async def on_contact(
    message: Message, _: MessageInput, manager: DialogManager, flow: FromDishka[Flow]
) -> None:
    """Take the telephone of the contact button; refuse another person's contact."""
    person = context_of(manager).person.telegram_id
    await proceed(manager, flow, await flow.change(person, phone=own_phone(message)))
    await take_button_away(manager)


@inject
async def on_no_phone(
    callback: CallbackQuery, _: Button, manager: DialogManager, flow: FromDishka[Flow]
) -> None:
    await proceed(manager, flow, await flow.change(callback.from_user.id, phone=None))
    await take_button_away(manager)
