"""What the windows of an entry show: the draft, read again each time; each asks again whether he may."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject
from markupsafe import Markup

from accounts.errors import NotAllowedError
from bot.complaints.papers import Papers
from bot.complaints.reading import kind_name, organisation_name, plain_label, service_name
from bot.dialogs.complaint.handed import complaint_of
from bot.dialogs.officials.place import organisation_of
from bot.dialogs.register.flow import EntryFlow, is_passed
from bot.dialogs.register.steps import Step
from bot.talk import Talk
from bot.views.numbers import day
from bot.views.screen import shorten
from complaints.desk_drafts.drafts import EntryDraft, complainant_of
from complaints.facts import Complainant, Delivery, Source
from complaints.kinds.proposer import kind_proposer
from complaints.queries.cases import CaseQueries
from deadlines.due import Certainty
from deadlines.lateness import is_late

TEXT_SHOWN = 300  # characters of the text in the summary


@inject
async def get_places(talk: Talk, flow: FromDishka[EntryFlow], **_: object) -> dict[str, Any]:
    codes = await flow.places(talk.person.telegram_id)
    if not codes:
        raise NotAllowedError
    return {"places": [(code, shorten(organisation_name(talk, code))) for code in codes]}


async def get_place(dialog_manager: DialogManager, talk: Talk, **_: object) -> dict[str, Any]:
    return {"organisation": organisation_name(talk, organisation_of(dialog_manager))}


async def get_sources(dialog_manager: DialogManager, talk: Talk, **_: object) -> dict[str, Any]:
    place: dict[str, Any] = await get_place(dialog_manager, talk)
    return {**place, "sources": [(one.value, talk.plain(f"register.source_{one.value}")) for one in Source]}


async def get_deliveries(talk: Talk, **_: object) -> dict[str, Any]:
    return {"deliveries": [(one.value, talk.plain(f"register.delivery_{one.value}")) for one in Delivery]}


async def get_complainants(talk: Talk, **_: object) -> dict[str, Any]:
    found = [(one.value, talk.plain(f"register.complainant_{one.value}")) for one in Complainant]
    return {"complainants": found}


@inject
async def get_text(
    dialog_manager: DialogManager, talk: Talk, flow: FromDishka[EntryFlow], **_: object
) -> dict[str, Any]:
    """How much was typed so far, and what it seems to be about."""
    draft = await flow.get(dialog_manager)
    proposal = kind_proposer().propose(draft.text or "")
    asks = bool(draft.text) and draft.kind is None
    return {
        "length": len(draft.text or ""),
        "has_text": bool(draft.text),
        "kind": kind_name(talk.language, proposal.kind),
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
    """Whose name and number are asked for, a person's or an organisation's, and whether anew."""
    sort = _complainant(await flow.get(dialog_manager))
    legal = "_legal" if sort is Complainant.LEGAL else ""
    return {
        "name_key": f"ask_name{legal}",
        "number_key": f"ask_number{legal}",
        "phone_key": "ask_phone",
        "asking_all": not is_passed(dialog_manager, Step.PHONE),
    }


@inject
async def get_summary(
    dialog_manager: DialogManager, talk: Talk, flow: FromDishka[EntryFlow], **_: object
) -> dict[str, Any]:
    """Every line of the entry as it stands, and until when it would have to be answered."""
    draft = await flow.get(dialog_manager)
    return {
        **await get_place(dialog_manager, talk),
        **_lines(talk, draft),
        "term": await _term(talk, flow, organisation_of(dialog_manager), draft),
        "complete": not draft.missing(),
    }


async def get_lines(talk: Talk, **_: object) -> dict[str, Any]:
    steps = [step for step in Step if step is not Step.SUMMARY]
    return {"lines": [(step.value, talk.plain(f"register.line_{step.value}")) for step in steps]}


@inject
async def get_entered(
    dialog_manager: DialogManager,
    talk: Talk,
    queries: FromDishka[CaseQueries],
    papers: FromDishka[Papers],
    **_: object,
) -> dict[str, Any]:
    """The number, the day of registration, when the answer is due, and whether that is over."""
    case = (await queries.of_official(talk.person.telegram_id, complaint_of(dialog_manager))).case
    due = await papers.due(case)
    return {
        "complaint": case.id,
        "number": str(case.number),
        "organisation": organisation_name(talk, case.organisation),
        "registered": day(case.registered_on, talk.language),
        "due": day(case.due_on, talk.language),
        "expected": case.certainty is Certainty.EXPECTED,
        "days": due.term.amount,
        "late": is_late(due, talk.now),
    }


def _lines(talk: Talk, draft: EntryDraft) -> dict[str, str]:
    missing = talk.plain("register.not_told")

    def label(key: str) -> str:
        return plain_label(talk.plain(f"register.{key}"))

    return {
        "source": label(f"source_{draft.source.value}") if draft.source else missing,
        "received": day(draft.received_on, talk.language) if draft.received_on else missing,
        "delivery": label(f"delivery_{draft.delivery.value}") if draft.delivery else missing,
        "service": service_name(talk, draft.service) if draft.service_known else missing,
        "kind": kind_name(talk.language, draft.kind) if draft.kind else missing,
        "text": _text(talk, draft.text) if draft.text else missing,
        "complainant": label(f"complainant_{_complainant(draft).value}"),
        "name": draft.name or missing,
        "number": draft.number or missing,
        "phone": draft.phone or missing,
    }


def _text(talk: Talk, text: str) -> str:
    shown = shorten(" ".join(text.split()), TEXT_SHOWN)
    return talk.plain("register.text_shown", text=shown, length=len(text))


async def _term(talk: Talk, flow: EntryFlow, organisation: str, draft: EntryDraft) -> Markup | str:
    if draft.received_on is None:
        return ""
    due = await flow.due(organisation, draft.received_on)
    return talk.html(
        "register.term",
        due=day(due.due_on, talk.language),
        days=due.term.amount,
        late=is_late(due, talk.now),
        expected=due.certainty is Certainty.EXPECTED,
    )


def _complainant(draft: EntryDraft) -> Complainant:
    if draft.complainant is not None or draft.source is None:
        return draft.complainant or Complainant.NATURAL
    return complainant_of(draft.source)
