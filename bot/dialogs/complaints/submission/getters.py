"""Data of the submission windows: the draft, loaded for every window."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.complaints.submission.flow import Flow
from bot.dialogs.complaints.submission.opening import TOLD, service_told, story_told
from bot.dialogs.complaints.submission.place import districts_of, nameable
from bot.dialogs.complaints.submission.proposals import (
    accepted,
    asks_application,
    delivery_told,
    proposals_for,
)
from bot.request_context import RequestContext
from bot.views.answers.labels import service_label
from bot.views.complaints.complaint import (
    day_name,
    kind_name,
    longest_term,
    number_owner,
    service_name,
)
from bot.views.organisations import organisation_labels
from bot.views.text import shorten
from complaints.attachments.downloads import AttachmentDownloads
from complaints.facts import Behalf, Complainant, ServiceDelivery
from complaints.kinds.kind import OF_CITIZENS
from complaints.store import CONSENT_VERSION

NAMEABLE_ON_A_PAGE = 8
OTHERS = ("child", "represented", "legal")  # whom a complaint may be for, besides the person


@inject
async def get_consent(
    dialog_manager: DialogManager, context: RequestContext, flow: FromDishka[Flow], **_: object
) -> dict[str, Any]:
    """Each way of applying is a button that also agrees, unless the way is known."""
    card = context.catalogue.cards.get(service_told(dialog_manager) or "")
    told = delivery_told(card, story_told(dialog_manager, flow), context.now)
    ways = [(one.value, context.plain(f"complaint.agree_{one.value}")) for one in ServiceDelivery]
    return {
        "version": CONSENT_VERSION,
        "known": told is not None,
        "ways": ways if told is None else [(TOLD, context.plain("complaint.agree"))],
    }


@inject
async def get_services(
    dialog_manager: DialogManager, context: RequestContext, flow: FromDishka[Flow], **_: object
) -> dict[str, Any]:
    """The results of the last search; before the first one, what the text may be about."""
    slugs = dialog_manager.dialog_data.get("found")
    if slugs is None:
        draft = (await flow.get(context.person.telegram_id)).draft
        slugs = proposals_for(context, replace(draft, service_known=False)).services or None
    return _services(context, slugs)


async def get_found_services(
    dialog_manager: DialogManager, context: RequestContext, **_: object
) -> dict[str, Any]:
    """The results of the last search, for an official, who has no draft of a citizen's complaint."""
    return _services(context, dialog_manager.dialog_data.get("found"))


def _services(context: RequestContext, slugs: Sequence[str] | None) -> dict[str, Any]:
    known = [slug for slug in slugs or () if slug in context.catalogue.cards]
    return {
        "services": [(slug, service_label(context.catalogue, slug, context.language)) for slug in known],
        "key": "ask_service" if slugs is None else "found_services" if known else "none_found",
    }


@inject
async def get_resume(context: RequestContext, flow: FromDishka[Flow], **_: object) -> dict[str, Any]:
    stored = await flow.get(context.person.telegram_id)
    return {
        "service": service_name(context, stored.draft.service),
        "length": len(stored.draft.text),
        "files": len(await flow.files(stored)),
    }


@inject
async def get_concern(context: RequestContext, flow: FromDishka[Flow], **_: object) -> dict[str, Any]:
    draft = (await flow.get(context.person.telegram_id)).draft
    card = context.catalogue.cards.get(draft.service or "")
    provider = card.provider.in_language(context.language) if card is not None and card.provider else None
    key = "concern_provider" if provider else "concern_provider_unknown"
    label = (
        context.plain(f"complaint.{key}", name=provider) if provider else context.plain(f"complaint.{key}")
    )
    others = ("corporation", "named", "agency")
    own = [("provider", shorten(label))] if card is not None else []
    return {"concerns": [*own, *((name, context.plain(f"complaint.concern_{name}")) for name in others)]}


