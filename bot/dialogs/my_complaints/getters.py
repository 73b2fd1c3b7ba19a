"""What a citizen sees of his complaints, read again by id each time; nobody sees another's."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.complaints.reading import kind_name, organisation_name, service_name
from bot.complaints.status import days_left, status_of
from bot.dialogs.chosen import complaint_of
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import RequestContext
from bot.views.numbers import day
from bot.views.text import shorten
from bot.views.when import moment
from complaints.actions.keeping import SelfKept
from complaints.case import Case
from complaints.lifecycle import State, Step, may, offer_ends_on
from complaints.queries.cases import CaseQueries, FullCase
from complaints.queries.mine import MyComplaints
from complaints.queries.own import OwnQueries
from complaints.talk import Said
from complaints.terms import Rule
from deadlines.calendar import WorkCalendar
from deadlines.clock import almaty_date
from deadlines.queries import LiveCalendar

SHOWN = 8  # complaints in the list; the rest is a number away
SAID_SHOWN, MESSAGES_SHOWN = 400, 6  # of a message, and of the talk: what came last
STARS = (1, 2, 3, 4, 5)
_SAID_SOLVED = frozenset({State.ANSWERED, State.CLOSED})


@inject
async def get_list(
    context: RequestContext, mine: FromDishka[MyComplaints], live: FromDishka[LiveCalendar], **_: object
) -> dict[str, Any]:
    person = context.person.telegram_id
    calendar = await live.current(mine.desk.session)
    cases = await mine.all(person, SHOWN)
    kept = await mine.kept(person)
    return {
        "cases": [_in_list(context, one, calendar) for one in cases],
        "kept": [_kept_in_list(context, one, calendar) for one in kept],
        "buttons": [(str(one.id), _label(context, one)) for one in cases],
        "kept_buttons": [(str(one.id), _kept_label(context, one)) for one in kept],
    }


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
    calendar = await live.current(queries.desk.session)
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
        "chain": [_other(context, one) for one in full.chain if one.id != case.id],
        "forgotten": case.forgotten,
        "talk": [_said(context, one) for one in full.talk if one.complaint == case.id][-MESSAGES_SHOWN:],
        "rated": full.stars,
        **_doors(context, full),
    }


@inject
async def get_number(
    dialog_manager: DialogManager, context: RequestContext, own: FromDishka[OwnQueries], **_: object
) -> dict[str, Any]:
    case = await own.case(context.person.telegram_id, complaint_of(dialog_manager))
    answered = case.state in {*_SAID_SOLVED, State.NOT_SOLVED}
    return {"number": str(case.number), "key": "next_agency" if answered else "next_agency_open"}


@inject
async def get_at_agency(
    dialog_manager: DialogManager, context: RequestContext, own: FromDishka[OwnQueries], **_: object
) -> dict[str, Any]:
    """The complaint as the Agency's body has it now."""
    case = await own.case(context.person.telegram_id, complaint_of(dialog_manager))
    return {
        "number": str(case.number),
        "organisation": organisation_name(context, case.organisation),
        "due": day(case.due_on, context.language),
    }


async def get_no_agency(
    dialog_manager: DialogManager, context: RequestContext, **_: object
) -> dict[str, Any]:
    code = dialog_manager.dialog_data.get("assessor")
    return {"assessor": organisation_name(context, code) if code else ""}


async def get_stars(**_: object) -> dict[str, Any]:
    return {"stars": [(str(number), "★" * number) for number in STARS]}


async def get_word(dialog_manager: DialogManager, **_: object) -> dict[str, Any]:
    return {"stars": dialog_manager.dialog_data.get("stars", 0)}


@inject
async def get_kept(
    dialog_manager: DialogManager,
    context: RequestContext,
    mine: FromDishka[MyComplaints],
    live: FromDishka[LiveCalendar],
    **_: object,
) -> dict[str, Any]:
    number = dialog_manager.dialog_data.get("kept")
    found = [one for one in await mine.kept(context.person.telegram_id) if one.id == number]
    if not found:
        raise WindowOutdatedError
    one = found[0]
    listed = _kept_in_list(context, one, await live.current(mine.desk.session))
    organisation = organisation_name(context, one.organisation) if one.organisation else ""
    return {**listed, "organisation": organisation}


def _doors(context: RequestContext, full: FullCase) -> dict[str, bool]:
    """Which buttons lead somewhere; each action asks again."""
    case = full.case
    answered = case.state in _SAID_SOLVED
    at_agency = case.rule is Rule.AUTHORITY
    goes_on = full.is_last and may(case.state, Step.GO_TO_AGENCY) and not answered
    return {
        "may_add": may(case.state, Step.ADD) or may(case.state, Step.GIVE),
        "may_withdraw": may(case.state, Step.WITHDRAW),
        "may_judge": answered and case.answered_on is not None and _offer_is_open(context, case),
        "may_go": goes_on and not at_agency,
        "to_court": full.is_last
        and at_agency
        and (case.state is State.NOT_SOLVED or _is_late(context, case)),
        "may_rate": may(case.state, Step.RATE) and full.stars is None,
        "has_files": bool(full.files) or any(one.files for one in full.talk),
        "is_kept": not case.forgotten,
    }


def _offer_is_open(context: RequestContext, case: Case) -> bool:
    today = almaty_date(context.now)
    return case.answered_on is not None and today <= offer_ends_on(case.answered_on)


def _is_late(context: RequestContext, case: Case) -> bool:
    return case.is_late(almaty_date(context.now))


def _left(context: RequestContext, case: Case, calendar: WorkCalendar) -> str:
    today = almaty_date(context.now)
    return days_left(context, case.due_on, today, calendar) if case.is_open else ""


def _in_list(context: RequestContext, case: Case, calendar: WorkCalendar) -> dict[str, str]:
    return {
        "number": str(case.number),
        "service": shorten(service_name(context, case.service), 100),
        "status": status_of(context, case),
        "left": _left(context, case, calendar),
    }


def _kept_in_list(context: RequestContext, kept: SelfKept, calendar: WorkCalendar) -> dict[str, str]:
    today = almaty_date(context.now)
    return {
        "filed": day(kept.filed_on, context.language),
        "service": shorten(service_name(context, kept.service), 100),
        "left": days_left(context, kept.due_on, today, calendar),
    }


def _label(context: RequestContext, case: Case) -> str:
    return shorten(
        context.plain("my_complaints.open", number=str(case.number), status=status_of(context, case))
    )


def _kept_label(context: RequestContext, kept: SelfKept) -> str:
    return context.plain("my_complaints.kept_button", filed=day(kept.filed_on, context.language))


def _other(context: RequestContext, case: Case) -> str:
    """Another complaint of the same chain: the first body's, or the one that has it now."""
    return context.plain(
        "my_complaints.came_first",
        organisation=organisation_name(context, case.organisation),
        number=str(case.number),
        day=day(case.registered_on, context.language),
        status=status_of(context, case),
    )


def _said(context: RequestContext, said: Said) -> dict[str, Any]:
    return {
        "at": moment(said.at),
        "who": context.plain("my_complaints.by_me" if said.by_citizen else "my_complaints.by_body"),
        "text": shorten(said.text, SAID_SHOWN) if said.text else context.plain("my_complaints.no_text"),
        "files": len(said.files),
    }
