"""What an official sees of his organisation's complaints. Every getter asks again whether he may."""

from collections.abc import Sequence
from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.guard import Guard
from accounts.officials.queries import MemberQueries
from accounts.permissions import Action
from bot.complaints.desk_view import Standing, doors, facts, in_list, label, said, state_of, today_of
from bot.complaints.reading import kind_name, organisation_name, service_name
from bot.dialogs.cases.place import complaint_of, days_of, key_of, list_of, organisation_of
from bot.talk import Talk
from bot.views.screen import shorten
from complaints.facts import Delivery, ExtensionReason, Outcome
from complaints.kinds.kind import OF_CITIZENS
from complaints.queries.cases import CaseQueries, FullCase
from complaints.queries.inbox import InboxQueries, List
from complaints.queries.routes import RouteQueries
from complaints.terms import may_extend, most_days
from complaints.whose import Staff
from deadlines.queries import LiveCalendar
from registry_data.organisations import Organisation

ON_A_PAGE = 6
FOUND_SHOWN = 8
MESSAGES_SHOWN = 8


@inject
async def get_choice(talk: Talk, guard: FromDishka[Guard], **_: object) -> dict[str, Any]:
    return {"organisations": [(code, organisation_name(talk, code)) for code in await seen(talk, guard)]}


async def seen(talk: Talk, guard: Guard) -> list[str]:
    """The organisations whose complaints the person may see by a role of his in them."""
    person = talk.person.telegram_id
    codes = dict.fromkeys(one.organisation for one in await guard.members.of_person(person))
    return [code for code in codes if await guard.may(person, Action.SEE_COMPLAINTS, code)]


@inject
async def get_lists(
    dialog_manager: DialogManager,
    talk: Talk,
    inbox: FromDishka[InboxQueries],
    guard: FromDishka[Guard],
    **_: object,
) -> dict[str, Any]:
    code, person = organisation_of(dialog_manager), talk.person.telegram_id
    counts = await inbox.counts(person, code)
    buttons = [
        (which.value, talk.plain(f"cases.list_{which.value}", count=counts.get(which, 0))) for which in List
    ]
    return {
        "organisation": organisation_name(talk, code),
        "lists": buttons,
        "may_register": await guard.may(person, Action.REGISTER_COMPLAINTS, code),
    }


@inject
async def get_page(
    dialog_manager: DialogManager,
    talk: Talk,
    inbox: FromDishka[InboxQueries],
    live: FromDishka[LiveCalendar],
    **_: object,
) -> dict[str, Any]:
    which, code = list_of(dialog_manager), organisation_of(dialog_manager)
    after = key_of(dialog_manager)
    page = await inbox.page(talk.person.telegram_id, code, which, after=after, size=ON_A_PAGE)
    calendar = await live.current(inbox.desk.session)
    return {
        "title": talk.plain(f"cases.title_{which.value}"),
        "cases": [in_list(talk, one, calendar) for one in page.cases],
        "buttons": [(one.id, label(talk, one)) for one in page.cases],
        "has_next": page.next is not None,
        "has_back": after is not None,
    }


@inject
async def get_case(
    dialog_manager: DialogManager,
    talk: Talk,
    queries: FromDishka[CaseQueries],
    members: FromDishka[MemberQueries],
    live: FromDishka[LiveCalendar],
    **_: object,
) -> dict[str, Any]:
    full = await full_case(dialog_manager, talk, queries)
    names = await members.names([full.holder]) if full.holder is not None else {}
    shown = facts(talk, full, await live.current(queries.desk.session), names)
    return {**shown, **await _doors(talk, full, queries)}


async def full_case(manager: DialogManager, talk: Talk, queries: CaseQueries) -> FullCase:
    """Raises WindowOutdatedError, GoneError, NotAllowedError."""
    return await queries.of_official(talk.person.telegram_id, complaint_of(manager))


async def _doors(talk: Talk, full: FullCase, queries: CaseQueries) -> dict[str, bool]:
    desk, person = queries.desk, talk.person.telegram_id
    staff = await desk.staff(full.case.organisation)
    works = await desk.allowed(person, Action.WORK_ON_COMPLAINTS, staff)
    leads = await desk.allowed(person, Action.LEAD_COMPLAINTS, staff)
    body = talk.catalogue.organisations.get(full.case.organisation)
    in_time = today_of(talk) <= full.case.due_on
    reader = Standing(
        holds=works and full.holder == person,
        takes=works,
        leads=leads,
        extends=body is not None and may_extend(body.kind, full.case.rule) and in_time,
    )
    return doors(full, reader)


