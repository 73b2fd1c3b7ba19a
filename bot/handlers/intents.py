"""Words that want something from the bot itself (the menu, a person, a complaint), and numbers typed alone.

They work wherever free text is a question. A window that waits for text gets everything except the few words
that leave it, written alone.
"""

from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from dishka import AsyncContainer, FromDishka
from dishka.integrations.aiogram import inject

from accounts.errors import GoneError
from bot.app.filters import PRIVATE, IsComplaintNumber, IsFreeText, LeavesWindow, TypedNumber, WindowInputs
from bot.dialogs.complaints.inbox.opening import case_ids
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.complaints.mine.states import Mine
from bot.dialogs.opening import open_over
from bot.handlers.intent_actions import act
from bot.request_context import RequestContext
from bot.views.answers.card import CardView
from bot.views.answers.card_place import CardPlace, CardSection
from bot.views.answers.guide import GuideView
from bot.views.answers.intent import ways_on
from bot.views.callbacks import IntentCallback
from bot.views.screen import Screen, send
from complaints.case import ComplaintCase
from complaints.errors import ComplaintNumberError
from complaints.numbers import ComplaintNumber
from complaints.queries.cases import CaseQueries
from knowledge.intents import FoundIntent
from knowledge.typed_text import typed_choice
from messaging.metrics import INTENTS
from registry_data.intents import Intent


async def wants(message: Message, context: RequestContext) -> bool | dict[str, Any]:
    """Filter: the message wants something from the bot itself."""
    found = context.catalogue.wanted(message.text or "")
    return {"wanted": found} if found is not None else False


async def do_wanted(
    message: Message,
    wanted: FoundIntent,
    context: RequestContext,
    dialog_manager: DialogManager,
    dishka_container: AsyncContainer,
) -> None:
    INTENTS.labels(wanted.intent.value).inc()
    await act(wanted, message, dialog_manager, dishka_container)
    if wanted.intent is Intent.EMERGENCY and wanted.tells_more and _is_sure(message.text or "", context):
        raise SkipHandler  # the numbers first, then the answer to what was asked with them


def _is_sure(text: str, context: RequestContext) -> bool:
    reply = context.catalogue.knowledge.ask(text)
    return bool(reply.found) and reply.confident


async def pressed(
    callback: CallbackQuery,
    callback_data: IntentCallback,
    dialog_manager: DialogManager,
    dishka_container: AsyncContainer,
) -> None:
    INTENTS.labels(callback_data.intent.value).inc()
    if isinstance(callback.message, Message):
        await act(
            FoundIntent(intent=callback_data.intent), callback.message, dialog_manager, dishka_container
        )
    await callback.answer()


async def picks(message: Message, context: RequestContext, state: FSMContext) -> bool | dict[str, Any]:
    """Filter: the message is a number of the list shown last, and what it names is still there."""
    typed = typed_choice(message.text or "")
    if typed is None:
        return False
    data = await state.get_data()
    offered = data.get("offered") or []
    place = typed - 1
    if place >= len(offered):
        return False
    screen = _screen(context, offered[place], CardSection(data["section"]))
    return {"picked": screen, "slug": offered[place]} if screen is not None else False


async def show_picked(
    message: Message, picked: Screen, slug: str, context: RequestContext, state: FSMContext
) -> None:
    """The list stays open: a person may look at the second thing after the first."""
    await state.update_data(about=slug, about_at=context.now.isoformat(), cases=[])
    await send(message, picked)


def _screen(context: RequestContext, slug: str, section: CardSection) -> Screen | None:
    guide = context.catalogue.guides.get(slug)
    if guide is not None:
        return GuideView(texts=context.texts).screen(
            guide, context.catalogue.acts, context.language, context.catalogue.listed(guide)
        )
    facts = context.catalogue.facts(slug, context.now)
    if facts is None:
        return None
    return CardView(texts=context.texts).screen(facts, context.language, CardPlace(section=section))


@inject
async def open_typed(
    message: Message,
    typed: TypedNumber,
    context: RequestContext,
    dialog_manager: DialogManager,
    queries: FromDishka[CaseQueries],
) -> None:
    """Another person's complaint gets the same words as none; the open window comes back as it was."""
    case = await _find(queries, context.person.telegram_id, typed.text)
    if case is None:
        buttons = None if typed.waits else ways_on(context, (Intent.MY_COMPLAINTS, Intent.MENU))
        await message.answer(context.html("my_complaints.not_found"), reply_markup=buttons)
        if typed.waits:
            await dialog_manager.show(ShowMode.SEND)
    elif case.person == context.person.telegram_id:
        await open_over(dialog_manager, Mine.case, complaint=case.id)
    else:
        await open_over(dialog_manager, Cases.case, **case_ids(case.id, case.organisation))


async def _find(queries: CaseQueries, person: int, typed: str) -> ComplaintCase | None:
    try:
        return await queries.by_number(person, ComplaintNumber.read(typed))
    except (ComplaintNumberError, GoneError):
        return None


def make_router(inputs: WindowInputs) -> Router:
    router = Router(name="intents")
    router.message.filter(PRIVATE)
    router.message.register(do_wanted, LeavesWindow(inputs))
    is_free_text = IsFreeText(inputs)
    router.message.register(show_picked, is_free_text, picks)
    router.message.register(open_typed, IsComplaintNumber(inputs))
    router.message.register(do_wanted, is_free_text, wants)
    router.callback_query.register(pressed, IntentCallback.filter())
    return router
