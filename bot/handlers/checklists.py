"""Buttons of the documents' checklist. Their data is validated: the client may send anything."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from accounts.checklists import ChecklistStore, DropChecklist, TickItem
from bot.dialogs.outdated import WindowOutdatedError
from bot.handlers.card_callbacks import facts_of
from bot.request_context import RequestContext
from bot.views.answers.card import CardView
from bot.views.answers.checklist import ChecklistView, documents_place
from bot.views.callbacks import ChecklistAction, ChecklistCallback
from bot.views.screen import send, show


@inject
async def open_list(
    callback: CallbackQuery,
    callback_data: ChecklistCallback,
    context: RequestContext,
    lists: FromDishka[ChecklistStore],
) -> None:
    view = _view(callback_data, context)
    await show(callback, view.screen(await lists.ticked(callback.from_user.id, view.key)))
    await callback.answer()


@inject
async def tick(
    callback: CallbackQuery,
    callback_data: ChecklistCallback,
    context: RequestContext,
    tick_item: FromDishka[TickItem],
) -> None:
    view = _view(callback_data, context)
    if not 0 <= callback_data.item < len(view.items):
        raise WindowOutdatedError
    ticked = await tick_item(callback.from_user.id, view.key, view.items[callback_data.item])
    await show(callback, view.screen(ticked))
    await callback.answer()


async def forward(callback: CallbackQuery, callback_data: ChecklistCallback, context: RequestContext) -> None:
    if isinstance(callback.message, Message):
        await send(callback.message, _view(callback_data, context).to_forward())
    await callback.answer()


@inject
async def drop(
    callback: CallbackQuery,
    callback_data: ChecklistCallback,
    context: RequestContext,
    drop_checklist: FromDishka[DropChecklist],
) -> None:
    view = _view(callback_data, context)
    await drop_checklist(callback.from_user.id, view.key)
    facts = facts_of(callback_data.slug, context)
    await show(callback, CardView(texts=context.texts).screen(facts, context.language, view.place))
    await callback.answer(context.plain("checklist.dropped"))


def _view(pressed: ChecklistCallback, context: RequestContext) -> ChecklistView:
    """Raises AnswersOffError, and WindowOutdatedError for a card without documents."""
    card = facts_of(pressed.slug, context).card
    if not card.documents:
        raise WindowOutdatedError
    place = documents_place(card, pressed.case)
    return ChecklistView(texts=context.texts, card=card, language=context.language, place=place)


def make_router() -> Router:
    router = Router(name="checklists")
    on = router.callback_query
    on.register(open_list, ChecklistCallback.filter(F.action == ChecklistAction.OPEN))
    on.register(tick, ChecklistCallback.filter(F.action == ChecklistAction.TICK))
    on.register(forward, ChecklistCallback.filter(F.action == ChecklistAction.SEND))
    on.register(drop, ChecklistCallback.filter(F.action == ChecklistAction.DROP))
    return router
