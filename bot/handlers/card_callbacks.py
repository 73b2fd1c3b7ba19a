"""Buttons under cards, answers and offers. Their data is validated: the client may send anything."""

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from accounts.actions import ChooseLanguage
from bot.dialogs.menu.states import Menu
from bot.dialogs.opening import open_window
from bot.dialogs.outdated import WindowOutdatedError
from bot.handlers.commands import open_menu, open_service
from bot.handlers.questions import ChatMemory, recall, remember_card, remember_retry
from bot.request_context import RequestContext, in_language, replace_context
from bot.views.answers.answer import AnswerView
from bot.views.answers.card import CardView, place_of
from bot.views.answers.card_cases import CardCasesView
from bot.views.answers.card_place import ALL_CASES, CardPlace, cases_of
from bot.views.answers.guide import GuideView
from bot.views.answers.intent import other_words_screen
from bot.views.callbacks import (
    CardCallback,
    CasesCallback,
    GuideCallback,
    LanguageCallback,
    LanguageOfferAnswer,
    LanguageOfferCallback,
    MenuCallback,
    MoreCallback,
    NoneOfTheseCallback,
)
from bot.views.screen import Screen, send, show
from knowledge.cases import cases_numbered, numbers_of
from knowledge.journal.actions import RefuseOffer
from registry_data.card_facts import CardFacts
from registry_data.schema import ServiceCard


async def card(
    callback: CallbackQuery, callback_data: CardCallback, context: RequestContext, state: FSMContext
) -> None:
    await _show_card(callback, callback_data, context, state)


async def more(
    callback: CallbackQuery, callback_data: MoreCallback, context: RequestContext, state: FSMContext
) -> None:
    await _show_card(callback, callback_data, context, state, callback_data.more)


async def _show_card(
    callback: CallbackQuery,
    pressed: CardCallback | MoreCallback,
    context: RequestContext,
    state: FSMContext,
    presses: int = 0,
) -> None:
    facts = facts_of(pressed.slug, context)
    place = place_of(pressed, facts.card)
    kept = kept_cases(pressed, place, facts.card, context, await recall(state, context.now))
    place = replace(place, cases=kept or None)
    screen = CardView(texts=context.texts).screen(facts, context.language, place, presses)
    await show(callback, screen)
    await remember_card(state, pressed.slug, context.now, numbers_of(facts.card, kept))
    await callback.answer()


async def cases(callback: CallbackQuery, callback_data: CasesCallback, context: RequestContext) -> None:
    subject = facts_of(callback_data.slug, context).card
    view = CardCasesView(texts=context.texts)
    await show(callback, view.screen(subject, context.language, callback_data.section, callback_data.page))
    await callback.answer()


def facts_of(slug: str, context: RequestContext) -> CardFacts:
    """Raises AnswersOffError, and WindowOutdatedError for a card that is gone."""
    context.check_answers()
    facts = context.catalogue.facts(slug, context.now)
    if facts is None:
        raise WindowOutdatedError
    return facts


def kept_cases(
    pressed: CardCallback | MoreCallback,
    place: CardPlace,
    card: ServiceCard,
    context: RequestContext,
    memory: ChatMemory,
) -> frozenset[str]:
    """The cases that hold after a press: the pressed one, with what it means in the card's other parts, or
    those chosen before at the same card.
    """
    if place.cases:
        here = {case.kk for case in cases_of(card, place.section)}
        meant = (context.catalogue.knowledge.cases_everywhere(card, case) for case in place.cases)
        return place.cases | (frozenset[str]().union(*meant) - here)
    if pressed.case == ALL_CASES or memory.about != card.slug:
        return frozenset()
    return cases_numbered(card, memory.cases)


async def guide(callback: CallbackQuery, callback_data: GuideCallback, context: RequestContext) -> None:
    context.check_answers()
    found = context.catalogue.guides.get(callback_data.slug)
    if found is None:
        raise WindowOutdatedError
    await show(
        callback,
        GuideView(texts=context.texts).screen(
            found, context.catalogue.acts, context.language, context.catalogue.listed(found)
        ),
    )
    await callback.answer()


async def menu(callback: CallbackQuery, callback_data: MenuCallback, dialog_manager: DialogManager) -> None:
    state = Menu.situations if callback_data.situations else Menu.main
    await open_window(dialog_manager, state)
    await callback.answer()


@inject
async def language(
    callback: CallbackQuery,
    callback_data: LanguageCallback,
    context: RequestContext,
    dialog_manager: DialogManager,
    choose: FromDishka[ChooseLanguage],
) -> None:
    await choose(callback.from_user.id, callback_data.language)
    changed = in_language(context, callback_data.language)
    replace_context(dialog_manager, changed)
    await callback.answer(changed.plain("menu.language_chosen"))
    await show(callback, Screen(text=str(changed.html("menu.language_chosen"))))
    state: FSMContext = dialog_manager.middleware_data["state"]
    message = callback.message
    if not callback_data.then or not isinstance(message, Message):
        await open_menu(dialog_manager)
    else:
        await open_service(message, changed, state, callback_data.then)


@inject
async def switch(
    callback: CallbackQuery,
    callback_data: LanguageOfferCallback,
    context: RequestContext,
    choose: FromDishka[ChooseLanguage],
) -> None:
    key = "answer.kept"
    if callback_data.answer is LanguageOfferAnswer.TAKE:
        await choose(callback.from_user.id, callback_data.language)
        context = in_language(context, callback_data.language)
        key = "menu.language_chosen"
    await show(callback, Screen(text=str(context.html(key))))
    await callback.answer()


@inject
async def none_of_these(
    callback: CallbackQuery, context: RequestContext, state: FSMContext, refuse: FromDishka[RefuseOffer]
) -> None:
    """Ask once to rephrase; after that offer the life situations and 1414."""
    memory = await recall(state, context.now)
    if memory.question is not None:
        await refuse(memory.question)
    if memory.asked_again:
        screen = AnswerView(texts=context.texts).unknown(context.language)
        await state.clear()
    else:
        screen = other_words_screen(context)
        await remember_retry(state)
    if isinstance(callback.message, Message):
        await send(callback.message, screen)
    await callback.answer()


def make_router() -> Router:
    router = Router(name="card_callbacks")
    router.callback_query.register(card, CardCallback.filter())
    router.callback_query.register(more, MoreCallback.filter())
    router.callback_query.register(cases, CasesCallback.filter())
    router.callback_query.register(guide, GuideCallback.filter())
    router.callback_query.register(menu, MenuCallback.filter())
    router.callback_query.register(language, LanguageCallback.filter())
    router.callback_query.register(switch, LanguageOfferCallback.filter())
    router.callback_query.register(none_of_these, NoneOfTheseCallback.filter())
    return router
