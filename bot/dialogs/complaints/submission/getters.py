"""Data of the submission windows: the draft, loaded for every window."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.complaints.submission.flow import Flow
from bot.dialogs.complaints.submission.place import districts_of, nameable
from bot.request_context import RequestContext
from bot.views.answers.labels import service_label
from bot.views.complaints.complaint import kind_name, longest_term, service_name
from bot.views.organisations import organisation_labels
from bot.views.text import shorten
from complaints.attachments.downloads import AttachmentDownloads
from complaints.draft import Draft
from complaints.facts import Behalf, Complainant, ServiceDelivery
from complaints.kinds.kind import OF_CITIZENS, ComplaintKind
from complaints.kinds.proposer import kind_proposer
from complaints.store import CONSENT_VERSION

NAMEABLE_ON_A_PAGE = 8


async def get_consent(**_: object) -> dict[str, Any]:
    return {"version": CONSENT_VERSION}


async def get_services(dialog_manager: DialogManager, context: RequestContext, **_: object) -> dict[str, Any]:
    """The results of the last search; empty before the first one."""
    slugs = dialog_manager.dialog_data.get("found")
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
    """The length of the text so far and the kind proposed from it."""
    stored = await flow.get(context.person.telegram_id)
    text, (files, fetching) = stored.draft.text, await fetches.counts(stored.id)
    proposal = kind_proposer().propose(text)
    return {
        "length": len(text),
        "files": files,
        "fetching": fetching,
        "guess": proposal.is_guess,
        "kind": kind_name(context.language, proposal.kind),
        "told": bool(text or files or fetching),
        "proposed": bool(text) and not proposal.is_guess and stored.draft.kind is None,
        "unclear": bool(text) and proposal.is_guess and stored.draft.kind is None,
        "ready": bool(text) and stored.draft.kind is not None,
        "has_text": bool(text),
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
    names = ("self", "child", "represented", "legal")
    return {"people": [(name, context.plain(f"complaint.who_{name}")) for name in names]}


@inject
async def get_person(context: RequestContext, flow: FromDishka[Flow], **_: object) -> dict[str, Any]:
    """Whether to ask for a person's or an organisation's name and number, and whom they represent."""
    draft = (await flow.get(context.person.telegram_id)).draft
    legal = "_legal" if draft.complainant is Complainant.LEGAL else ""
    behalf = draft.behalf if draft.behalf is not Behalf.SELF else Behalf.REPRESENTED
    return {
        "name_key": f"ask_name{legal}",
        "number_key": f"ask_number{legal}",
        "represented_key": f"ask_represented_{behalf.value}",
    }


def asks_application(draft: Draft) -> bool:
    return draft.kind is ComplaintKind.TERM and draft.service is not None
