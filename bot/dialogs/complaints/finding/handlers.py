"""What an official types is told apart: a day, a person's number or telephone, or words."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_number, as_one_of, organisation_of, text_in
from bot.dialogs.complaints.finding.place import below_of, criteria_of, look_for
from bot.dialogs.complaints.finding.states import Bodies, FindCases
from bot.dialogs.complaints.inbox.opening import case_ids
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.opening import open_over
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.typed import PastDayUnclearError, read_past_day
from bot.request_context import context_of
from complaints.finding.opening import OpenBody
from complaints.queries.by_person import read_person
from complaints.queries.cases import LookReason
from complaints.queries.search import CaseSearch, Criteria
from kernel.clock import almaty_date

ON_A_PAGE = 8


@inject
async def on_typed(
    message: Message, _: MessageInput, manager: DialogManager, search: FromDishka[CaseSearch]
) -> None:
    """Raises NotAllowedError where who types may not read the organisation's complaints."""
    typed = message.text or ""
    if not (_by_day(manager, typed) or await _by_person(manager, search, typed)):
        await _by_words(manager, search, typed)
    await manager.switch_to(FindCases.found)


def _by_day(manager: DialogManager, typed: str) -> bool:
    try:
        day = read_past_day(typed, almaty_date(context_of(manager).now))
    except PastDayUnclearError:
        return False
    look_for(manager, Criteria(days=(day, day)), key="by_day", day=day.isoformat())
    return True


async def _by_person(manager: DialogManager, search: CaseSearch, typed: str) -> bool:
    iin, phone = read_person(typed)
    if not iin and not phone:
        return False
    who, where = context_of(manager).person.telegram_id, organisation_of(manager)
    found = await search.of_person(who, where, iin=iin, phone=phone)
    look_for(manager, Criteria(ids=found), key="by_number" if iin else "by_telephone")
    return True


async def _by_words(manager: DialogManager, search: CaseSearch, typed: str) -> None:
    who, where = context_of(manager).person.telegram_id, organisation_of(manager)
    hits = await search.by_words(who, where, typed)
    look_for(manager, Criteria(ids=hits.ids), key="by_words", read=hits.read, open=hits.open)


async def on_service(_: CallbackQuery, __: Select[Any], manager: DialogManager, slug: str) -> None:
    if slug not in context_of(manager).catalogue.cards:
        raise WindowOutdatedError
    look_for(manager, Criteria(service=slug), key="by_service", service=slug)
    await manager.switch_to(FindCases.found)


@inject
async def on_next(
    callback: CallbackQuery, _: Button, manager: DialogManager, search: FromDishka[CaseSearch]
) -> None:
    page = await search.page(
        callback.from_user.id,
        organisation_of(manager),
        criteria_of(manager),
        below=below_of(manager),
        size=ON_A_PAGE,
    )
    if page.next is not None:
        manager.dialog_data.setdefault("below", []).append(page.next)


async def on_previous(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    if manager.dialog_data.get("below"):
        manager.dialog_data["below"].pop()


async def on_case(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    ids = case_ids(as_number(number), organisation_of(manager))
    await open_over(manager, Cases.case, show_mode=ShowMode.AUTO, **ids)


async def on_body(_: CallbackQuery, __: Select[Any], manager: DialogManager, code: str) -> None:
    manager.dialog_data["body"] = code
    await manager.switch_to(Bodies.why)


@inject
async def on_body_reason(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    name: str,
    open_body: FromDishka[OpenBody],
) -> None:
    """The reason given holds for what is opened of it from here."""
    body, reason = text_in(manager, "body"), as_one_of(LookReason, name)
    await open_body(callback.from_user.id, body, reason)
    await manager.switch_to(Bodies.list)
    await open_over(
        manager, Cases.lists, show_mode=ShowMode.AUTO, organisation=body, look_reason=reason.value
    )
