"""Entry points to the officials' inbox: the command, notices, numbered links, edited replies."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.api.entities import Context
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from accounts.officials.guard import Guard
from bot.app.filters import PRIVATE, WORDS
from bot.dialogs.complaints.inbox.handlers import open_inbox
from bot.dialogs.complaints.inbox.looking import CaseLooks, look_of
from bot.dialogs.complaints.inbox.opening import open_case
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import RequestContext
from bot.views.callbacks import ComplaintDigestCallback, OfficialCaseCallback, OfficialLookCallback
from bot.views.filings.names import FilingNames
from bot.views.morning.view import DigestScreens
from bot.views.screen import show
from complaints.actions.context import ComplaintContext
from complaints.digest import DigestStage
from complaints.draft import TextPart, parts_with
from complaints.numbers import LINK, ComplaintNumber
from complaints.queries.cases import CaseQueries
from complaints.staff_drafts.actions import ReplyDrafts


@inject
async def inbox(
    message: Message, context: RequestContext, dialog_manager: DialogManager, guard: FromDishka[Guard]
) -> None:
    if not await open_inbox(dialog_manager, guard):
        await message.answer(context.html("officials.no_role"))


@inject
async def open_from_notice(
    callback: CallbackQuery,
    callback_data: OfficialCaseCallback,
    dialog_manager: DialogManager,
    queries: FromDishka[CaseQueries],
) -> None:
    """Check the right before a window opens: button data comes from the client."""
    full = await queries.of_official(callback.from_user.id, callback_data.complaint)
    await open_case(dialog_manager, full.case.id, full.case.organisation)
    await callback.answer()


@inject
async def look_again(
    callback: CallbackQuery,
    callback_data: OfficialLookCallback,
    context: RequestContext,
    looks: FromDishka[CaseLooks],
) -> None:
    """One press opens again what was hidden: another look, for the same reason.

    Raises WindowOutdatedError for names of nothing.
    """
    what, reason = look_of(callback_data)
    if not isinstance(callback.message, Message):
        raise WindowOutdatedError
    await looks.show(context, callback.message, callback_data.complaint, what, reason)
    await callback.message.edit_reply_markup(reply_markup=None)
    await callback.answer()


@inject
async def turn_digest(
    callback: CallbackQuery,
    callback_data: ComplaintDigestCallback,
    context: RequestContext,
    complaints: FromDishka[ComplaintContext],
    names: FromDishka[FilingNames],
) -> None:
    """Show other rows of a digest, as they are now: the digest is the reader's own.

    Raises WindowOutdatedError for a day that is none.
    """
    try:
        stage = DigestStage.read(f"{callback_data.kind}_{callback_data.day}")
    except ValueError:
        raise WindowOutdatedError from None
    person, calendar = callback.from_user.id, await complaints.calendar()
    digests = DigestScreens(
        context=context, names=names, session=complaints.session, calendar=calendar, person=person
    )
    screen = await digests.at(stage, callback_data.start)
    if screen is None:
        await callback.answer(context.plain("told_official.nothing_due"), show_alert=True)
        return
    await show(callback, screen)
    await callback.answer()


@inject
async def by_number(
    _: Message,
    command: CommandObject,
    context: RequestContext,
    dialog_manager: DialogManager,
    queries: FromDishka[CaseQueries],
) -> None:
    """Open a complaint of the official's organisation by its number."""
    case = await queries.by_number(context.person.telegram_id, ComplaintNumber.read(command.args or ""))
    await open_case(dialog_manager, case.id, case.organisation)


@inject
async def edited(
    message: Message,
    context: RequestContext,
    replies: FromDishka[ReplyDrafts],
    aiogd_context: Context | None = None,
) -> None:
    """Update the unsent reply that contains the edited message."""
    if aiogd_context is None or aiogd_context.state not in {Cases.reply, Cases.confirm}:
        raise SkipHandler
    person, complaint = context.person.telegram_id, int(str(aiogd_context.dialog_data["complaint"]))
    stored = await replies.find(person, complaint)
    if stored is None or all(part.message != message.message_id for part in stored.draft.parts):
        raise SkipHandler
    part = TextPart(message=message.message_id, text=message.text or message.caption or "")
    await replies.change(person, complaint, lambda draft: replace(draft, parts=parts_with(draft.parts, part)))
    await message.answer(context.html("complaint.edited"))


def make_router() -> Router:
    router = Router(name="complaints_inbox")
    router.message.filter(PRIVATE)
    router.edited_message.filter(PRIVATE)
    link = CommandStart(deep_link=True, magic=F.args.regexp(rf"^{LINK}\d{{11}}$"))
    router.message.register(by_number, link)
    router.message.register(inbox, Command("inbox"))
    router.edited_message.register(edited, WORDS)
    router.callback_query.register(turn_digest, ComplaintDigestCallback.filter())
    router.callback_query.register(look_again, OfficialLookCallback.filter())
    router.callback_query.register(open_from_notice, OfficialCaseCallback.filter())
    return router
