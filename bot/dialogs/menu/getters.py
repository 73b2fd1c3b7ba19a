"""Data of the menu's windows."""

from typing import Any

from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.store import MembershipStore
from accounts.permissions import Action, allowed
from bot.request_context import RequestContext
from bot.views.public_address import PublicAddress
from bot.views.switches.job_names import off_names
from kernel.language import Language


@inject
async def get_main(
    context: RequestContext, members: FromDishka[MembershipStore], **_: object
) -> dict[str, Any]:
    """Officials get their organisation here, administrators the switches and what is off."""
    held = [one.held for one in await members.of_person(context.person.telegram_id)]
    may_switch = allowed(Action.SWITCH_JOBS, held)
    return {
        "is_official": bool(held),
        "may_switch": may_switch,
        "jobs": off_names(context) if may_switch else "",
    }


@inject
async def get_help(address: FromDishka[PublicAddress], **_: object) -> dict[str, Any]:
    return {"open_data": address.open_data}


async def get_languages(context: RequestContext, **_: object) -> dict[str, Any]:
    names = [(language.value, context.texts.plain(language, "common.language_name")) for language in Language]
    return {"languages": names}
