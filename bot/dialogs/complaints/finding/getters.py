"""Data of the search and of the organisations below. Every getter checks the right again."""

from datetime import date
from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.guard import Guard
from accounts.permissions import Action
from bot.dialogs.chosen import organisation_of, text_in
from bot.dialogs.complaints.finding.handlers import ON_A_PAGE
from bot.dialogs.complaints.finding.place import below_of, criteria_of
from bot.request_context import RequestContext
from bot.views.complaints.complaint import organisation_name, service_name
from bot.views.complaints.official_case import state_of
from bot.views.text import shorten
from complaints.case import ComplaintCase
from complaints.queries.below import BodiesBelow
from complaints.queries.cases import LookReason
from complaints.queries.search import MOST_READ, CaseSearch
from localisation.formats import day


@inject
async def get_ask(
    dialog_manager: DialogManager, context: RequestContext, guard: FromDishka[Guard], **_: object
) -> dict[str, Any]:
    code = organisation_of(dialog_manager)
    reads = await guard.may(context.person.telegram_id, Action.WORK_ON_COMPLAINTS, code)
    return {"organisation": organisation_name(context, code), "reads": reads, "most": MOST_READ}


@inject
async def get_found(
    dialog_manager: DialogManager, context: RequestContext, search: FromDishka[CaseSearch], **_: object
) -> dict[str, Any]:
    """Numbers, days and states: neither words nor names."""
    below = below_of(dialog_manager)
    page = await search.page(
        context.person.telegram_id,
        organisation_of(dialog_manager),
        criteria_of(dialog_manager),
        below=below,
        size=ON_A_PAGE,
    )
    return {
        "how": _how(context, dialog_manager.dialog_data.get("said", {})),
        "cases": [_line(context, one) for one in page.cases],
        "buttons": [(one.id, f"№ {one.number}") for one in page.cases],
        "has_next": page.next is not None,
        "has_back": below is not None,
    }


def _how(context: RequestContext, said: dict[str, Any]) -> str:
    return context.plain(
        f"finding.{said['key']}",
        day=day(date.fromisoformat(said["day"]), context.language) if "day" in said else "",
        service=service_name(context, said["service"]) if "service" in said else "",
        read=said.get("read", 0),
        open=said.get("open", 0),
    )


def _line(context: RequestContext, case: ComplaintCase) -> dict[str, str]:
    return {
        "number": str(case.number),
        "registered": day(case.registered_on, context.language),
        "state": state_of(context, case),
    }


@inject
async def get_bodies(
    dialog_manager: DialogManager, context: RequestContext, bodies: FromDishka[BodiesBelow], **_: object
) -> dict[str, Any]:
    found = await bodies.counts(context.person.telegram_id, organisation_of(dialog_manager))
    named = [(one, organisation_name(context, one.organisation)) for one in found]
    return {
        "bodies": [
            {
                "name": name,
                "open": one.open,
                "soon": one.soon,
                "overdue": one.overdue,
                "answered": one.answered,
            }
            for one, name in named
        ],
        "buttons": [
            (one.organisation, shorten(f"{'⚠️ ' if one.overdue else ''}{name}")) for one, name in named
        ],
    }


async def get_reasons(dialog_manager: DialogManager, context: RequestContext, **_: object) -> dict[str, Any]:
    return {
        "body": organisation_name(context, text_in(dialog_manager, "body")),
        "reasons": [(one.value, context.plain(f"cases.look_{one.value}")) for one in LookReason],
    }
