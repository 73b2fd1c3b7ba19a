"""Data of an official's organisation windows. Every getter checks the right again."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.guard import Guard
from accounts.officials.invitation import Invitation
from accounts.officials.invitations import InvitationStore
from accounts.officials.leave import Leave
from accounts.officials.membership import successors
from accounts.officials.queries import Member, MemberQueries
from accounts.officials.store import ConnectionStore
from accounts.permissions import Action, to_invite, to_revoke
from accounts.roles import Role, fits
from bot.dialogs.accounts.organisation.approval import approval_setting
from bot.dialogs.accounts.organisation.place import successor_of
from bot.dialogs.chosen import number_in, organisation_of
from bot.request_context import RequestContext
from bot.views.accounts.officials import organisation_name, role_line, role_name
from bot.views.organisations import labelled
from kernel.clock import almaty_date
from localisation.formats import numeric_day


@inject
async def get_choice(context: RequestContext, guard: FromDishka[Guard], **_: object) -> dict[str, Any]:
    """The organisations in which the person has a role."""
    codes = dict.fromkeys(
        one.organisation for one in await guard.members.of_person(context.person.telegram_id)
    )
    return {"organisations": labelled(context, codes)}


@inject
async def get_main(
    dialog_manager: DialogManager,
    context: RequestContext,
    guard: FromDishka[Guard],
    connections: FromDishka[ConnectionStore],
    invitations: FromDishka[InvitationStore],
    **_: object,
) -> dict[str, Any]:
    code, person = organisation_of(dialog_manager), context.person.telegram_id
    await guard.check(person, Action.SEE_MEMBERS, code)
    organisation = await guard.organisations.get(code)
    held = await guard.members.of_person(person)
    connection = await connections.of(code)
    waiting = await invitations.waiting(code)
    return {
        **await approval_setting(context, guard, code),
        "organisation": organisation_name(context, organisation, code),
        "connected": numeric_day(almaty_date(connection.accepted_at)) if connection else "",
        "roles": [role_line(context, one, organisation) for one in held if one.organisation == code],
        "anywhere": any(one.role is Role.ADMINISTRATOR for one in held),
        "waiting": len(waiting),
        "may_confirm": bool(waiting) and await guard.may(person, Action.INVITE, code),
        "may_invite": await guard.may(person, Action.INVITE, code),
        "may_leave": await guard.may(person, Action.TAKE_LEAVE, code),
        "may_see": await guard.may(person, Action.SEE_COMPLAINTS, code),
        "may_file": await guard.may(person, Action.SEE_FILINGS, code),
        "may_register": await guard.may(person, Action.REGISTER_COMPLAINTS, code),
        "may_connect": connection is None and await guard.may(person, Action.CONNECT, code),
        "may_disconnect": connection is not None and await guard.may(person, Action.DISCONNECT, code),
    }


@inject
async def get_organisation(
    dialog_manager: DialogManager, context: RequestContext, guard: FromDishka[Guard], **_: object
) -> dict[str, Any]:
    code = organisation_of(dialog_manager)
    return {"organisation": organisation_name(context, await guard.organisations.get(code), code)}


@inject
async def get_members(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[MemberQueries], **_: object
) -> dict[str, Any]:
    code = organisation_of(dialog_manager)
    members = await _members(dialog_manager, context, queries)
    person = context.person.telegram_id
    lines = [_line(context, member) for member in members]
    return {
        "organisation": organisation_name(context, await queries.guard.organisations.get(code), code),
        "lines": lines,
        "members": [(member.membership.number, line) for member, line in zip(members, lines, strict=True)],
        "may_revoke": await queries.guard.may(person, Action.REVOKE, code),
    }


@inject
async def get_member(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[MemberQueries], **_: object
) -> dict[str, Any]:
    """The chosen member and the colleagues who can take over the work."""
    members = await _members(dialog_manager, context, queries)
    number = number_in(dialog_manager, "member")
    chosen = next((one for one in members if one.membership.number == number), None)
    if chosen is None:
        raise GoneError
    one = chosen.membership
    await queries.guard.check(context.person.telegram_id, to_revoke(one.role), one.organisation)
    return {
        "name": _name(context, chosen),
        "role": role_name(context, one.role),
        "since": numeric_day(almaty_date(one.joined_at)),
        "colleagues": _colleagues(context, members, one.telegram_id),
    }


@inject
async def get_revoke(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[MemberQueries], **_: object
) -> dict[str, Any]:
    data: dict[str, Any] = await get_member(dialog_manager=dialog_manager, context=context, **_)
    successor = successor_of(dialog_manager)
    names = await queries.names([successor]) if successor is not None else {}
    known = context.plain("officials.heir_list" if successor is None else "officials.no_name")
    return data | {"heir": known if successor is None else names.get(successor, known)}


@inject
async def get_roles(
    dialog_manager: DialogManager, context: RequestContext, guard: FromDishka[Guard], **_: object
) -> dict[str, Any]:
    """The roles the person may invite to here."""
    code = organisation_of(dialog_manager)
    organisation = await guard.organisations.get(code)
    if organisation is None:
        raise GoneError
    roles = [
        (role.value, role_name(context, role))
        for role in Role
        if fits(role, organisation.kind)
        and await guard.may(context.person.telegram_id, to_invite(role), code)
    ]
    if not roles:
        raise NotAllowedError
    return {"roles": roles}


@inject
async def get_joins(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[MemberQueries],
    invitations: FromDishka[InvitationStore],
    **_: object,
) -> dict[str, Any]:
    code = organisation_of(dialog_manager)
    await queries.guard.check(context.person.telegram_id, Action.INVITE, code)
    waiting = [one for one in await invitations.waiting(code) if one.taken_by is not None]
    return {"joins": [(one.number, _join_line(context, one)) for one in waiting]}


def _join_line(context: RequestContext, invitation: Invitation) -> str:
    """Without the name: it is shown by a look only."""
    role = role_name(context, invitation.role)
    return context.plain("officials.join_line", number=invitation.number, role=role)


@inject
async def get_leave(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[MemberQueries], **_: object
) -> dict[str, Any]:
    """The person's own leaves here and the possible deputies."""
    code, person = organisation_of(dialog_manager), context.person.telegram_id
    await queries.guard.check(person, Action.TAKE_LEAVE, code)
    today = almaty_date(context.now)
    leaves = [one for one in await queries.leaves.of_person(person, today) if one.organisation == code]
    names = await queries.names([one.deputy for one in leaves])
    members = await _members(dialog_manager, context, queries)
    return {
        "lines": [
            context.plain("officials.leave_line", **_days(one), deputy=_known(context, names.get(one.deputy)))
            for one in leaves
        ],
        "leaves": [(one.number, context.plain("officials.leave_cancel", **_days(one))) for one in leaves],
        "colleagues": _colleagues(context, members, person),
    }


async def _members(manager: DialogManager, context: RequestContext, queries: MemberQueries) -> list[Member]:
    today = almaty_date(context.now)
    return await queries.of_organisation(context.person.telegram_id, organisation_of(manager), today)


def _colleagues(context: RequestContext, members: list[Member], of: int) -> list[tuple[int, str]]:
    """Those who may take over the work, each listed once."""
    fitting = successors(of, [one.membership for one in members])
    found = {
        one.membership.telegram_id: _name(context, one)
        for one in members
        if one.membership.telegram_id in fitting
    }
    return list(found.items())


def _line(context: RequestContext, member: Member) -> str:
    away = member.leave.period.last_day if member.leave else None
    role = role_name(context, member.membership.role)
    return context.plain(
        "officials.member_line", name=_name(context, member), role=role, away=away, lost=not member.reachable
    )


def _name(context: RequestContext, member: Member) -> str:
    return _known(context, member.name)


def _known(context: RequestContext, name: str | None) -> str:
    return name or context.plain("officials.no_name")


def _days(leave: Leave) -> dict[str, str]:
    return {"first": numeric_day(leave.period.first_day), "last": numeric_day(leave.period.last_day)}
