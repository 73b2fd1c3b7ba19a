"""Entry points to complaints: commands, buttons under cards and notices, numbered links, edited messages."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from bot.app.filters import PRIVATE, WORDS
from bot.dialogs.complaints.mine.handlers import open_my_complaints
from bot.dialogs.complaints.mine.states import Mine
from bot.dialogs.complaints.submission.flow import Flow
from bot.dialogs.complaints.submission.opening import ComplaintStart, open_complaint
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import RequestContext
from bot.views.callbacks import (
    CaseAction,
    CaseCallback,
    ComplainCallback,
    SelfFiledAction,
    SelfFiledCallback,
    SelfFiledStepCallback,
)
from complaints.actions.citizens import AddToComplaint
from complaints.draft import TextPart, with_part
from complaints.hearings.actions import AskOralHearing
from complaints.numbers import LINK, ComplaintNumber
from complaints.queries.cases import CaseQueries
from complaints.queries.mine import MyComplaints, OwnQueries
from complaints.store import SourceMessages
from complaints.thread import MessageContent

_WINDOWS: dict[CaseAction, State] = {
    CaseAction.OPEN: Mine.case,
    CaseAction.ADD: Mine.adding,
    CaseAction.SOLVED: Mine.case,
    CaseAction.NOT_SOLVED: Mine.not_solved,
    CaseAction.AGENCY: Mine.agency,
    CaseAction.COURT: Mine.court,
}

_TOLD_OF = {SelfFiledAction.ANSWERED: Mine.answered_on, SelfFiledAction.NO_ANSWER: Mine.self_filed}


@inject
async def complain(
    _: Message, dialog_manager: DialogManager, my_complaints: FromDishka[MyComplaints]
) -> None:
    await open_complaint(dialog_manager, my_complaints)


@inject
async def complain_of(
    callback: CallbackQuery,
    callback_data: ComplainCallback,
    context: RequestContext,
    dialog_manager: DialogManager,
    my_complaints: FromDishka[MyComplaints],
) -> None:
    if callback_data.slug not in context.catalogue.cards:
        raise WindowOutdatedError
    await open_complaint(dialog_manager, my_complaints, ComplaintStart(service=callback_data.slug))
    await callback.answer()


async def list_my_complaints(_: Message, dialog_manager: DialogManager) -> None:
    await open_my_complaints(dialog_manager)


@inject
async def open_case(
    callback: CallbackQuery,
    callback_data: CaseCallback,
    context: RequestContext,
    dialog_manager: DialogManager,
    own: FromDishka[OwnQueries],
) -> None:
    """Check ownership before a window opens: button data comes from the client."""
    case = await own.case(context.person.telegram_id, callback_data.complaint)
    await open_my_complaints(dialog_manager, _WINDOWS[callback_data.action], complaint=case.id)
    await callback.answer()


@inject
async def ask_oral_hearing(
    callback: CallbackQuery,
    callback_data: CaseCallback,
    context: RequestContext,
    ask: FromDishka[AskOralHearing],
) -> None:
    """The button under a preliminary decision; the action checks whose complaint it is."""
    await ask(context.person.telegram_id, callback_data.complaint)
    await callback.answer(context.plain("told.oral_asked"), show_alert=True)


async def open_self_filed(
    callback: CallbackQuery, callback_data: SelfFiledCallback, dialog_manager: DialogManager
) -> None:
    await open_my_complaints(dialog_manager, Mine.self_filed, kept=callback_data.self_filed)
    await callback.answer()


async def tell_of_self_filed(
    callback: CallbackQuery, callback_data: SelfFiledStepCallback, dialog_manager: DialogManager
) -> None:
    """Asks when it was answered, or goes on from the silence; every step checks whose it is."""
    window = _TOLD_OF[callback_data.action]
    await open_my_complaints(dialog_manager, window, kept=callback_data.self_filed)
    await callback.answer()


@inject
async def by_number(
    _: Message,
    command: CommandObject,
    context: RequestContext,
    dialog_manager: DialogManager,
    queries: FromDishka[CaseQueries],
) -> None:
    """Open a complaint by its number; another person's looks like a missing one."""
    case = await queries.by_number(context.person.telegram_id, ComplaintNumber.read(command.args or ""))
    if case.person != context.person.telegram_id:
        raise SkipHandler  # an official's own: handled by the inbox router
    await open_my_complaints(dialog_manager, Mine.case, complaint=case.id)


@inject
async def edited(
    message: Message,
    context: RequestContext,
    flow: FromDishka[Flow],
    source_messages: FromDishka[SourceMessages],
    add: FromDishka[AddToComplaint],
) -> None:
    """Update the draft that contains the edited message; after submission, treat it as an addition."""
    person, text = context.person.telegram_id, message.text or message.caption or ""
    self_filed = await flow.find(person)
    if self_filed is not None and any(part.message == message.message_id for part in self_filed.draft.parts):
        part = TextPart(message=message.message_id, text=text)
        await flow.change_draft(person, lambda draft: with_part(draft, part))
        await message.answer(context.html("complaint.edited"))
        return
    complaint = await source_messages.complaint_of(person, message.message_id)
    if complaint is None:
        raise SkipHandler
    await add(person, complaint, MessageContent(text=text))
    await message.answer(context.html("my_complaints.added"))


def make_router() -> Router:
    router = Router(name="complaints")
    router.message.filter(PRIVATE)
    router.edited_message.filter(PRIVATE)
    link = CommandStart(deep_link=True, magic=F.args.regexp(rf"^{LINK}\d{{11}}$"))
    router.message.register(by_number, link)
    router.message.register(complain, Command("complaint"))
    router.message.register(list_my_complaints, Command("complaints"))
    router.edited_message.register(edited, WORDS)
    router.callback_query.register(complain_of, ComplainCallback.filter())
    router.callback_query.register(ask_oral_hearing, CaseCallback.filter(F.action == CaseAction.ORAL))
    router.callback_query.register(open_case, CaseCallback.filter())
    router.callback_query.register(tell_of_self_filed, SelfFiledStepCallback.filter())
    router.callback_query.register(open_self_filed, SelfFiledCallback.filter())
    return router
