"""Feedback on an answer: helpful, not helpful, or wrong facts."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from bot.dialogs.answers.wrong_facts.states import WrongFacts
from bot.dialogs.outdated import WindowOutdatedError
from bot.handlers.questions import remember_retry
from bot.handlers.signed_journal import SignedJournal
from bot.request_context import RequestContext
from bot.views.answers.intent import other_words_screen
from bot.views.callbacks import VerdictCallback
from bot.views.screen import send
from knowledge.journal.entries import Verdict


async def wrong(
    callback: CallbackQuery,
    callback_data: VerdictCallback,
    context: RequestContext,
    dialog_manager: DialogManager,
) -> None:
    known(callback_data.slug, context)
    await dialog_manager.start(
        WrongFacts.telling,
        data={"slug": callback_data.slug},
        mode=StartMode.RESET_STACK,
        show_mode=ShowMode.SEND,
    )
    await callback.answer()


@inject
async def useful_or_not(
    callback: CallbackQuery,
    callback_data: VerdictCallback,
    context: RequestContext,
    state: FSMContext,
    journal: FromDishka[SignedJournal],
) -> None:
    known(callback_data.slug, context)
    await journal.verdict(callback.from_user.id, callback_data.slug, callback_data.verdict)
    if callback_data.verdict is Verdict.YES:
        await callback.answer(context.plain("answer.useful_thanks"))
        return
    await remember_retry(state)
    await callback.answer()
    if isinstance(callback.message, Message):  # a message of its own: the card keeps its buttons
        await send(callback.message, other_words_screen(context))


def known(slug: str, context: RequestContext) -> None:
    if slug not in context.catalogue.cards and slug not in context.catalogue.guides:
        raise WindowOutdatedError


def make_router() -> Router:
    router = Router(name="verdicts")
    router.callback_query.register(wrong, VerdictCallback.filter(F.verdict == Verdict.WRONG))
    router.callback_query.register(useful_or_not, VerdictCallback.filter())
    return router
