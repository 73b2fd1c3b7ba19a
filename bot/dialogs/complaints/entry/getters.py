"""Data of the entry windows: the draft is loaded, and the right checked, for every window."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject
from markupsafe import Markup

from accounts.errors import NotAllowedError
from bot.dialogs.chosen import complaint_of, organisation_of
from bot.dialogs.complaints.entry.flow import WIZARD, EntryFlow
from bot.dialogs.complaints.entry.steps import EntryStep
from bot.request_context import RequestContext
from bot.views.complaints.complaint import (
    ComplaintDocuments,
    kind_name,
    organisation_name,
    plain_label,
    service_name,
)
from bot.views.organisations import labelled
from complaints.facts import Complainant, ComplaintSource, ServiceDelivery
from complaints.kinds.proposer import kind_proposer
from complaints.queries.cases import CaseQueries
from complaints.staff_drafts.drafts import EntryDraft, complainant_told
from deadlines.due import Certainty, is_late
from localisation.formats import day


@inject
async def get_places(context: RequestContext, flow: FromDishka[EntryFlow], **_: object) -> dict[str, Any]:
    codes = await flow.places(context.person.telegram_id)
    if not codes:
        raise NotAllowedError
    return {"places": labelled(context, codes)}


async def get_place(dialog_manager: DialogManager, context: RequestContext, **_: object) -> dict[str, Any]:
    return {"organisation": organisation_name(context, organisation_of(dialog_manager))}


async def get_sources(dialog_manager: DialogManager, context: RequestContext, **_: object) -> dict[str, Any]:
    place: dict[str, Any] = await get_place(dialog_manager, context)
    return {
        **place,
        "sources": [(one.value, context.plain(f"register.source_{one.value}")) for one in ComplaintSource],
    }


async def get_deliveries(context: RequestContext, **_: object) -> dict[str, Any]:
    return {
        "deliveries": [
            (one.value, context.plain(f"register.delivery_{one.value}")) for one in ServiceDelivery
        ]
    }


async def get_complainants(context: RequestContext, **_: object) -> dict[str, Any]:
    found = [(one.value, context.plain(f"register.complainant_{one.value}")) for one in Complainant]
    return {"complainants": found}


@inject
async def get_text(
    dialog_manager: DialogManager, context: RequestContext, flow: FromDishka[EntryFlow], **_: object
) -> dict[str, Any]:
    """The length of the text typed so far and the kind proposed from it."""
    draft = await flow.get(dialog_manager)
    proposal = kind_proposer().propose(draft.text or "")
    asks = bool(draft.text) and draft.kind is None
    return {
        "length": len(draft.text or ""),
        "scans": await flow.scans(dialog_manager),
        "has_text": bool(draft.text),
        "kind": kind_name(context.language, proposal.kind),
        "asks": asks,
        "guess": proposal.is_guess,
        "proposed": asks and not proposal.is_guess,
        "unclear": asks and proposal.is_guess,
        "ready": bool(draft.text) and draft.kind is not None,
    }


@inject
async def get_person(
    dialog_manager: DialogManager, flow: FromDishka[EntryFlow], **_: object
) -> dict[str, Any]:
    """Texts for a person's or an organisation's data, and whether to offer skipping all of them."""
    sort = complainant_told(await flow.get(dialog_manager))
    legal = "_legal" if sort is Complainant.LEGAL else ""
    return {
        "name_key": f"ask_name{legal}",
        "number_key": f"ask_number{legal}",
        "phone_key": "ask_phone",
        "asking_all": EntryStep.PHONE not in WIZARD.skipped(dialog_manager),
    }


@inject
async def get_summary(
    dialog_manager: DialogManager, context: RequestContext, flow: FromDishka[EntryFlow], **_: object
) -> dict[str, Any]:
    """All answers of the entry and the resulting due date."""
    draft = await flow.get(dialog_manager)
    return {
        **await get_place(dialog_manager, context),
        **_lines(context, draft),
        "scans": await flow.scans(dialog_manager),
        "term": await _term(context, flow, organisation_of(dialog_manager), draft),
        "complete": not draft.missing(),
    }


async def get_lines(context: RequestContext, **_: object) -> dict[str, Any]:
    steps = [step for step in EntryStep if step is not EntryStep.SUMMARY]
    return {"lines": [(step.value, context.plain(f"register.line_{step.value}")) for step in steps]}


@inject
async def get_entered(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[CaseQueries],
    documents: FromDishka[ComplaintDocuments],
    **_: object,
) -> dict[str, Any]:
    """The number, registration date and due date, and whether it has passed."""
    case = (await queries.of_official(context.person.telegram_id, complaint_of(dialog_manager))).case
    due = await documents.due(case)
    return {
        "complaint": case.id,
        "number": str(case.number),
        "organisation": organisation_name(context, case.organisation),
        "registered": day(case.registered_on, context.language),
        "due": case.due_on,
        "expected": case.certainty is Certainty.EXPECTED,
        "days": due.term.amount,
        "late": is_late(due, context.now),
    }


def _lines(context: RequestContext, draft: EntryDraft) -> dict[str, str]:
    missing = context.plain("register.not_told")

    def label(key: str) -> str:
        return plain_label(context.plain(f"register.{key}"))

    return {
        "source": label(f"source_{draft.source.value}") if draft.source else missing,
        "received": day(draft.received_on, context.language) if draft.received_on else missing,
        "incoming_number": draft.incoming_number or missing,
        "delivery": label(f"delivery_{draft.delivery.value}") if draft.delivery else missing,
        "service": service_name(context, draft.service) if draft.service_known else missing,
        "kind": kind_name(context.language, draft.kind) if draft.kind else missing,
        "text": _text(context, draft.text) if draft.text else missing,
        "complainant": label(f"complainant_{complainant_told(draft).value}"),
        "name": draft.name or missing,
        "number": draft.number or missing,
        "phone": draft.phone or missing,
    }


def _text(context: RequestContext, text: str) -> Markup:
    return context.html("register.text_shown", text=text, length=len(text))


async def _term(
    context: RequestContext, flow: EntryFlow, organisation: str, draft: EntryDraft
) -> Markup | str:
    if draft.received_on is None:
        return ""
    due = await flow.due(organisation, draft.received_on)
    return context.html(
        "register.term",
        due=due.due_on,
        days=due.term.amount,
        late=is_late(due, context.now),
        expected=due.certainty is Certainty.EXPECTED,
    )