@inject
async def get_words(
    dialog_manager: DialogManager, talk: Talk, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    full = await full_case(dialog_manager, talk, queries)
    return {"number": str(full.case.number), "text": full.text or talk.plain("my_complaints.no_text")}


@inject
async def get_talk(
    dialog_manager: DialogManager, talk: Talk, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    full = await full_case(dialog_manager, talk, queries)
    return {
        "number": str(full.case.number),
        "earlier": max(0, len(full.talk) - MESSAGES_SHOWN),
        "said": [said(talk, one) for one in full.talk[-MESSAGES_SHOWN:]],
    }


@inject
async def get_people(
    dialog_manager: DialogManager,
    talk: Talk,
    queries: FromDishka[CaseQueries],
    members: FromDishka[MemberQueries],
    **_: object,
) -> dict[str, Any]:
    """Those whom the complaint may be given to."""
    full = await full_case(dialog_manager, talk, queries)
    staff: Staff = await queries.desk.staff(full.case.organisation)
    people = sorted(staff.workers)
    names = await members.names(people)
    known = talk.plain("officials.no_name")
    return {
        "number": str(full.case.number),
        "people": [(one, shorten(names.get(one, known))) for one in people],
    }


@inject
async def get_number(
    dialog_manager: DialogManager, talk: Talk, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    return {"number": str((await full_case(dialog_manager, talk, queries)).case.number)}


@inject
async def get_bodies(
    dialog_manager: DialogManager,
    talk: Talk,
    queries: FromDishka[CaseQueries],
    routes: FromDishka[RouteQueries],
    **_: object,
) -> dict[str, Any]:
    """What was searched for; before that the body that controls the sphere, and those connected."""
    full = await full_case(dialog_manager, talk, queries)
    found = dialog_manager.dialog_data.get("found")
    routing = await routes.routing()
    if found is None:
        card = talk.catalogue.cards.get(full.case.service or "")
        controller = routing.controller(card.life_situation if card else None)
        here = routing.get(full.case.organisation)
        near = routing.passed_to(here) if here is not None else []
        bodies = [*([controller] if controller else []), *_nearest(near, full)]
    else:
        bodies = [body for code in found if (body := routing.get(code)) is not None]
    listed = {one.code: one for one in bodies if one.code != full.case.organisation}
    buttons = [(code, _body(talk, one, code in routing.connected)) for code, one in listed.items()]
    return {
        "number": str(full.case.number),
        "bodies": buttons[:FOUND_SHOWN],
        "none": found is not None and not buttons,
    }


def _nearest(bodies: Sequence[Organisation], full: FullCase) -> list[Organisation]:
    """Those of the complaint's region first."""
    return sorted(bodies, key=lambda one: (one.region != full.case.region, one.code))


def _body(talk: Talk, body: Organisation, connected: bool) -> str:  # noqa: FBT001
    mark = "" if connected else talk.plain("cases.not_connected_mark")
    return shorten(f"{mark}{body.names.in_language(talk.language)}")


@inject
async def get_days(
    dialog_manager: DialogManager, talk: Talk, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    full = await full_case(dialog_manager, talk, queries)
    most = most_days(full.case.rule)
    return {
        "number": str(full.case.number),
        "most": most,
        "days": [(number, str(number)) for number in range(1, most + 1)],
    }


async def get_reasons(dialog_manager: DialogManager, talk: Talk, **_: object) -> dict[str, Any]:
    return {
        "days": days_of(dialog_manager),
        "reasons": [(one.value, talk.plain(f"cases.reason_{one.value}")) for one in ExtensionReason],
    }


@inject
async def get_correct(
    dialog_manager: DialogManager, talk: Talk, queries: FromDishka[CaseQueries], **_: object
) -> dict[str, Any]:
    case = (await full_case(dialog_manager, talk, queries)).case
    return {
        "number": str(case.number),
        "state": state_of(talk, case),
        "service": service_name(talk, case.service),
        "kind": kind_name(talk.language, case.kind),
        "delivery": talk.plain(f"cases.delivery_{case.delivery.value}"),
    }


async def get_kinds(talk: Talk, **_: object) -> dict[str, Any]:
    return {"kinds": [(kind.value, shorten(kind_name(talk.language, kind))) for kind in OF_CITIZENS]}


async def get_deliveries(talk: Talk, **_: object) -> dict[str, Any]:
    return {"deliveries": [(one.value, talk.plain(f"cases.delivery_{one.value}")) for one in Delivery]}


async def get_outcomes(talk: Talk, **_: object) -> dict[str, Any]:
    return {"outcomes": [(one.value, talk.plain(f"cases.choose_{one.value}")) for one in Outcome]}
