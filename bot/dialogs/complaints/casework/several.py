"""A head ticks complaints of a list and gives them to one official."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager
from aiogram_dialog.widgets.kbd import Button, Column, Row, Select, SwitchTo
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.queries import MemberQueries
from bot.dialogs.chosen import as_number, organisation_of
from bot.dialogs.complaints.casework.opening import on_start
from bot.dialogs.complaints.casework.states import Several
from bot.dialogs.complaints.inbox.place import key_of, list_of, turn_back, turn_to
from bot.dialogs.parts import back_down, back_to
from bot.dialogs.widgets import Html, Label, Window, choice
from bot.request_context import RequestContext, context_of
from bot.views.complaints.official_case import label
from bot.views.text import shorten
from complaints.actions.taking import MOST_AT_ONCE, AssignSeveral
from complaints.case import case_of
from complaints.queries.inbox import InboxQueries
from localisation.error_messages import error_message

ON_A_PAGE = 10


async def on_tick(callback: CallbackQuery, _: Select[Any], manager: DialogManager, number: str) -> None:
    ticked, complaint = _ticked(manager), as_number(number)
    if complaint in ticked:
        ticked.remove(complaint)
    elif len(ticked) < MOST_AT_ONCE:
        ticked.append(complaint)
    else:
        context = context_of(manager)
        await callback.answer(context.plain("casework.several_most", most=MOST_AT_ONCE), show_alert=True)


@inject
async def on_next(
    callback: CallbackQuery, _: Button, manager: DialogManager, inbox: FromDishka[InboxQueries]
) -> None:
    where = organisation_of(manager), list_of(manager)
    page = await inbox.page(callback.from_user.id, *where, after=key_of(manager), size=ON_A_PAGE)
    if page.next is not None:
        turn_to(manager, page.next)


async def on_previous(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    turn_back(manager)


@inject
async def on_person(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    to: str,
    assign: FromDishka[AssignSeveral],
) -> None:
    context = context_of(manager)
    done = await assign(callback.from_user.id, organisation_of(manager), _ticked(manager), as_number(to))
    said = [
        [str(one.case.number), error_message(context.texts, context.language, one.error)]
        for one in done.refused
    ]
    manager.dialog_data["done"] = [str(case.number) for case in done.done]
    manager.dialog_data["refused"] = said
    manager.dialog_data["ticked"] = []
    await manager.switch_to(Several.given)


@inject
async def get_pick(
    dialog_manager: DialogManager, context: RequestContext, inbox: FromDishka[InboxQueries], **_: object
) -> dict[str, Any]:
    which, code, after = list_of(dialog_manager), organisation_of(dialog_manager), key_of(dialog_manager)
    page = await inbox.page(context.person.telegram_id, code, which, after=after, size=ON_A_PAGE)
    ticked = _ticked(dialog_manager)
    return {
        "title": context.plain(f"cases.title_{which.value}"),
        "count": len(ticked),
        "any": bool(ticked),
        "cases": [
            (one.id, shorten(f"{'✅' if one.id in ticked else '▫️'} {label(context, one)}"))
            for one in page.cases
        ],
        "has_next": page.next is not None,
        "has_back": after is not None,
    }


@inject
async def get_people(
    dialog_manager: DialogManager,
    context: RequestContext,
    inbox: FromDishka[InboxQueries],
    members: FromDishka[MemberQueries],
    **_: object,
) -> dict[str, Any]:
    """The possible assignees, and the numbers that they get."""
    ticked = _ticked(dialog_manager)
    rows = [await inbox.context.complaints.get(one) for one in ticked]
    here = [case_of(row) for row in rows if row.organisation == organisation_of(dialog_manager)]
    people = sorted((await inbox.context.staff(organisation_of(dialog_manager))).workers)
    names, unknown = await members.names(people), context.plain("officials.no_name")
    return {
        "numbers": [str(case.number) for case in here],
        "people": [(one, shorten(names.get(one, unknown))) for one in people],
    }


async def get_given(dialog_manager: DialogManager, **_: object) -> dict[str, Any]:
    data = dialog_manager.dialog_data
    return {"done": data.get("done", []), "refused": data.get("refused", [])}


def _ticked(manager: DialogManager) -> list[int]:
    found: list[int] = manager.dialog_data.setdefault("ticked", [])
    return found


def make_several_dialog() -> Dialog:
    pick = Window(
        Html("casework.several", "title", "count"),
        Column(choice("tick", "cases", on_tick)),
        Row(
            Button(Label("cases.previous"), id="previous", on_click=on_previous, when="has_back"),
            Button(Label("cases.next"), id="next", on_click=on_next, when="has_next"),
        ),
        SwitchTo(Label("casework.several_give", "count"), id="give", state=Several.people, when="any"),
        back_down(Several.pick, "back"),
        state=Several.pick,
        getter=get_pick,
    )
    people = Window(
        Html("casework.several_to", "numbers"),
        Column(choice("person", "people", on_person)),
        back_to(Several.pick, "pick"),
        state=Several.people,
        getter=get_people,
    )
    given = Window(
        Html("casework.several_given", "done", "refused"),
        back_to(Several.pick, "pick"),
        state=Several.given,
        getter=get_given,
    )
    return Dialog(pick, people, given, on_start=on_start)
