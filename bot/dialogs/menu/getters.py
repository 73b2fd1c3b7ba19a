"""Data of the menu's windows."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.store import MembershipStore
from accounts.permissions import Action, allowed
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import RequestContext
from bot.views.answers.labels import label_of
from bot.views.switches.job_names import off_names
from kernel.language import Language
from registry_data.schema import LifeSituation

SERVICES_ON_A_PAGE = 8


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


async def get_situations(context: RequestContext, **_: object) -> dict[str, Any]:
    found = context.catalogue.situations()
    return {
        "situations": [
            (situation.value, context.plain(f"situation.{situation.value}")) for situation in found
        ]
    }


async def get_services(dialog_manager: DialogManager, context: RequestContext, **_: object) -> dict[str, Any]:
    situation = chosen_situation(dialog_manager)
    cards = context.catalogue.of_situation(situation)
    labels = sorted((label_of(card, context.language), card.slug) for card in cards)
    return {
        "situation": context.plain(f"situation.{situation.value}"),
        "services": [(slug, label) for label, slug in labels],
    }


def has_pages(data: dict[str, Any], *_: object) -> bool:
    return len(data["services"]) > SERVICES_ON_A_PAGE


async def get_languages(context: RequestContext, **_: object) -> dict[str, Any]:
    names = [(language.value, context.texts.plain(language, "common.language_name")) for language in Language]
    return {"languages": names}


def chosen_situation(manager: DialogManager) -> LifeSituation:
    """The chosen situation. Raises WindowOutdatedError if it no longer exists."""
    try:
        return LifeSituation(manager.dialog_data.get("situation", ""))
    except ValueError as error:
        raise WindowOutdatedError from error
