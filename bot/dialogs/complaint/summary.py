"""The last window before sending, and those after it: what they show."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject
from markupsafe import Markup

from bot.complaints.fetching import Fetches
from bot.complaints.papers import Papers
from bot.complaints.reading import (
    amount,
    day_name,
    delivery_name,
    kind_name,
    organisation_name,
    place_name,
    plain_label,
    service_name,
    who_name,
)
from bot.complaints.status import status_of
from bot.dialogs.complaint.flow import Flow
from bot.dialogs.complaint.handed import complaint_of
from bot.dialogs.complaint.lateness import Lateness, lateness_of
from bot.dialogs.complaint.place import route_of, routing, wish_of
from bot.dialogs.complaint.steps import Step
from bot.talk import Talk
from bot.views.numbers import day
from bot.views.screen import shorten
from bot.views.when import moment
from complaints.actions.keeping import SelfKept
from complaints.case import Case
from complaints.draft import Draft
from complaints.lifecycle import Step as CaseStep
from complaints.lifecycle import may
from complaints.queries.mine import MyComplaints
from complaints.queries.own import OwnQueries
from complaints.routing import Concern, Goes, NotConnected, Route, Routing
from complaints.terms import Rule, term
from deadlines.due import Certainty
from deadlines.queries import LiveCalendar
from registry_data.organisations import Organisation
from registry_data.schema import TermUnit

TEXT_SHOWN = 300  # characters of the text in the summary
LINES = (
    Step.SERVICE,
    Step.CONCERN,
    Step.REGION,
    Step.DELIVERY,
    Step.KIND,
    Step.DAY,
    Step.TEXT,
    Step.WHO,
    Step.NAME,
    Step.NUMBER,
    Step.PHONE,
)


@inject
async def get_summary(
    talk: Talk,
    flow: FromDishka[Flow],
    fetches: FromDishka[Fetches],
    live: FromDishka[LiveCalendar],
    **_: object,
) -> dict[str, Any]:
    """Every line of the draft as it stands, and where it would go if it were sent now."""
    kept = await flow.get(talk.person.telegram_id)
    draft, catalogue = kept.draft, talk.catalogue
    known = await routing(flow.session, catalogue)
    route = known.route(wish_of(catalogue, draft))
    files = sum(await fetches.counts(kept.id))
    card = catalogue.cards.get(draft.service or "")
    late = None
    if card is not None and draft.applied_on is not None:
        calendar = await live.current(flow.session)
        late = lateness_of(card, draft.applied_on, talk.now, calendar)
    return {
        **_lines(talk, draft),
        "whom": _whom(talk, draft, known),
        "text": _text(talk, draft),
        "files": talk.plain("complaint.file_count", count=files)
        if files
        else talk.plain("complaint.no_files"),
        "lateness": _lateness(talk, late) if late is not None else "",
        "goes": _goes(talk, route),
        "unconnected": isinstance(route, NotConnected),
        "connected": not isinstance(route, NotConnected),
    }


async def get_lines(talk: Talk, **_: object) -> dict[str, Any]:
    return {"lines": [(step.value, talk.plain(f"complaint.line_{step.value}")) for step in LINES]}


@inject
async def get_twin(
    dialog_manager: DialogManager, talk: Talk, own: FromDishka[OwnQueries], **_: object
) -> dict[str, Any]:
    case = await own.case(talk.person.telegram_id, int(dialog_manager.dialog_data.get("twin", 0)))
    return {
        "number": str(case.number),
        "day": day(case.registered_on, talk.language),
        "status": status_of(talk, case),
        "may_add": may_add_to(case),
    }


@inject
async def get_sent(
    dialog_manager: DialogManager,
    talk: Talk,
    own: FromDishka[OwnQueries],
    papers: FromDishka[Papers],
    **_: object,
) -> dict[str, Any]:
    """The receipt: number, day and hour, what was sent, when the answer is due, who has it."""
    person, number = talk.person.telegram_id, complaint_of(dialog_manager)
    case = await own.case(person, number)
    due = await papers.due(case)
    return {
        "number": str(case.number),
        "at": moment(case.registered_at),
        "organisation": organisation_name(talk, case.organisation),
        "service": service_name(talk, case.service),
        "kind": kind_name(talk.language, case.kind),
        "files": (await own(person, number)).files,
        "due": day(case.due_on, talk.language),
        "expected": case.certainty is Certainty.EXPECTED,
        "days": due.term.amount,
        "counted_from": day(due.counted_from, talk.language),
        "at_agency": case.rule is Rule.AUTHORITY,
    }


@inject
async def get_added(
    dialog_manager: DialogManager, talk: Talk, own: FromDishka[OwnQueries], **_: object
) -> dict[str, Any]:
    case = await own.case(talk.person.telegram_id, complaint_of(dialog_manager))
    return {"number": str(case.number)}


@inject
async def get_unconnected(talk: Talk, flow: FromDishka[Flow], **_: object) -> dict[str, Any]:
    draft = (await flow.get(talk.person.telegram_id)).draft
    route = await route_of(flow.session, talk.catalogue, draft)
    found = route if isinstance(route, NotConnected) else NotConnected(renders=None, assessor=None)
    return {"organisation": _name(talk, found.renders), "assessor": _name(talk, found.assessor)}


@inject
async def get_filed(
    dialog_manager: DialogManager, talk: Talk, mine: FromDishka[MyComplaints], **_: object
) -> dict[str, Any]:
    number = dialog_manager.dialog_data.get("kept")
    kept: list[SelfKept] = [one for one in await mine.kept(talk.person.telegram_id) if one.id == number]
    one = kept[0] if kept else None
    return {
        "filed": day(one.filed_on, talk.language) if one else "",
        "due": day(one.due_on, talk.language) if one else "",
        "days": term(one.rule).amount if one else 0,
    }


def _lines(talk: Talk, draft: Draft) -> dict[str, str]:
    missing = talk.plain("complaint.not_told")
    return {
        "service": service_name(talk, draft.service),
        "place": place_name(talk, draft.region, draft.district) or missing,
        "delivery": delivery_name(talk, draft.delivery) if draft.delivery else missing,
        "kind": kind_name(talk.language, draft.kind) if draft.kind else missing,
        "day": day_name(talk, draft.happened_on, draft.applied_on),
        "who": who_name(talk, draft.complainant, draft.behalf, draft.represented),
        "name": draft.name or missing,
        "number": draft.number or missing,
        "phone": draft.phone or missing,
    }


def _text(talk: Talk, draft: Draft) -> str:
    text = shorten(" ".join(draft.text.split()), TEXT_SHOWN)
    return talk.plain("complaint.text_shown", text=text, length=len(draft.text))


def _whom(talk: Talk, draft: Draft, known: Routing) -> str:
    """Whom the complaint is about: the organisation where the registry knows it, else the card's words."""
    found = known.renders(wish_of(talk.catalogue, draft))
    if isinstance(found, Organisation):
        return found.names.in_language(talk.language)
    if draft.concern is Concern.CORPORATION:
        return plain_label(talk.plain("complaint.concern_corporation"))
    card = talk.catalogue.cards.get(draft.service or "")
    if card is not None and card.provider is not None:
        return card.provider.in_language(talk.language)
    return plain_label(talk.plain("complaint.concern_provider_unknown"))


def _goes(talk: Talk, route: Route) -> Markup:
    if not isinstance(route, Goes):
        return talk.html("complaint.goes_nowhere")
    name = route.organisation.names.in_language(talk.language)
    days = term(route.rule).amount
    return talk.html(f"complaint.goes_{route.why.value}", organisation=name, days=days)


def _lateness(talk: Talk, late: Lateness) -> str:
    key = "late" if late.is_late else "not_late_varied" if late.varied else "not_late"
    unit = TermUnit(late.term.unit)
    return talk.plain(
        f"complaint.{key}",
        term=amount(talk, late.term.amount, unit),
        applied=day(late.due.at.date(), talk.language),
        number=late.number,
        unit=talk.plain(f"complaint.unit_{unit.value}"),
        due=day(late.due.due_on, talk.language),
    )


def _name(talk: Talk, organisation: Organisation | None) -> str:
    return organisation.names.in_language(talk.language) if organisation is not None else ""


def may_add_to(case: Case) -> bool:
    return may(case.state, CaseStep.ADD) or may(case.state, CaseStep.GIVE)
