"""Data of the summary and of the windows after sending."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject
from markupsafe import Markup

from bot.dialogs.chosen import complaint_of
from bot.dialogs.complaints.submission.flow import Flow
from bot.dialogs.complaints.submission.saving import MAY_SAVE
from bot.dialogs.complaints.submission.steps import SubmissionStep
from bot.request_context import RequestContext
from bot.views.complaints.appeal import lodging_text
from bot.views.complaints.complaint import (
    ComplaintDocuments,
    agency_values,
    amount,
    day_name,
    delivery_name,
    kind_name,
    number_owner,
    organisation_name,
    place_name,
    plain_label,
    service_name,
    who_name,
)
from bot.views.complaints.paper import PAPER_LANGUAGES
from bot.views.complaints.status import status_of
from complaints.actions.self_filed import SelfFiledComplaint
from complaints.attachments.downloads import AttachmentDownloads
from complaints.case import ComplaintCase
from complaints.draft import Draft
from complaints.lifecycle import LifecycleStep as CaseStep
from complaints.lifecycle import may
from complaints.queries.mine import MyComplaints, OwnQueries
from complaints.queries.routes import HeldRegistry, RouteQueries
from complaints.routing import Concern, NotConnected, Route, Routed
from complaints.service_lateness import Lateness, lateness_of
from complaints.terms import Rule, term
from deadlines.due import Certainty
from deadlines.store import LiveCalendar
from localisation.formats import day, moment
from registry_data.organisations import Organisation
from registry_data.routing import NotInSystem
from registry_data.schema import TermUnit

LINES = (
    SubmissionStep.SERVICE,
    SubmissionStep.CONCERN,
    SubmissionStep.REGION,
    SubmissionStep.DELIVERY,
    SubmissionStep.KIND,
    SubmissionStep.DAY,
    SubmissionStep.TEXT,
    SubmissionStep.WHO,
    SubmissionStep.NAME,
    SubmissionStep.NUMBER,
    SubmissionStep.PHONE,
)


@inject
async def get_summary(
    context: RequestContext,
    flow: FromDishka[Flow],
    fetches: FromDishka[AttachmentDownloads],
    live: FromDishka[LiveCalendar],
    **_: object,
) -> dict[str, Any]:
    """All answers of the draft and where it would go if sent now."""
    stored = await flow.get(context.person.telegram_id)
    draft, catalogue = stored.draft, context.catalogue
    routes = RouteQueries(flow.session, HeldRegistry(catalogue))
    known, request = await routes.routing(), await routes.request(draft)
    route = known.route(request)
    files = sum(await fetches.counts(stored.id))
    card = catalogue.cards.get(draft.service or "")
    late = None
    if card is not None and draft.applied_on is not None:
        calendar = await live.current(flow.session)
        late = lateness_of(card, draft.applied_on, context.now, calendar)
    return {
        **_lines(context, draft),
        "whom": _recipient_name(context, draft, known.renders(request)),
        "text": _text(context, draft),
        "files": context.plain("complaint.file_count", count=files)
        if files
        else context.plain("complaint.no_files"),
        "lateness": _lateness(context, late) if late is not None else "",
        "lodging": lodging_text(context, draft.happened_on),
        "goes": _goes(context, route),
        "unconnected": isinstance(route, NotConnected),
        "connected": not isinstance(route, NotConnected),
    }


async def get_lines(context: RequestContext, **_: object) -> dict[str, Any]:
    return {"lines": [(step.value, context.plain(f"complaint.line_{step.value}")) for step in LINES]}


@inject
async def get_duplicate(
    dialog_manager: DialogManager, context: RequestContext, own: FromDishka[OwnQueries], **_: object
) -> dict[str, Any]:
    case = await own.case(context.person.telegram_id, int(dialog_manager.dialog_data.get("twin", 0)))
    return {
        "number": str(case.number),
        "day": day(case.registered_on, context.language),
        "status": status_of(context, case),
        "may_add": may_add_to(case),
    }


@inject
async def get_sent(
    dialog_manager: DialogManager,
    context: RequestContext,
    own: FromDishka[OwnQueries],
    documents: FromDishka[ComplaintDocuments],
    **_: object,
) -> dict[str, Any]:
    """The receipt: number, time, contents, due date and organisation."""
    person, number = context.person.telegram_id, complaint_of(dialog_manager)
    case = await own.case(person, number)
    due = await documents.due(case)
    routes = RouteQueries(documents.session, HeldRegistry(context.catalogue))
    return {
        "number": str(case.number),
        "at": moment(case.registered_at),
        "organisation": organisation_name(context, case.organisation),
        "service": service_name(context, case.service),
        "kind": kind_name(context.language, case.kind),
        "files": (await own(person, number)).files,
        "due": case.due_on,
        "expected": case.certainty is Certainty.EXPECTED,
        "days": due.term.amount,
        MAY_SAVE: dialog_manager.dialog_data.get(MAY_SAVE),
        "counted_from": day(due.counted_from, context.language),
        "at_agency": case.rule is Rule.AUTHORITY,
        **agency_values(context, await routes.to_agency(case)),
    }


@inject
async def get_added(
    dialog_manager: DialogManager, context: RequestContext, own: FromDishka[OwnQueries], **_: object
) -> dict[str, Any]:
    case = await own.case(context.person.telegram_id, complaint_of(dialog_manager))
    return {"number": str(case.number)}


@inject
async def get_unconnected(context: RequestContext, flow: FromDishka[Flow], **_: object) -> dict[str, Any]:
    draft = (await flow.get(context.person.telegram_id)).draft
    route = await RouteQueries(flow.session, HeldRegistry(context.catalogue)).of_draft(draft)
    found = route if isinstance(route, NotConnected) else NotConnected(renders=None, assessor=None)
    papers = [(one.value, context.plain(f"complaint.paper_in_{one.value}")) for one in PAPER_LANGUAGES]
    names = {"organisation": _name(context, found.renders), "assessor": _name(context, found.assessor)}
    return {**names, "papers": papers}


@inject
async def get_filed(
    dialog_manager: DialogManager,
    context: RequestContext,
    my_complaints: FromDishka[MyComplaints],
    **_: object,
) -> dict[str, Any]:
    number = dialog_manager.dialog_data.get("kept")
    stored: list[SelfFiledComplaint] = [
        one for one in await my_complaints.self_filed(context.person.telegram_id) if one.id == number
    ]
    one = stored[0] if stored else None
    return {
        "filed": day(one.filed_on, context.language) if one else "",
        "due": one.due_on if one else None,
        "days": term(one.rule).amount if one else 0,
    }


def _lines(context: RequestContext, draft: Draft) -> dict[str, str]:
    missing = context.plain("complaint.not_told")
    return {
        "service": service_name(context, draft.service),
        "place": place_name(context, draft.region, draft.district) or missing,
        "delivery": delivery_name(context, draft.delivery) if draft.delivery else missing,
        "kind": kind_name(context.language, draft.kind) if draft.kind else missing,
        "day": day_name(context, draft.happened_on, draft.applied_on) or context.plain("complaint.not_told"),
        "who": who_name(context, draft.complainant, draft.behalf, draft.represented),
        "name": draft.name or missing,
        "number_label": context.plain(f"complaint.number_{number_owner(draft)}"),
        "number": draft.number or missing,
        "phone": draft.phone or missing,
    }


def _text(context: RequestContext, draft: Draft) -> Markup:
    return context.html("complaint.text_shown", text=draft.text, length=len(draft.text))


def _recipient_name(context: RequestContext, draft: Draft, found: Organisation | NotInSystem) -> str:
    """Whom the complaint is about: the organisation if the registry has it, else the card's text."""
    if isinstance(found, Organisation):
        return found.names.in_language(context.language)
    if draft.concern is Concern.CORPORATION:
        return plain_label(context.plain("complaint.concern_corporation"))
    card = context.catalogue.cards.get(draft.service or "")
    if card is not None and card.provider is not None:
        return card.provider.in_language(context.language)
    return plain_label(context.plain("complaint.concern_provider_unknown"))


def _goes(context: RequestContext, route: Route) -> Markup:
    if not isinstance(route, Routed):
        return context.html("complaint.goes_nowhere")
    name = route.organisation.names.in_language(context.language)
    days = term(route.rule).amount
    return context.html(f"complaint.goes_{route.why.value}", organisation=name, days=days)


def _lateness(context: RequestContext, late: Lateness) -> str:
    key = "late" if late.is_late else "not_late_varied" if late.varied else "not_late"
    unit = TermUnit(late.term.unit)
    return context.plain(
        f"complaint.{key}",
        term=amount(context, late.term.amount, unit),
        applied=day(late.due.at.date(), context.language),
        number=late.number,
        unit=context.plain(f"complaint.unit_{unit.value}"),
        due=day(late.due.due_on, context.language),
    )


def _name(context: RequestContext, organisation: Organisation | None) -> str:
    return organisation.names.in_language(context.language) if organisation is not None else ""


def may_add_to(case: ComplaintCase) -> bool:
    return may(case.state, CaseStep.ADD) or may(case.state, CaseStep.GIVE)
