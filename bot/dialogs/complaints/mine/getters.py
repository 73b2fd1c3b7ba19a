"""Data of a citizen's own complaints, read again by id for every window."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import complaint_of
from bot.dialogs.complaints.mine.requests import may_see_materials, request_lines
from bot.request_context import RequestContext
from bot.views.complaints.appeal import follows_text
from bot.views.complaints.complaint import agency_values, kind_name, organisation_name, service_name
from bot.views.complaints.status import days_left, status_of
from bot.views.text import shorten
from complaints.actions.self_filed import SelfFiledComplaint
from complaints.case import ComplaintCase
from complaints.lifecycle import ComplaintState, LifecycleStep, may, offer_ends_on
from complaints.queries.cases import CaseQueries, FullCase
from complaints.queries.mine import MyComplaints, OwnQueries
from complaints.queries.routes import HeldRegistry, RouteQueries
from complaints.terms import Rule
from complaints.thread import ThreadMessage
from deadlines.calendar import WorkCalendar
from deadlines.store import LiveCalendar
from kernel.clock import almaty_date
from localisation.formats import day, moment

SHOWN = 8  # complaints in the list; a button leads to all of them
MESSAGE_LENGTH, MESSAGES_SHOWN = 400, 6  # of the latest messages in a complaint; a button leads to all
_ANSWERED_SOLVED = frozenset({ComplaintState.ANSWERED, ComplaintState.CLOSED})


@inject
async def get_list(
    context: RequestContext,
    my_complaints: FromDishka[MyComplaints],
    live: FromDishka[LiveCalendar],
    **_: object,
) -> dict[str, Any]:
    person = context.person.telegram_id
    calendar = await live.current(my_complaints.context.session)
    cases = await my_complaints.all(person, SHOWN)
    self_filed = await my_complaints.self_filed(person)
    count = await my_complaints.count(person)
    return {
        "count": count,
        "more": max(0, count - len(cases)),
        "cases": [_in_list(context, one, calendar) for one in cases],
        "kept": [_self_filed_in_list(context, one, calendar) for one in self_filed],
        "buttons": [(str(one.id), _label(context, one)) for one in cases],
        "kept_buttons": [(str(one.id), _self_filed_label(context, one)) for one in self_filed],
    }


@inject
async def get_all(
    context: RequestContext, my_complaints: FromDishka[MyComplaints], **_: object
) -> dict[str, Any]:
    cases = await my_complaints.all(context.person.telegram_id)
    return {"count": len(cases), "buttons": [(str(one.id), _label(context, one)) for one in cases]}


@inject
async def get_case(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[CaseQueries],
    live: FromDishka[LiveCalendar],
    **_: object,
) -> dict[str, Any]:
    full = await queries.of_person(context.person.telegram_id, complaint_of(dialog_manager))
    case = full.case
    calendar = await live.current(queries.context.session)
    own = [one for one in full.thread if one.complaint == case.id]
    return {
        "number": str(case.number),
        "service": service_name(context, case.service),
        "kind": kind_name(context.language, case.kind),
        "organisation": organisation_name(context, case.organisation),
        "taken": case.is_open and full.holder is not None,
        "registered": day(case.registered_on, context.language),
        "status": status_of(context, case),
        "left": _left(context, case, calendar),
        "extended": case.extended_by,
        "follows": follows_text(context, case),
        **request_lines(context, full),
        "chain": [_linked_case(context, one) for one in full.chain if one.id != case.id],
        "forgotten": case.forgotten,
        "talk": [_message_lines(context, one, MESSAGE_LENGTH) for one in own[-MESSAGES_SHOWN:]],
        "earlier": len(own[:-MESSAGES_SHOWN]),
        "has_talk": bool(own or full.text),
        "rated": full.stars,
        "service_rated": full.service_stars,
        **_available_actions(context, full),
    }


@inject
async def get_talk(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    """The complaint's text and all its messages, whole."""
    full = await queries.of_person(context.person.telegram_id, complaint_of(dialog_manager))
    own = [one for one in full.thread if one.complaint == full.case.id]
    return {
        "number": str(full.case.number),
        "text": full.text or context.plain("my_complaints.no_text"),
        "talk": [_message_lines(context, one) for one in own],
    }


@inject
async def get_number(
    dialog_manager: DialogManager, context: RequestContext, own: FromDishka[OwnQueries], **_: object
) -> dict[str, Any]:
    case = await own.case(context.person.telegram_id, complaint_of(dialog_manager))
    answered = case.state in {*_ANSWERED_SOLVED, ComplaintState.NOT_SOLVED, ComplaintState.RETURNED}
    routes = RouteQueries(own.context.session, HeldRegistry(context.catalogue))
    here = agency_values(context, await routes.to_agency(case))
    key = "next_agency" if answered else "next_agency_open"
    return {
        **here,
        "number": str(case.number),
        "key": key,
        "text_only": not here["agency_here"],
        "may_rate": may(case.state, LifecycleStep.RATE),
    }


