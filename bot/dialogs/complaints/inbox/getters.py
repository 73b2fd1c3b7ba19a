"""Data of the officials' inbox. Every getter checks the right again."""

from collections.abc import Sequence
from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.guard import Guard
from accounts.officials.queries import MemberQueries
from accounts.permissions import Action
from bot.dialogs.chosen import complaint_of, organisation_of
from bot.dialogs.complaints.inbox.place import days_of, key_of, list_of
from bot.dialogs.opening import is_over
from bot.request_context import RequestContext
from bot.views.accounts.personal_values import SHOWN_FOR, look_subject
from bot.views.complaints.complaint import kind_name, organisation_name, service_name
from bot.views.complaints.decision_lines import forwarding_term
from bot.views.complaints.official_case import (
    CaseAccess,
    available_actions,
    fact_lines,
    in_list,
    label,
    state_of,
    today_of,
)
from bot.views.organisations import labelled, organisation_labels
from bot.views.text import shorten
from complaints.assignment import ComplaintStaff
from complaints.facts import ExtensionReason, ServiceDelivery
from complaints.kinds.kind import OF_CITIZENS
from complaints.lifecycle import LifecycleStep, may
from complaints.queries.below import BodiesBelow
from complaints.queries.cases import CaseQueries, FullCase, LookReason
from complaints.queries.inbox import OVER, InboxList, InboxQueries
from complaints.queries.routes import RouteQueries
from complaints.terms import may_extend, most_days
from deadlines.store import LiveCalendar
from messaging.outbox import writing as outbox
from oversight.region.query import SeeRegion
from registry_data.organisations import Organisation

ON_A_PAGE = 6
FOUND_SHOWN = 8


@inject
async def get_choice(context: RequestContext, guard: FromDishka[Guard], **_: object) -> dict[str, Any]:
    return {"organisations": labelled(context, await visible_organisations(context, guard))}


async def visible_organisations(context: RequestContext, guard: Guard) -> list[str]:
    """The organisations whose complaints the person's roles allow them to see."""
    person = context.person.telegram_id
    codes = dict.fromkeys(one.organisation for one in await guard.members.of_person(person))
    return [code for code in codes if await guard.may(person, Action.SEE_COMPLAINTS, code)]


@inject
async def get_lists(
    dialog_manager: DialogManager,
    context: RequestContext,
    inbox: FromDishka[InboxQueries],
    guard: FromDishka[Guard],
    bodies: FromDishka[BodiesBelow],
    **_: object,
) -> dict[str, Any]:
    code, person = organisation_of(dialog_manager), context.person.telegram_id
    counts = await inbox.counts(person, code)
    buttons = [
        (which.value, context.plain(f"cases.list_{which.value}", count=counts.get(which, 0)))
        for which in InboxList
    ]
    return {
        "organisation": organisation_name(context, code),
        "lists": buttons,
        "may_register": await guard.may(person, Action.REGISTER_COMPLAINTS, code),
        "may_work": await guard.may(person, Action.WORK_ON_COMPLAINTS, code),
        "has_below": await bodies.may(person, code),
        "may_oversee": await SeeRegion(guard, inbox.context.session).may(person, code),
        "is_over": is_over(dialog_manager),
    }


@inject
async def get_page(
    dialog_manager: DialogManager,
    context: RequestContext,
    inbox: FromDishka[InboxQueries],
    live: FromDishka[LiveCalendar],
    guard: FromDishka[Guard],
    **_: object,
) -> dict[str, Any]:
    which, code = list_of(dialog_manager), organisation_of(dialog_manager)
    leads = await guard.may(context.person.telegram_id, Action.LEAD_COMPLAINTS, code)
    after = key_of(dialog_manager)
    page = await inbox.page(context.person.telegram_id, code, which, after=after, size=ON_A_PAGE)
    calendar = await live.current(inbox.context.session)
    return {
        "title": context.plain(f"cases.title_{which.value}"),
        "cases": [in_list(context, one, calendar) for one in page.cases],
        "buttons": [(one.id, label(context, one)) for one in page.cases],
        "has_next": page.next is not None,
        "has_back": after is not None,
        "may_give": leads and which not in OVER and bool(page.cases),
    }


@inject
async def get_case(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[CaseQueries],
    members: FromDishka[MemberQueries],
    live: FromDishka[LiveCalendar],
    **_: object,
) -> dict[str, Any]:
    full = await full_case(dialog_manager, context, queries)
    names = await members.names([full.holder]) if full.holder is not None else {}
    shown = fact_lines(context, full, await live.current(queries.context.session), names)
    return {**shown, **await _available_actions(context, full, queries)}


async def full_case(manager: DialogManager, context: RequestContext, queries: CaseQueries) -> FullCase:
    """Every press in the case passes here: what is open of it stays five minutes longer.

    Raises WindowOutdatedError, GoneError, NotAllowedError.
    """
    person, complaint = context.person.telegram_id, complaint_of(manager)
    full = await queries.of_official(person, complaint)
    await outbox.postpone(queries.context.session, look_subject(complaint, person), context.now + SHOWN_FOR)
    return full


