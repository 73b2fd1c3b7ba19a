"""What happened to a complaint, step by step, in plain words."""

from collections.abc import Mapping
from typing import Any

from aiogram_dialog import Dialog, DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.access_log.chain import persons_of
from accounts.officials.queries import MemberQueries
from bot.dialogs.chosen import complaint_of
from bot.dialogs.complaints.casework.opening import on_start
from bot.dialogs.complaints.casework.states import History
from bot.dialogs.parts import back_down
from bot.dialogs.widgets import Html, Window
from bot.request_context import RequestContext
from bot.views.complaints.history import step_text, who_text
from complaints.audit_log import subject_of
from complaints.queries.cases import CaseQueries
from localisation.formats import moment


@inject
async def get_steps(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[CaseQueries],
    members: FromDishka[MemberQueries],
    **_: object,
) -> dict[str, Any]:
    person, complaint = context.person.telegram_id, complaint_of(dialog_manager)
    full = await queries.of_official(person, complaint)
    steps = await queries.audit_log(person, complaint)
    aliases = await persons_of(queries.context.session, subject_of(complaint))
    names = await members.names([one for one in aliases.values() if one != full.case.person])
    return {
        "number": str(full.case.number),
        "steps": [
            {
                "at": moment(one.at),
                "who": who_text(context, one.actor, names),
                "what": step_text(context, one, _assignee(one.what, aliases, names)),
            }
            for one in steps
        ],
    }


def _assignee(
    what: Mapping[str, str | int], aliases: Mapping[int | None, int], names: Mapping[int, str]
) -> str:
    """The name of whom a step gave the complaint to; empty where it is not known."""
    to = what.get("to")
    return names.get(aliases.get(to, 0), "") if isinstance(to, int) else ""


def make_history_dialog() -> Dialog:
    steps = Window(
        Html("history.steps", "number", "steps"),
        back_down(History.steps, "case"),
        state=History.steps,
        getter=get_steps,
    )
    return Dialog(steps, on_start=on_start)
