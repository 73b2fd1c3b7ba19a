"""Handlers of the editor queue."""

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_number
from bot.dialogs.editor.getters import chosen
from bot.dialogs.editor.states import Editor
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import context_of
from knowledge.journal.editor_queue import (
    AcceptProposal,
    DropProposal,
    FinishOldWording,
    FinishQuestion,
    FinishWrongFact,
    ReadEditorQueue,
)
from oversight.contact_centre.changes import may_follow_from_act


async def on_question(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    await _open(manager, number, Editor.question)


async def on_fact(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    await _open(manager, number, Editor.fact)


async def on_stale(_: CallbackQuery, __: Select[Any], manager: DialogManager, slug: str) -> None:
    manager.dialog_data["chosen"] = slug
    await manager.switch_to(Editor.stale_card)


async def on_wording(_: CallbackQuery, __: Select[Any], manager: DialogManager, slug: str) -> None:
    manager.dialog_data["chosen"] = slug
    await manager.switch_to(Editor.wording)


async def on_draft(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    await _open(manager, number, Editor.draft)


@inject
async def on_draft_accepted(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    accept: FromDishka[AcceptProposal],
    read: FromDishka[ReadEditorQueue],
) -> None:
    """A change that may follow from an act is accepted in the next window."""
    context, number = context_of(manager), int(chosen(manager))
    proposal = (await read(context.person.telegram_id, context.now)).proposal(number)
    if proposal is not None and may_follow_from_act(
        context.catalogue.cards.get(proposal.card.slug), proposal.card
    ):
        await manager.switch_to(Editor.approval)
        return
    await _finished(callback, manager, Editor.drafts, done=await accept(callback.from_user.id, number))


@inject
async def on_own_correction(
    callback: CallbackQuery, _: Button, manager: DialogManager, accept: FromDishka[AcceptProposal]
) -> None:
    done = await accept(callback.from_user.id, int(chosen(manager)))
    await _finished(callback, manager, Editor.drafts, done=done)


@inject
async def on_draft_dropped(
    callback: CallbackQuery, _: Button, manager: DialogManager, drop: FromDishka[DropProposal]
) -> None:
    done = await drop(callback.from_user.id, int(chosen(manager)))
    await _finished(callback, manager, Editor.drafts, done=done)


@inject
async def on_question_done(
    callback: CallbackQuery, _: Button, manager: DialogManager, finish: FromDishka[FinishQuestion]
) -> None:
    done = await finish(callback.from_user.id, int(chosen(manager)))
    await _finished(callback, manager, Editor.questions, done=done)


@inject
async def on_fact_done(
    callback: CallbackQuery, _: Button, manager: DialogManager, finish: FromDishka[FinishWrongFact]
) -> None:
    done = await finish(callback.from_user.id, int(chosen(manager)))
    await _finished(callback, manager, Editor.facts, done=done)


@inject
async def on_wording_done(
    callback: CallbackQuery, _: Button, manager: DialogManager, finish: FromDishka[FinishOldWording]
) -> None:
    done = await finish(callback.from_user.id, chosen(manager))
    await _finished(callback, manager, Editor.wordings, done=done)


async def _open(manager: DialogManager, number: str, state: State) -> None:
    manager.dialog_data["chosen"] = str(as_number(number))
    await manager.switch_to(state)


async def _finished(callback: CallbackQuery, manager: DialogManager, back: State, *, done: bool) -> None:
    """Return to the list; another editor may have been faster."""
    context = context_of(manager)
    if not done:
        raise WindowOutdatedError
    await callback.answer(context.plain("editor.done_said"))
    await manager.switch_to(back)