async def works_on(context: RequestContext, full: FullCase, queries: CaseQueries) -> bool:
    """Whether the reader has or leads the complaint."""
    actions = await _available_actions(context, full, queries)
    return actions["works"]


async def _available_actions(
    context: RequestContext, full: FullCase, queries: CaseQueries
) -> dict[str, bool]:
    complaint_context, person = queries.context, context.person.telegram_id
    staff = await complaint_context.staff(full.case.organisation)
    works = await complaint_context.allowed(person, Action.WORK_ON_COMPLAINTS, staff)
    leads = await complaint_context.allowed(person, Action.LEAD_COMPLAINTS, staff)
    body = context.catalogue.organisations.get(full.case.organisation)
    in_time = today_of(context) <= full.case.due_on
    reader = CaseAccess(
        holds=works and full.holder == person,
        takes=works,
        leads=leads,
        extends=body is not None and may_extend(body.kind, full.case.rule) and in_time,
    )
    return available_actions(context, full, reader)


@inject
async def get_look_reasons(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    full = await full_case(dialog_manager, context, queries)
    return {
        "number": str(full.case.number),
        "reasons": [(one.value, context.plain(f"cases.look_{one.value}")) for one in LookReason],
    }


@inject
async def get_people(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[CaseQueries],
    members: FromDishka[MemberQueries],
    **_: object,
) -> dict[str, Any]:
    """The possible assignees of the complaint."""
    full = await full_case(dialog_manager, context, queries)
    staff: ComplaintStaff = await queries.context.staff(full.case.organisation)
    people = sorted(staff.workers)
    names = await members.names(people)
    known = context.plain("officials.no_name")
    return {
        "number": str(full.case.number),
        "people": [(one, shorten(names.get(one, known))) for one in people],
    }


@inject
async def get_number(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    return {"number": str((await full_case(dialog_manager, context, queries)).case.number)}


@inject
async def get_bodies(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[CaseQueries],
    routes: FromDishka[RouteQueries],
    live: FromDishka[LiveCalendar],
    **_: object,
) -> dict[str, Any]:
    """Search results; before a search, the body that controls the sphere and the connected ones."""
    full = await full_case(dialog_manager, context, queries)
    found = dialog_manager.dialog_data.get("found")
    routing = await routes.routing()
    if found is None:
        card = context.catalogue.cards.get(full.case.service or "")
        controller = routing.controller(card.life_situation if card else None)
        holder = routing.get(full.case.organisation)
        near = routing.passed_to(holder) if holder is not None else []
        bodies = [*([controller] if controller else []), *_nearest(near, full)]
    else:
        bodies = [body for code in found if (body := routing.get(code)) is not None]
    listed = {one.code: one for one in bodies if one.code != full.case.organisation}
    shown = list(listed.values())[:FOUND_SHOWN]
    labels = organisation_labels(shown, context.catalogue.regions, context.language)
    mark = context.plain("cases.not_connected_mark")
    buttons = [
        (code, shorten(label if code in routing.connected else f"{mark}{label}"))
        for code, label in labels.items()
    ]
    return {
        "number": str(full.case.number),
        "bodies": buttons,
        "nothing": found is not None and not buttons,
        "term": forwarding_term(context, full.case, await live.current(queries.context.session)),
    }


def _nearest(bodies: Sequence[Organisation], full: FullCase) -> list[Organisation]:
    """Order bodies of the complaint's region first."""
    return sorted(bodies, key=lambda one: (one.region != full.case.region, one.code))


@inject
async def get_days(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    full = await full_case(dialog_manager, context, queries)
    most = most_days(full.case.rule)
    return {
        "number": str(full.case.number),
        "most": most,
        "days": [(number, str(number)) for number in range(1, most + 1)],
    }


async def get_reasons(dialog_manager: DialogManager, context: RequestContext, **_: object) -> dict[str, Any]:
    return {
        "days": days_of(dialog_manager),
        "reasons": [(one.value, context.plain(f"cases.reason_{one.value}")) for one in ExtensionReason],
    }


@inject
async def get_correct(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    case = (await full_case(dialog_manager, context, queries)).case
    return {
        "number": str(case.number),
        "state": state_of(context, case),
        "service": service_name(context, case.service),
        "kind": kind_name(context.language, case.kind),
        "delivery": context.plain(f"cases.delivery_{case.delivery.value}"),
        "on_paper": case.on_paper,
        "may_void": case.on_paper and may(case.state, LifecycleStep.VOID),
    }


async def get_kinds(context: RequestContext, **_: object) -> dict[str, Any]:
    return {"kinds": [(kind.value, shorten(kind_name(context.language, kind))) for kind in OF_CITIZENS]}


async def get_deliveries(context: RequestContext, **_: object) -> dict[str, Any]:
    return {
        "deliveries": [(one.value, context.plain(f"cases.delivery_{one.value}")) for one in ServiceDelivery]
    }
