"""The switches as the database has them now. Every getter asks again whether an administrator is reading."""

from collections.abc import Sequence
from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.queries import MemberQueries
from accounts.switches.actions import SeeSwitches
from accounts.switches.switch import Switch, SwitchedJob
from bot.dialogs.switches.place import job_of, turns_off
from bot.talk import Talk
from bot.views.switches import job_name
from bot.views.when import moment

TRAIL_LINES = 5


@inject
async def get_switches(talk: Talk, see: FromDishka[SeeSwitches], **_: object) -> dict[str, Any]:
    latest = await see.all(talk.person.telegram_id)
    buttons = {
        job.value: talk.plain("switches.job_button", job=job_name(talk, job), is_off=_is_off(latest.get(job)))
        for job in SwitchedJob
    }
    return {
        "lines": [_line(talk, job, latest.get(job)) for job in SwitchedJob],
        "jobs": list(buttons.items()),
    }


@inject
async def get_job(
    dialog_manager: DialogManager,
    talk: Talk,
    see: FromDishka[SeeSwitches],
    members: FromDishka[MemberQueries],
    **_: object,
) -> dict[str, Any]:
    job = job_of(dialog_manager)
    trail = await see.trail(talk.person.telegram_id, job, TRAIL_LINES)
    is_off = bool(trail) and trail[0].is_off
    return {
        "job": job_name(talk, job),
        "is_off": is_off,
        "is_on": not is_off,
        "effect": talk.plain(f"switches.effect_{job.value}"),
        "trail": await _trail_lines(talk, trail, members),
    }


@inject
async def get_turn(
    dialog_manager: DialogManager, talk: Talk, see: FromDishka[SeeSwitches], **_: object
) -> dict[str, Any]:
    await see.all(talk.person.telegram_id)
    return {"job": job_name(talk, job_of(dialog_manager)), "off": turns_off(dialog_manager)}


def _is_off(one: Switch | None) -> bool:
    return one is not None and one.is_off


def _line(talk: Talk, job: SwitchedJob, one: Switch | None) -> str:
    if one is None or not one.is_off:
        return talk.plain("switches.line_on", job=job_name(talk, job))
    since = moment(one.at)
    return talk.plain("switches.line_off", job=job_name(talk, job), since=since, reason=one.reason)


async def _trail_lines(talk: Talk, trail: Sequence[Switch], members: MemberQueries) -> list[str]:
    names = await members.names([one.by for one in trail if one.by is not None])
    nameless = talk.plain("switches.by_nameless")
    return [
        talk.plain(
            "switches.trail_line",
            at=moment(one.at),
            is_off=one.is_off,
            by=talk.plain("switches.by_operator") if one.by is None else names.get(one.by, nameless),
            reason=one.reason,
        )
        for one in trail
    ]