@inject
async def get_whom(
    dialog_manager: DialogManager, context: RequestContext, flow: FromDishka[Flow], **_: object
) -> dict[str, Any]:
    """The results of the last search, or all that may be named."""
    draft = (await flow.get(context.person.telegram_id)).draft
    every = {one.code: one for one in nameable(context.catalogue, draft)}
    found = dialog_manager.dialog_data.get("bodies")
    listed = [every[code] for code in found or () if code in every] or list(every.values())
    labels = organisation_labels(listed, context.catalogue.regions, context.language)
    return {"organisations": list(labels.items()), "nothing": found == []}


async def get_regions(context: RequestContext, **_: object) -> dict[str, Any]:
    named = [
        (one.names.in_language(context.language), one.code) for one in context.catalogue.regions.values()
    ]
    return {"regions": [(code, name) for name, code in sorted(named)]}


@inject
async def get_districts(context: RequestContext, flow: FromDishka[Flow], **_: object) -> dict[str, Any]:
    draft = (await flow.get(context.person.telegram_id)).draft
    found = districts_of(context.catalogue, draft)
    named = sorted((one.names.in_language(context.language), one.code) for one in found)
    return {"districts": [(code, name) for name, code in named]}


@inject
async def get_text(
    context: RequestContext, flow: FromDishka[Flow], fetches: FromDishka[AttachmentDownloads], **_: object
) -> dict[str, Any]:
    """The length of the text so far, and what was understood from it."""
    stored = await flow.get(context.person.telegram_id)
    draft, (files, fetching) = stored.draft, await fetches.counts(stored.id)
    found = proposals_for(context, draft)
    told, kind = accepted(draft, found), draft.kind or found.kind
    has_text = bool(draft.text)
    return {
        "length": len(draft.text),
        "files": files,
        "fetching": fetching,
        "told": bool(has_text or files or fetching),
        "kind": kind_name(context.language, kind) if kind else "",
        "service": service_name(context, told.service) if told.service_known else "",
        "day": day_name(context, told.happened_on, told.applied_on),
        "asks_application": asks_application(told),
        "unclear": has_text and kind is None,
        "ready": has_text and kind is not None,
        "found_service": has_text and found.service is not None and kind is not None,
        "kinds": (await get_kinds(context))["kinds"],
        "has_text": has_text,
        "has_files": bool(files),
    }


async def get_kinds(context: RequestContext, **_: object) -> dict[str, Any]:
    return {"kinds": [(kind.value, kind_name(context.language, kind)) for kind in OF_CITIZENS]}


async def get_deliveries(context: RequestContext, **_: object) -> dict[str, Any]:
    return {
        "deliveries": [
            (one.value, context.plain(f"complaint.delivery_{one.value}")) for one in ServiceDelivery
        ]
    }


@inject
async def get_day(context: RequestContext, flow: FromDishka[Flow], **_: object) -> dict[str, Any]:
    """For a late service, ask for the day of application."""
    draft = (await flow.get(context.person.telegram_id)).draft
    return {
        "applied": asks_application(draft),
        "term": longest_term(context, context.catalogue.cards.get(draft.service or "")),
    }


async def get_who(context: RequestContext, **_: object) -> dict[str, Any]:
    return {"people": [(name, context.plain(f"complaint.who_{name}")) for name in ("self", *OTHERS)]}


@inject
async def get_person(context: RequestContext, flow: FromDishka[Flow], **_: object) -> dict[str, Any]:
    """Whose name and number to ask for, and for whom else it may be."""
    draft = (await flow.get(context.person.telegram_id)).draft
    whose = number_owner(draft)
    behalf = draft.behalf if draft.behalf is not Behalf.SELF else Behalf.REPRESENTED
    names = [] if draft.complainant is Complainant.LEGAL or draft.behalf is not Behalf.SELF else OTHERS
    return {
        "name_key": "ask_name" if whose == "self" else f"ask_name_{whose}",
        "number_key": "ask_number" if whose == "self" else f"ask_number_{whose}",
        "represented_key": f"ask_represented_{behalf.value}",
        "others": [(name, context.plain(f"complaint.who_{name}")) for name in names],
        "first_name": bool(draft.name),
    }
