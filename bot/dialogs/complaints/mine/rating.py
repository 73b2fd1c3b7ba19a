"""The citizen rates how the complaint was handled, then how the service was: each with stars and words."""

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Select, SwitchTo
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_number, complaint_of
from bot.dialogs.complaints.mine.states import Mine
from bot.dialogs.parts import ONLY_TEXT, text_input
from bot.dialogs.widgets import Html, Label, Window, choice
from bot.request_context import context_of
from complaints.actions.rating import RateComplaint, RateService
from complaints.queries.cases import CaseQueries, FullCase

STARS = (1, 2, 3, 4, 5)
_TO_CASE = SwitchTo(Label("my_complaints.rate_later"), id="later", state=Mine.case)


def next_question(full: FullCase) -> State:
    """What is not rated yet is asked first; the case where both are."""
    if full.stars is None:
        return Mine.rate
    return Mine.rate_service if full.service_stars is None else Mine.case


def rating_windows() -> tuple[Window, ...]:
    return (
        _stars("ask_rate", Mine.rate, on_stars),
        _word(Mine.word, on_rated, on_rated_word),
        _stars("ask_rate_service", Mine.rate_service, on_service_stars),
        _word(Mine.service_word, on_service_rated, on_service_rated_word),
    )


def _stars(key: str, state: State, on_click: Any) -> Window:
    return Window(
        Html(f"my_complaints.{key}"),
        Column(choice("stars", "stars", on_click)),
        _TO_CASE,
        state=state,
        getter=get_stars,
    )


def _word(state: State, on_done: Any, on_word: Any) -> Window:
    return Window(
        Html("my_complaints.ask_word", "stars"),
        Button(Label("my_complaints.done"), id="done", on_click=on_done),
        text_input(on_word),
        ONLY_TEXT,
        state=state,
        getter=get_word,
    )


async def get_stars(**_: object) -> dict[str, Any]:
    return {"stars": [(str(number), "★" * number) for number in STARS]}


async def get_word(dialog_manager: DialogManager, **_: object) -> dict[str, Any]:
    return {"stars": _given(dialog_manager)}


@inject
async def on_rate(
    callback: CallbackQuery, _: Button, manager: DialogManager, queries: FromDishka[CaseQueries]
) -> None:
    full = await queries.of_person(callback.from_user.id, complaint_of(manager))
    await manager.switch_to(next_question(full))


async def on_stars(_: CallbackQuery, __: Select[Any], manager: DialogManager, stars: str) -> None:
    manager.dialog_data["stars"] = as_number(stars)
    await manager.switch_to(Mine.word)


async def on_service_stars(_: CallbackQuery, __: Select[Any], manager: DialogManager, stars: str) -> None:
    manager.dialog_data["stars"] = as_number(stars)
    await manager.switch_to(Mine.service_word)


@inject
async def on_rated(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    rate: FromDishka[RateComplaint],
    queries: FromDishka[CaseQueries],
) -> None:
    await rate(callback.from_user.id, complaint_of(manager), _given(manager))
    await _thank(callback, manager, queries)


@inject
async def on_rated_word(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    rate: FromDishka[RateComplaint],
    queries: FromDishka[CaseQueries],
) -> None:
    person = context_of(manager).person.telegram_id
    await rate(person, complaint_of(manager), _given(manager), message.text or "")
    await _thank(message, manager, queries)


@inject
async def on_service_rated(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    rate: FromDishka[RateService],
    queries: FromDishka[CaseQueries],
) -> None:
    await rate(callback.from_user.id, complaint_of(manager), _given(manager))
    await _thank(callback, manager, queries)


@inject
async def on_service_rated_word(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    rate: FromDishka[RateService],
    queries: FromDishka[CaseQueries],
) -> None:
    person = context_of(manager).person.telegram_id
    await rate(person, complaint_of(manager), _given(manager), message.text or "")
    await _thank(message, manager, queries)


async def _thank(event: CallbackQuery | Message, manager: DialogManager, queries: CaseQueries) -> None:
    """Thank, and ask what is not rated yet."""
    context = context_of(manager)
    if isinstance(event, Message):
        await event.answer(context.html("my_complaints.rated_thanks"))
    else:
        await event.answer(context.plain("my_complaints.rated_thanks"))
    full = await queries.of_person(context.person.telegram_id, complaint_of(manager))
    await manager.switch_to(next_question(full))


def _given(manager: DialogManager) -> int:
    return int(manager.dialog_data.get("stars", 0))
