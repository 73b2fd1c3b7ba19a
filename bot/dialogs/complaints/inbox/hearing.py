"""The hearing before an unfavourable decision: what stands of it, and each step of the official."""

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button, Column, Group, Select, SwitchTo
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_one_of, complaint_of
from bot.dialogs.complaints.inbox.getters import full_case, get_number, works_on
from bot.dialogs.complaints.inbox.replying import begin_reply
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.day_input import past_day_input
from bot.dialogs.parts import back_to
from bot.dialogs.widgets import Html, Label, Window, choice
from bot.request_context import RequestContext, context_of
from bot.views.complaints.decision_lines import hearing_lines
from complaints.hearings.actions import ExceptHearing, NoteHearing, RemoveHearing
from complaints.hearings.hearing import HearingForm, HearingGround
from complaints.hearings.telling import NotePreliminaryTold
from complaints.lifecycle import LifecycleStep, may
from complaints.queries.cases import CaseQueries, FullCase
from complaints.staff_drafts.actions import ReplyDrafts
from complaints.staff_drafts.drafts import ReplyPurpose
from deadlines.store import LiveCalendar


def may_hear(full: FullCase) -> dict[str, bool]:
    """Which steps of the hearing come next; the actions check them again."""
    hearing, open_now = full.hearing, may(full.case.state, LifecycleStep.HEAR)
    return {
        "may_begin": open_now and hearing is None,
        "may_note": open_now
        and hearing is not None
        and hearing.form is HearingForm.WRITTEN
        and not hearing.is_untold,
        "may_tell": open_now and hearing is not None and hearing.is_untold,
        "may_keep": hearing is not None
        and hearing.is_held
        and not hearing.has_protocol
        and may(full.case.state, LifecycleStep.KEEP_PROTOCOL),
        "may_remove": open_now and hearing is not None,
    }


@inject
async def get_hearing(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[CaseQueries],
    live: FromDishka[LiveCalendar],
    **_: object,
) -> dict[str, Any]:
    full = await full_case(dialog_manager, context, queries)
    works = await works_on(context, full, queries)
    lines = hearing_lines(context, full, await live.current(queries.context.session))
    steps = {name: works and allowed for name, allowed in may_hear(full).items()}
    return {"number": str(full.case.number), "lines": list(lines), **steps}


@inject
async def get_grounds(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    full = await full_case(dialog_manager, context, queries)
    return {
        "number": str(full.case.number),
        "grounds": [(one.value, context.plain(f"hearing.choose_{one.value}")) for one in HearingGround],
        "grounds_list": [
            f"{one.subparagraph}) {context.plain(f'hearing.ground_{one.value}')}" for one in HearingGround
        ],
    }


@inject
async def on_tell(
    callback: CallbackQuery, _: Button, manager: DialogManager, replies: FromDishka[ReplyDrafts]
) -> None:
    await begin_reply(callback, manager, replies, ReplyPurpose.PRELIMINARY)


@inject
async def on_protocol(
    callback: CallbackQuery, _: Button, manager: DialogManager, replies: FromDishka[ReplyDrafts]
) -> None:
    await begin_reply(callback, manager, replies, ReplyPurpose.PROTOCOL)


@inject
async def on_held(
    event: CallbackQuery | Message,
    _: Any,
    manager: DialogManager,
    held: date,
    note: FromDishka[NoteHearing],
) -> None:
    await note(context_of(manager).person.telegram_id, complaint_of(manager), held)
    if isinstance(event, CallbackQuery):
        await event.answer(context_of(manager).plain("cases.hearing_noted"))
    await manager.switch_to(Cases.hearing)


@inject
async def on_received(
    _: Any,
    __: Any,
    manager: DialogManager,
    told_on: date,
    note: FromDishka[NotePreliminaryTold],
) -> None:
    await note(context_of(manager).person.telegram_id, complaint_of(manager), told_on)
    await manager.switch_to(Cases.hearing)


@inject
async def on_ground(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    name: str,
    leave_out: FromDishka[ExceptHearing],
) -> None:
    await leave_out(callback.from_user.id, complaint_of(manager), as_one_of(HearingGround, name))
    await callback.answer(context_of(manager).plain("hearing.excepted_said"))
    await manager.switch_to(Cases.hearing)


@inject
async def on_remove(
    callback: CallbackQuery, _: Button, manager: DialogManager, remove: FromDishka[RemoveHearing]
) -> None:
    await remove(callback.from_user.id, complaint_of(manager))
    await callback.answer(context_of(manager).plain("hearing.removed_said"))


def hearing_windows() -> tuple[Window, ...]:
    to_case, to_hearing = back_to(Cases.case, "case"), back_to(Cases.hearing, "hearing")
    hearing = Window(
        Html("hearing.window", "number", "lines", "may_begin"),
        Button(Label("hearing.tell"), id="tell", on_click=on_tell, when="may_begin"),
        SwitchTo(Label("hearing.except"), id="except", state=Cases.ground, when="may_begin"),
        SwitchTo(Label("hearing.told_elsewhere"), id="told", state=Cases.told, when="may_tell"),
        SwitchTo(Label("hearing.note"), id="note", state=Cases.held, when="may_note"),
        Button(Label("hearing.protocol"), id="protocol", on_click=on_protocol, when="may_keep"),
        Button(Label("hearing.remove"), id="remove", on_click=on_remove, when="may_remove"),
        to_case,
        state=Cases.hearing,
        getter=get_hearing,
    )
    held = Window(
        Html("cases.ask_hearing", "number"),
        *past_day_input(on_held),
        to_hearing,
        state=Cases.held,
        getter=get_number,
    )
    told = Window(
        Html("hearing.ask_told", "number"),
        *past_day_input(on_received),
        to_hearing,
        state=Cases.told,
        getter=get_number,
    )
    ground = Window(
        Html("hearing.ask_ground", "number", "grounds_list"),
        Group(Column(choice("ground", "grounds", on_ground))),
        to_hearing,
        state=Cases.ground,
        getter=get_grounds,
    )
    return hearing, held, told, ground
