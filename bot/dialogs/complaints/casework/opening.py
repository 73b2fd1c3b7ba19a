"""Buttons that open a window of the casework over the one they stand in."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import complaint_of, organisation_of
from bot.dialogs.filings.events.states import Events
from bot.dialogs.opening import open_over
from complaints.actions.context import ComplaintContext
from complaints.case import case_of
from reminders.chain import EventKind

Opener = Callable[[CallbackQuery, Button, DialogManager], Awaitable[None]]


def opens_about_case(state: State) -> Opener:
    """The window is about the complaint and the organisation of the one below."""

    async def opened(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await _over(manager, state, complaint=complaint_of(manager), organisation=organisation_of(manager))

    return opened


def opens_about_organisation(state: State) -> Opener:
    async def opened(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await _over(manager, state, organisation=organisation_of(manager))

    return opened


@inject
async def on_control(
    _: CallbackQuery, __: Button, manager: DialogManager, complaints: FromDishka[ComplaintContext]
) -> None:
    """A control event outside the plan that follows from the complaint (Order 78 ¶41)."""
    case = case_of(await complaints.complaints.get(complaint_of(manager)))
    await _over(
        manager,
        Events.start,
        organisation=case.organisation,
        kind=EventKind.CONTROL.value,
        follows=case.number.stored,
    )


async def _over(manager: DialogManager, state: State, **ids: Any) -> None:
    await open_over(manager, state, show_mode=ShowMode.AUTO, **ids)


async def on_start(data: Any, manager: DialogManager) -> None:
    if isinstance(data, dict):
        manager.dialog_data.update(data)