@inject
async def get_at_agency(
    dialog_manager: DialogManager, context: RequestContext, own: FromDishka[OwnQueries], **_: object
) -> dict[str, Any]:
    """The complaint in its current state at the Agency's body."""
    case = await own.case(context.person.telegram_id, complaint_of(dialog_manager))
    return {
        "number": str(case.number),
        "organisation": organisation_name(context, case.organisation),
        "due": case.due_on,
    }


async def get_no_agency(
    dialog_manager: DialogManager, context: RequestContext, **_: object
) -> dict[str, Any]:
    code = dialog_manager.dialog_data.get("assessor")
    return {"assessor": organisation_name(context, code) if code else ""}


def _available_actions(context: RequestContext, full: FullCase) -> dict[str, bool]:
    """Which buttons to show; each action checks again."""
    case = full.case
    answered = case.state in _ANSWERED_SOLVED
    at_agency = case.rule is Rule.AUTHORITY
    goes_on = full.is_last and may(case.state, LifecycleStep.GO_TO_AGENCY) and not answered
    return {
        "may_add": may(case.state, LifecycleStep.ADD) or may(case.state, LifecycleStep.GIVE),
        "may_see": may_see_materials(full),
        "may_withdraw": may(case.state, LifecycleStep.WITHDRAW),
        "may_judge": answered and case.answered_on is not None and _offer_is_open(context, case),
        "may_go": goes_on and not at_agency,
        "to_court": full.is_last
        and at_agency
        and (case.state is ComplaintState.NOT_SOLVED or _is_late(context, case)),
        "may_rate": may(case.state, LifecycleStep.RATE) and None in {full.stars, full.service_stars},
        "has_files": bool(full.files) or any(one.files for one in full.thread),
        "is_kept": not case.forgotten,
    }


def _offer_is_open(context: RequestContext, case: ComplaintCase) -> bool:
    today = almaty_date(context.now)
    return case.answered_on is not None and today <= offer_ends_on(case.answered_on)


def _is_late(context: RequestContext, case: ComplaintCase) -> bool:
    return case.is_late(almaty_date(context.now))


def _left(context: RequestContext, case: ComplaintCase, calendar: WorkCalendar) -> str:
    today = almaty_date(context.now)
    return days_left(context, case.due_on, today, calendar) if case.is_open else ""


def _in_list(context: RequestContext, case: ComplaintCase, calendar: WorkCalendar) -> dict[str, str]:
    return {
        "number": str(case.number),
        "service": shorten(service_name(context, case.service), 100),
        "status": status_of(context, case),
        "left": _left(context, case, calendar),
    }


def _self_filed_in_list(
    context: RequestContext, self_filed: SelfFiledComplaint, calendar: WorkCalendar
) -> dict[str, str]:
    today, answered = almaty_date(context.now), self_filed.answered_on
    told = (
        context.plain("my_complaints.answered_told", day=day(answered, context.language)) if answered else ""
    )
    return {
        "filed": day(self_filed.filed_on, context.language),
        "service": shorten(service_name(context, self_filed.service), 100),
        "left": told or days_left(context, self_filed.due_on, today, calendar),
    }


def _label(context: RequestContext, case: ComplaintCase) -> str:
    return shorten(
        context.plain("my_complaints.open", number=str(case.number), status=status_of(context, case))
    )


def _self_filed_label(context: RequestContext, self_filed: SelfFiledComplaint) -> str:
    return context.plain("my_complaints.kept_button", filed=day(self_filed.filed_on, context.language))


def _linked_case(context: RequestContext, case: ComplaintCase) -> str:
    """Another complaint of the same chain: the first body's or the current one."""
    return context.plain(
        "my_complaints.came_first",
        organisation=organisation_name(context, case.organisation),
        number=str(case.number),
        day=day(case.registered_on, context.language),
        status=status_of(context, case),
    )


def _message_lines(
    context: RequestContext, message: ThreadMessage, limit: int | None = None
) -> dict[str, Any]:
    text = message.text or context.plain("my_complaints.no_text")
    return {
        "at": moment(message.at),
        "who": context.plain("my_complaints.by_me" if message.by_citizen else "my_complaints.by_body"),
        "text": text if limit is None else shorten(text, limit),
        "files": len(message.files),
    }
