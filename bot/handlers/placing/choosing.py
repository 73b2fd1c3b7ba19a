"""A person has said where the kept messages belong."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from dishka import AsyncContainer

from bot.dialogs.complaints.entry.flow import EntryFlow
from bot.dialogs.complaints.entry.handlers import add_to_text
from bot.dialogs.complaints.entry.states import Register
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.complaints.kept import KeptMessage, KeptMessages, text_of
from bot.dialogs.complaints.mine.handlers import open_my_complaints
from bot.dialogs.complaints.mine.states import Mine
from bot.dialogs.complaints.submission.flow import Flow
from bot.dialogs.complaints.submission.opening import (
    STORY,
    ComplaintStart,
    open_complaint,
    service_told,
)
from bot.dialogs.opening import open_window
from bot.handlers import questions
from bot.handlers.placing.asking import give
from bot.request_context import RequestContext, context_of
from bot.views.callbacks import PlaceAction
from bot.views.complaints.placing import given_screen
from bot.views.screen import show
from complaints.actions.citizens import MarkNotSolved
from complaints.attachments.downloads import AttachmentDownloads
from complaints.draft import Draft, TextPart, parts_with, with_part
from complaints.queries.inbox import InboxList
from complaints.queries.mine import MyComplaints, OwnQueries
from complaints.staff_drafts.actions import ReplyDrafts
from complaints.staff_drafts.drafts import ReplyDraft, ReplyPurpose
from complaints.terms import Rule
from complaints.thread import MessageContent


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChoice:
    """Where the kept messages go. `complaint` came from the client: the actions check it."""

    complaint: int
    kept: list[KeptMessage]
    callback: CallbackQuery
    manager: DialogManager
    container: AsyncContainer
    messages: KeptMessages

    @property
    def context(self) -> RequestContext:
        return context_of(self.manager)

    @property
    def person(self) -> int:
        return self.context.person.telegram_id

    async def say(self, key: str) -> None:
        if isinstance(self.callback.message, Message):
            await self.callback.message.edit_text(self.context.html(f"placing.{key}"))


async def _give(choice: PlaceChoice) -> None:
    case = await (await choice.container.get(OwnQueries)).case(choice.person, choice.complaint)
    for one in choice.kept:
        await give(choice.container, choice.person, case.id, one)
        await choice.messages.done(one)
    await choice.messages.remember("given", case.id)
    files = sum(one.file is not None for one in choice.kept)
    await show(choice.callback, given_screen(choice.context, case, files))


async def _not_solved(choice: PlaceChoice) -> None:
    mark = await choice.container.get(MarkNotSolved)
    case = await mark(choice.person, choice.complaint, MessageContent(text=text_of(choice.kept)))
    window = Mine.court if case.rule is Rule.AUTHORITY else Mine.agency
    await open_my_complaints(choice.manager, window, complaint=case.id)


async def _into_reply(choice: PlaceChoice, *, purpose: ReplyPurpose) -> None:
    """Nothing is sent: the reply's window opens, and the official reads it again."""
    replies = await choice.container.get(ReplyDrafts)
    fetches = await choice.container.get(AttachmentDownloads)
    stored = await replies.begin(choice.person, choice.complaint, purpose)
    for one in choice.kept:
        if one.file is not None:
            await fetches.for_reply(choice.person, stored.id, one.file)
        if one.text:
            await replies.change(choice.person, choice.complaint, partial(_with_reply_part, one))
        await choice.messages.done(one)
    await choice.say("into_draft")
    row = await replies.context.complaints.get(choice.complaint)
    ids: dict[str, Any] = {"complaint": row.id, "organisation": row.organisation}
    is_undecided = purpose is ReplyPurpose.ANSWER and stored.draft.outcome is None
    window = Cases.outcome if is_undecided else Cases.reply
    await open_window(choice.manager, window, list=InboxList.ALL.value, **ids)


def _with_reply_part(kept: KeptMessage, draft: ReplyDraft) -> ReplyDraft:
    return replace(draft, parts=parts_with(draft.parts, TextPart(message=kept.message, text=kept.text)))


async def _into_story(choice: PlaceChoice) -> None:
    """Before the consent the text waits, encrypted, in the window that asks for it."""
    if choice.manager.has_context() and choice.manager.current_context().state.group is Register:
        await _add_to_entry(choice)
        return
    mine = await choice.container.get(MyComplaints)
    if await mine.consented(choice.person) is None:
        flow = await choice.container.get(Flow)
        story = flow.cipher.close(text_of(choice.kept), STORY, choice.person)
        service = service_told(choice.manager) if choice.manager.has_context() else None
        begins = ComplaintStart(service=service, story=story, message=choice.kept[0].message)
        await open_complaint(choice.manager, mine, begins)
        return
    await _add_to_draft(choice)
    await choice.say("story_added")
    if choice.manager.has_context():
        await choice.manager.show(ShowMode.SEND)


async def _add_to_entry(choice: PlaceChoice) -> None:
    """The complaint that an official enters has no files of its own yet."""
    flow = await choice.container.get(EntryFlow)
    await add_to_text(flow, choice.manager, text_of(choice.kept))
    await choice.say("story_added")
    await choice.manager.show(ShowMode.SEND)


async def _add_to_draft(choice: PlaceChoice) -> None:
    flow, fetches = await choice.container.get(Flow), await choice.container.get(AttachmentDownloads)
    stored = await flow.find(choice.person) or await flow.begin(choice.person, None)
    for one in choice.kept:
        if one.file is not None:
            await fetches.for_draft(choice.person, stored.id, one.file)
        if one.text:
            await flow.change_draft(choice.person, partial(_with_story_part, one))
        await choice.messages.done(one)


def _with_story_part(kept: KeptMessage, draft: Draft) -> Draft:
    return with_part(draft, TextPart(message=kept.message, text=kept.text))


async def _registry(choice: PlaceChoice) -> None:
    """Answer it as a question, and ask about the window's complaint no more for ten minutes."""
    await choice.say("as_question")
    complaint = choice.manager.dialog_data.get("complaint", 0) if choice.manager.has_context() else 0
    await choice.messages.remember("no_matter", complaint)
    message = choice.callback.message
    if isinstance(message, Message):
        typed = {"text": text_of(choice.kept), "from_user": choice.callback.from_user}
        state: FSMContext = choice.manager.middleware_data["state"]
        asked = message.model_copy(update=typed)
        await questions.question(asked, choice.context, state, choice.container)


async def _drop(choice: PlaceChoice) -> None:
    await choice.say("dropped")


ACTIONS: Final[dict[PlaceAction, Callable[[PlaceChoice], Awaitable[None]]]] = {
    PlaceAction.GIVE: _give,
    PlaceAction.NOT_SOLVED: _not_solved,
    PlaceAction.INTO_ANSWER: partial(_into_reply, purpose=ReplyPurpose.ANSWER),
    PlaceAction.INTO_QUESTION: partial(_into_reply, purpose=ReplyPurpose.ASK),
    PlaceAction.INTO_STORY: _into_story,
    PlaceAction.REGISTRY: _registry,
    PlaceAction.DROP: _drop,
}
