"""The citizen rates how the complaint was handled, then how the service was: each with stars and words."""

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
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
        _stars("ask_rate", Mine.rate),
        _word(Mine.word),
        _stars("ask_rate_service", Mine.rate_service),
        _word(Mine.service_word),
    )


def _stars(key: str, state: State) -> Window:
    return Window(
        Html(f"my_complaints.{key}"),
        Column(choice("stars", "stars", on_stars)),
        _TO_CASE,
        state=state,
        getter=get_stars,
    )


def _word(state: State) -> Window:
    return Window(
        Html("my_complaints.ask_word", "stars"),
        Button(Label("my_complaints.done"), id="done", on_click=on_rated),
        text_input(on_rated),
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
    of_service = manager.current_context().state == Mine.rate_service
    await manager.switch_to(Mine.service_word if of_service else Mine.word)


@inject
async def on_rated(
    event: CallbackQuery | Message,
    _: Any,
    manager: DialogManager,
    handling: FromDishka[RateComplaint],
    service: FromDishka[RateService],
    queries: FromDishka[CaseQueries],
) -> None:
    """With words beside the stars, or by a press without any."""
    rate = service if manager.current_context().state == Mine.service_word else handling
    word = (event.text or "") if isinstance(event, Message) else ""
    await rate(context_of(manager).person.telegram_id, complaint_of(manager), _given(manager), word)
    await _thank(event, manager, queries)


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
