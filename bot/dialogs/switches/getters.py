"""The current switches from the database. Every getter checks for an administrator again."""

from collections.abc import Sequence
from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.queries import MemberQueries
from accounts.switches.actions import SeeSwitches
from accounts.switches.switch import JobSwitch, SwitchedJob
from bot.dialogs.switches.place import job_of, turns_off
from bot.request_context import RequestContext
from bot.views.switches.job_names import job_name
from localisation.formats import moment

HISTORY_LINES = 5


@inject
async def get_switches(context: RequestContext, see: FromDishka[SeeSwitches], **_: object) -> dict[str, Any]:
    latest = await see.all(context.person.telegram_id)
    buttons = {
        job.value: context.plain(
            "switches.job_button", job=job_name(context, job), is_off=_is_off(latest.get(job))
        )
        for job in SwitchedJob
    }
    return {
        "lines": [_line(context, job, latest.get(job)) for job in SwitchedJob],
        "jobs": list(buttons.items()),
    }


@inject
async def get_job(
    dialog_manager: DialogManager,
    context: RequestContext,
    see: FromDishka[SeeSwitches],
    members: FromDishka[MemberQueries],
    **_: object,
) -> dict[str, Any]:
    job = job_of(dialog_manager)
    history = await see.history(context.person.telegram_id, job, HISTORY_LINES)
    is_off = bool(history) and history[0].is_off
    return {
        "job": job_name(context, job),
        "is_off": is_off,
        "is_on": not is_off,
        "effect": context.plain(f"switches.effect_{job.value}"),
        "trail": await _history_lines(context, history, members),
    }


@inject
async def get_turn(
    dialog_manager: DialogManager, context: RequestContext, see: FromDishka[SeeSwitches], **_: object
) -> dict[str, Any]:
    await see.all(context.person.telegram_id)
    return {"job": job_name(context, job_of(dialog_manager)), "off": turns_off(dialog_manager)}


def _is_off(one: JobSwitch | None) -> bool:
    return one is not None and one.is_off


def _line(context: RequestContext, job: SwitchedJob, one: JobSwitch | None) -> str:
    if one is None or not one.is_off:
        return context.plain("switches.line_on", job=job_name(context, job))
    since = moment(one.at)
    return context.plain("switches.line_off", job=job_name(context, job), since=since, reason=one.reason)


async def _history_lines(
    context: RequestContext, history: Sequence[JobSwitch], members: MemberQueries
) -> list[str]:
    names = await members.names([one.by for one in history if one.by is not None])
    nameless = context.plain("switches.by_nameless")
    return [
        context.plain(
            "switches.trail_line",
            at=moment(one.at),
            is_off=one.is_off,
            by=context.plain("switches.by_operator") if one.by is None else names.get(one.by, nameless),
            reason=one.reason,
        )
        for one in history
    ]
