"""The doors to complaints: commands, buttons under cards and notices, links by number, edited messages."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from bot.callbacks import CaseDeed, CasePress, ComplainPress, KeptPress
from bot.complaints.told import ToldMessages
from bot.dialogs.complaint.flow import Flow
from bot.dialogs.complaint.opening import open_complaint
from bot.dialogs.my_complaints.handlers import open_mine
from bot.dialogs.my_complaints.states import Mine
from bot.dialogs.outdated import WindowOutdatedError
from bot.filters import PRIVATE, WORDS
from bot.request_context import RequestContext
from complaints.actions.citizens import AddToComplaint
from complaints.draft import Part, with_part
from complaints.numbers import LINK, Number
from complaints.queries.cases import CaseQueries
from complaints.queries.mine import MyComplaints
from complaints.queries.own import OwnQueries
from complaints.talk import Words

_WINDOWS: dict[CaseDeed, State] = {
    CaseDeed.OPEN: Mine.case,
    CaseDeed.ADD: Mine.adding,
    CaseDeed.SOLVED: Mine.case,
    CaseDeed.NOT_SOLVED: Mine.not_solved,
    CaseDeed.AGENCY: Mine.agency,
    CaseDeed.COURT: Mine.court,
}


@inject
async def complain(_: Message, dialog_manager: DialogManager, mine: FromDishka[MyComplaints]) -> None:
    await open_complaint(dialog_manager, mine)


@inject
async def complain_of(
    callback: CallbackQuery,
    callback_data: ComplainPress,
    context: RequestContext,
    dialog_manager: DialogManager,
    mine: FromDishka[MyComplaints],
) -> None:
    if callback_data.slug not in context.catalogue.cards:
        raise WindowOutdatedError
    await open_complaint(dialog_manager, mine, callback_data.slug)
    await callback.answer()


async def list_mine(_: Message, dialog_manager: DialogManager) -> None:
    await open_mine(dialog_manager)


@inject
async def open_case(
    callback: CallbackQuery,
    callback_data: CasePress,
    context: RequestContext,
    dialog_manager: DialogManager,
    own: FromDishka[OwnQueries],
) -> None:
    """Whose it is, is asked before a window opens: what a button carries comes from the client."""
    case = await own.case(context.person.telegram_id, callback_data.complaint)
    await open_mine(dialog_manager, _WINDOWS[callback_data.deed], complaint=case.id)
    await callback.answer()


async def open_kept(callback: CallbackQuery, callback_data: KeptPress, dialog_manager: DialogManager) -> None:
    await open_mine(dialog_manager, Mine.kept, kept=callback_data.kept)
    await callback.answer()


@inject
async def by_number(
    _: Message,
    command: CommandObject,
    context: RequestContext,
    dialog_manager: DialogManager,
    queries: FromDishka[CaseQueries],
) -> None:
    """A link with a number; somebody else's is as good as none."""
    case = await queries.by_number(context.person.telegram_id, Number.read(command.args or ""))
    if case.person != context.person.telegram_id:
        raise SkipHandler  # an official's: his own windows
    await open_mine(dialog_manager, Mine.case, complaint=case.id)


@inject
async def edited(
    message: Message,
    context: RequestContext,
    flow: FromDishka[Flow],
    told: FromDishka[ToldMessages],
    add: FromDishka[AddToComplaint],
) -> None:
    """An edited message changes the draft it is a part of; once that is sent, it is an addition."""
    person, text = context.person.telegram_id, message.text or message.caption or ""
    kept = await flow.find(person)
    if kept is not None and any(part.message == message.message_id for part in kept.draft.parts):
        part = Part(message=message.message_id, text=text)
        await flow.change_draft(person, lambda draft: with_part(draft, part))
        await message.answer(context.html("complaint.edited"))
        return
    complaint = await told.complaint_of(person, message.message_id)
    if complaint is None:
        raise SkipHandler
    await add(person, complaint, Words(text=text))
    await message.answer(context.html("my_complaints.added"))


def make_router() -> Router:
    router = Router(name="complaints")
    router.message.filter(PRIVATE)
    router.edited_message.filter(PRIVATE)
    link = CommandStart(deep_link=True, magic=F.args.regexp(rf"^{LINK}\d{{11}}$"))
    router.message.register(by_number, link)
    router.message.register(complain, Command("complaint"))
    router.message.register(list_mine, Command("complaints"))
    router.edited_message.register(edited, WORDS)
    router.callback_query.register(complain_of, ComplainPress.filter())
    router.callback_query.register(open_case, CasePress.filter())
    router.callback_query.register(open_kept, KeptPress.filter())
    return router
