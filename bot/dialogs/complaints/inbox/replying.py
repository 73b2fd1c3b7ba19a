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
from bot.views.complaints.appeal import appeal_text
from bot.views.complaints.complaint import organisation_name
from bot.views.complaints.official_case import today_of
from complaints.attachments.downloads import AttachmentDownloads
from complaints.draft import TextPart, parts_with
from complaints.facts import ComplaintOutcome
from complaints.hearings.hearing import UNFAVOURABLE
from complaints.queries.cases import CaseQueries, FullCase
from complaints.staff_drafts.actions import ReplyDrafts, SendReply, StoredReply
from complaints.staff_drafts.drafts import DECIDED, ReplyDraft, ReplyPurpose
from complaints.thread import MessageContent
from localisation.formats import day

FOUND_SHOWN = 8
OF_FILES = frozenset({ReplyPurpose.PROTOCOL, ReplyPurpose.MATERIALS})  # may go without a word


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
    await begin_reply(callback, manager, replies, ReplyPurpose.ANSWER)


async def begin_reply(
    callback: CallbackQuery, manager: DialogManager, replies: ReplyDrafts, purpose: ReplyPurpose
) -> None:
    """Start or resume a reply; a decision begins with its outcome."""
    draft = (await replies.begin(callback.from_user.id, complaint_of(manager), purpose)).draft
    asks = purpose in DECIDED and draft.outcome not in outcomes_of(purpose)
    await manager.switch_to(Cases.outcome if asks else Cases.reply)


def outcomes_of(purpose: ReplyPurpose) -> tuple[ComplaintOutcome, ...]:
    """A preliminary decision goes out before an unfavourable one only."""
    is_preliminary = purpose is ReplyPurpose.PRELIMINARY
    return tuple(one for one in ComplaintOutcome if not is_preliminary or one in UNFAVOURABLE)


@inject
async def get_outcomes(
    dialog_manager: DialogManager,
    context: RequestContext,
    replies: FromDishka[ReplyDrafts],
    **_: object,
) -> dict[str, Any]:
    stored = await _stored(replies, context.person.telegram_id, complaint_of(dialog_manager))
    outcomes = outcomes_of(stored.draft.purpose)
    return {"outcomes": [(one.value, context.plain(f"cases.choose_{one.value}")) for one in outcomes]}


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

    stored = await replies.change(callback.from_user.id, complaint_of(manager), chosen)
    asks = stored.draft.purpose is ReplyPurpose.ANSWER and not rejected
    await manager.switch_to(Cases.restored if asks else Cases.reply)


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
    sent = await send(person, complaint)
    key = "paper.recorded_said" if sent.case.on_paper else "cases.sent_said"
    await callback.answer(context.plain("approval.asked_said" if sent.waits else key))
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
        **_paper(context, full, draft),
        "number": str(full.case.number),
        "purpose": context.plain(f"cases.purpose_{draft.purpose.value}"),
        "hint": _hint(context, full, draft),
        "body": organisation_name(context, draft.to) if draft.to else "",
        "outcome": context.plain(f"cases.outcome_{draft.outcome.value}") if draft.outcome else "",
        "restored": draft.how if draft.restored else "",
        "text": draft.text,
        "length": len(draft.text),
        "files": len(stored.files),
        "coming": await fetches.of_reply(stored.id),
        "has_words": bool(draft.text),
        "has_any": bool(draft.text or stored.files),
        "is_answer": draft.purpose in DECIDED,
        "appeal": _appeal(context, full, draft),
        "has_content": bool(draft.text) or (draft.purpose in OF_FILES and bool(stored.files)),
    }


def _hint(context: RequestContext, full: FullCase, draft: ReplyDraft) -> str:
    """What to write: reasons where not all is granted, and the way of a letter on paper."""
    if full.case.on_paper and draft.purpose is ReplyPurpose.PASS_ON:
        return context.plain("paper.hint_pass_on")
    if draft.purpose is ReplyPurpose.ANSWER and draft.outcome in UNFAVOURABLE:
        return context.plain("cases.hint_reasons")
    return context.plain(f"cases.hint_{draft.purpose.value}")


def _appeal(context: RequestContext, full: FullCase, draft: ReplyDraft) -> str:
    """What is added to an answer (Art. 80 ¶5); a letter on paper says it in its own words."""
    if draft.purpose is not ReplyPurpose.ANSWER or full.case.on_paper:
        return ""
    return appeal_text(context, full.case.rule, today_of(context))


def _paper(context: RequestContext, full: FullCase, draft: ReplyDraft) -> dict[str, Any]:
    """What a complaint on paper adds: the sheet to sign, and its number and day once it is signed."""
    on_paper, marked = full.case.on_paper, draft.purpose in DECIDED
    key = {ReplyPurpose.PRELIMINARY: "record_preliminary", ReplyPurpose.PASS_ON: "record_passed"}
    record = context.plain(f"paper.{key.get(draft.purpose, 'record')}")
    mark = draft.mark
    return {
        "on_paper": on_paper,
        "send_label": record if on_paper else context.plain("cases.send"),
        "has_sheet": draft.purpose in {*DECIDED, ReplyPurpose.PASS_ON},
        "asks_mark": on_paper and marked,
        "ready": not (on_paper and marked) or mark is not None,
        "outgoing": mark.number if mark is not None else "",
        "sent_on": day(mark.on, context.language) if mark is not None else "",
    }


async def _stored(replies: ReplyDrafts, person: int, complaint: int) -> StoredReply:
    """Raises WindowOutdatedError if no reply is in progress because it was sent."""
    found = await replies.find(person, complaint)
    if found is None:
        raise WindowOutdatedError
    return found
