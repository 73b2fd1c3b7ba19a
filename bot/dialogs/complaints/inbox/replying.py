"""A reply to the citizen: typed over several messages, stored encrypted, reviewed, then sent once."""

from dataclasses import replace
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.album import is_same_album, note_language
from bot.dialogs.chosen import as_one_of, complaint_of
from bot.dialogs.complaints.inbox.getters import full_case
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.complaints.kept import incoming_of
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import RequestContext, context_of
from bot.views.complaints.complaint import organisation_name
from complaints.attachments.downloads import AttachmentDownloads
from complaints.draft import TextPart, parts_with
from complaints.facts import ComplaintOutcome
from complaints.queries.cases import CaseQueries
from complaints.staff_drafts.actions import ReplyDrafts, SendReply, StoredReply
from complaints.staff_drafts.drafts import ReplyDraft, ReplyPurpose
from complaints.thread import MessageContent

FOUND_SHOWN = 8


@inject
async def on_ask(
    callback: CallbackQuery, _: Button, manager: DialogManager, replies: FromDishka[ReplyDrafts]
) -> None:
    await replies.begin(callback.from_user.id, complaint_of(manager), ReplyPurpose.ASK)
    await manager.switch_to(Cases.reply)


async def on_pass(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop("found", None)
    await manager.switch_to(Cases.bodies)


@inject
async def on_body_search(
    message: Message, _: MessageInput, manager: DialogManager, queries: FromDishka[CaseQueries]
) -> None:
    """Search organisations by name, abbreviation or place, those of the complaint's region first."""
    context = context_of(manager)
    full = await full_case(manager, context, queries)
    finder = context.catalogue.organisation_finder
    manager.dialog_data["found"] = finder.find(message.text or "", FOUND_SHOWN, near=full.case.region)


@inject
async def on_body(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    code: str,
    replies: FromDishka[ReplyDrafts],
) -> None:
    if code not in context_of(manager).catalogue.organisations:
        raise WindowOutdatedError
    person, complaint = callback.from_user.id, complaint_of(manager)
    await replies.begin(person, complaint, ReplyPurpose.PASS_ON)
    await replies.change(person, complaint, lambda draft: replace(draft, to=code))
    await manager.switch_to(Cases.reply)


@inject
async def on_answer(
    callback: CallbackQuery, _: Button, manager: DialogManager, replies: FromDishka[ReplyDrafts]
) -> None:
    stored = await replies.begin(callback.from_user.id, complaint_of(manager), ReplyPurpose.ANSWER)
    await manager.switch_to(Cases.outcome if stored.draft.outcome is None else Cases.reply)


@inject
async def on_outcome(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    name: str,
    replies: FromDishka[ReplyDrafts],
) -> None:
    outcome = as_one_of(ComplaintOutcome, name)
    rejected = outcome is ComplaintOutcome.REJECTED

    def chosen(draft: ReplyDraft) -> ReplyDraft:
        return replace(draft, outcome=outcome, restored=draft.restored and not rejected)

    await replies.change(callback.from_user.id, complaint_of(manager), chosen)
    await manager.switch_to(Cases.reply if rejected else Cases.restored)


@inject
async def on_restored(
    callback: CallbackQuery, button: Button, manager: DialogManager, replies: FromDishka[ReplyDrafts]
) -> None:
    restored = button.widget_id == "yes"

    def chosen(draft: ReplyDraft) -> ReplyDraft:
        return replace(draft, restored=restored, how=draft.how if restored else "")

    await replies.change(callback.from_user.id, complaint_of(manager), chosen)
    await manager.switch_to(Cases.how if restored else Cases.reply)


@inject
async def on_how(
    message: Message, _: MessageInput, manager: DialogManager, replies: FromDishka[ReplyDrafts]
) -> None:
    how = (message.text or "").strip()
    MessageContent(text=how).check()
    person = context_of(manager).person.telegram_id
    await replies.change(person, complaint_of(manager), lambda draft: replace(draft, how=how))
    await manager.switch_to(Cases.reply)


@inject
async def on_words(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    replies: FromDishka[ReplyDrafts],
    fetches: FromDishka[AttachmentDownloads],
) -> None:
    """Add the message's text and file to the reply."""
    await _add(message, manager, replies, fetches)


async def _add(
    message: Message, manager: DialogManager, replies: ReplyDrafts, fetches: AttachmentDownloads
) -> bool:
    context, complaint = context_of(manager), complaint_of(manager)
    text, incoming = message.text or message.caption or "", incoming_of(message)
    if not text and incoming is None:
        await message.answer(context.html("complaint.only_words"))
        return False
    part = TextPart(message=message.message_id, text=text)
    stored = await replies.change(
        context.person.telegram_id,
        complaint,
        lambda draft: replace(draft, parts=parts_with(draft.parts, part)) if text else draft,
    )
    if incoming is not None:
        await fetches.for_reply(context.person.telegram_id, stored.id, incoming)
        note_language(manager)
    return True


@inject
async def on_early_words(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    replies: FromDishka[ReplyDrafts],
    fetches: FromDishka[AttachmentDownloads],
) -> None:
    """The window waits for a button, but the official writes the reply already: nothing of it is lost."""
    if not await _add(message, manager, replies, fetches):
        return
    if is_same_album(message, manager):
        manager.show_mode = ShowMode.EDIT
    else:
        await message.answer(context_of(manager).html("placing.into_draft"))


@inject
async def on_clear(
    callback: CallbackQuery, _: Button, manager: DialogManager, replies: FromDishka[ReplyDrafts]
) -> None:
    """Discard the text and files of the reply but not its purpose."""
    person, complaint = callback.from_user.id, complaint_of(manager)
    stored = await _stored(replies, person, complaint)
    await replies.drop(person, complaint)
    await replies.begin(person, complaint, stored.draft.purpose)
    again = replace(stored.draft, parts=())
    await replies.change(person, complaint, lambda _: again)
    manager.show_mode = ShowMode.EDIT


@inject
async def on_send(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    replies: FromDishka[ReplyDrafts],
    send: FromDishka[SendReply],
    fetches: FromDishka[AttachmentDownloads],
) -> None:
    """Wait for files still being downloaded so that none is left out."""
    context, person, complaint = context_of(manager), callback.from_user.id, complaint_of(manager)
    stored = await replies.find(person, complaint)
    if stored is not None and await fetches.of_reply(stored.id):
        await callback.answer(context.plain("cases.files_coming"), show_alert=True)
        return
    await send(person, complaint)
    await callback.answer(context.plain("cases.sent_said"))
    await manager.switch_to(Cases.case)


@inject
async def get_reply(
    dialog_manager: DialogManager,
    context: RequestContext,
    replies: FromDishka[ReplyDrafts],
    fetches: FromDishka[AttachmentDownloads],
    queries: FromDishka[CaseQueries],
    **_: object,
) -> dict[str, Any]:
    full = await full_case(dialog_manager, context, queries)
    stored = await _stored(replies, context.person.telegram_id, full.case.id)
    draft = stored.draft
    return {
        "number": str(full.case.number),
        "purpose": context.plain(f"cases.purpose_{draft.purpose.value}"),
        "hint": context.plain(f"cases.hint_{draft.purpose.value}"),
        "body": organisation_name(context, draft.to) if draft.to else "",
        "outcome": context.plain(f"cases.outcome_{draft.outcome.value}") if draft.outcome else "",
        "restored": draft.how if draft.restored else "",
        "text": draft.text,
        "length": len(draft.text),
        "files": len(stored.files),
        "coming": await fetches.of_reply(stored.id),
        "has_words": bool(draft.text),
        "has_any": bool(draft.text or stored.files),
        "is_answer": draft.purpose is ReplyPurpose.ANSWER,
    }


async def _stored(replies: ReplyDrafts, person: int, complaint: int) -> StoredReply:
    """Raises WindowOutdatedError if no reply is in progress because it was sent."""
    found = await replies.find(person, complaint)
    if found is None:
        raise WindowOutdatedError
    return found
