"""Handlers of the calculator's windows."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.deadlines.getters import Choice, group_of
from bot.dialogs.deadlines.states import Deadline
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.typed import MomentUnclearError, confirm_day, read_length, read_moment, refuse
from bot.request_context import context_of
from deadlines.terms import TermKind
from kernel.clock import almaty_date
from knowledge.term_catalogue import TermCatalogue

_NEXT = {TermKind.DUTY: Deadline.result, TermKind.SET_LENGTH: Deadline.length}


async def on_group(_: CallbackQuery, __: Select[str], manager: DialogManager, group: str) -> None:
    manager.dialog_data["group"] = group_of(group).value
    await manager.switch_to(Deadline.rule)


@inject
async def on_rule(
    _: CallbackQuery, __: Select[Any], manager: DialogManager, rule: str, terms: FromDishka[TermCatalogue]
) -> None:
    if rule not in terms.terms:
        raise WindowOutdatedError
    manager.dialog_data.update(rule=rule, at=None, length=None, extended=False)
    await manager.switch_to(_NEXT.get(terms.terms[rule].kind, Deadline.moment))


async def on_length(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.dialog_data["length"] = read_length(message.text)
    await manager.switch_to(Deadline.moment)


@inject
async def on_moment(
    message: Message, _: MessageInput, manager: DialogManager, terms: FromDishka[TermCatalogue]
) -> None:
    context = context_of(manager)
    try:
        moment = read_moment(message.text, Choice.of(manager, terms).term.direction, context.now)
    except MomentUnclearError as error:
        await refuse(message, manager, error)
        return
    await confirm_day(message, context, almaty_date(moment))
    manager.dialog_data["at"] = moment.isoformat()
    await manager.switch_to(Deadline.result)


async def on_now(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    context = context_of(manager)
    manager.dialog_data["at"] = context.now.isoformat()
    await manager.switch_to(Deadline.result)


async def on_extend(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["extended"] = not manager.dialog_data.get("extended")
