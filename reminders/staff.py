"""Who is notified of an organisation's filings, read for many organisations at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.tables import IS_MEMBER, LeaveRow, MembershipRow
from accounts.roles import STAFF, Role
from registry_data.tables import OrganisationRow
from reminders.digest import FilingStaff, StaffMember

MANY = 1_000  # from this many values on, a statement does not list them
_ROLES = [role.value for role in STAFF]
_ROLE_OF = {role.value: role for role in Role}


async def staff_of(
    session: AsyncSession, codes: Collection[str], today: date, late: Collection[str]
) -> dict[str, FilingStaff]:
    """The staff of each organisation of `codes`, with the coordinators above for those in `late`.

    A deputy who is a member replaces a colleague on leave today.
    """
    members = await _members(session, codes)
    deputies = await _deputies(session, today)
    above = await _above(session, late)
    return {
        code: FilingStaff(members=_with_deputies(found, deputies.get(code, {})), above=above.get(code, ()))
        for code, found in members.items()
    }


async def _members(session: AsyncSession, codes: Collection[str]) -> dict[str, list[StaffMember]]:
    found: dict[str, list[StaffMember]] = defaultdict(list)
    columns = (MembershipRow.organisation, MembershipRow.telegram_id, MembershipRow.role)
    query = select(*columns).where(IS_MEMBER, MembershipRow.role.in_(_ROLES)).order_by(MembershipRow.id)
    if len(codes) < MANY:
        query = query.where(MembershipRow.organisation.in_(codes))
    for code, person, role in await session.execute(query):
        if code in codes:
            found[code].append(StaffMember(person=person, role=_ROLE_OF[role]))
    return found


async def _deputies(session: AsyncSession, today: date) -> dict[str, dict[int, int]]:
    query = select(LeaveRow.organisation, LeaveRow.telegram_id, LeaveRow.deputy).where(
        LeaveRow.cancelled_at.is_(None), LeaveRow.first_day <= today, LeaveRow.last_day >= today
    )
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for code, person, deputy in await session.execute(query):
        found[code][person] = deputy
    return found


def _with_deputies(members: list[StaffMember], deputies: Mapping[int, int]) -> tuple[StaffMember, ...]:
    """If deputies only point at each other, nobody is replaced: somebody must be notified."""
    if not deputies:
        return tuple(members)
    people = {member.person for member in members}
    return tuple(
        StaffMember(person=_present(member.person, deputies, people), role=member.role) for member in members
    )


def _present(person: int, deputies: Mapping[int, int], people: Collection[int]) -> int:
    seen = {person}
    current = person
    while current in deputies:
        current = deputies[current]
        if current in seen or current not in people:
            return person
        seen.add(current)
    return current


async def _above(session: AsyncSession, codes: Collection[str]) -> dict[str, tuple[int, ...]]:
    """The coordinators of the nearest organisation above each that has some."""
    if not codes:
        return {}
    body = OrganisationRow.body["parent"].as_string()
    pairs = await session.execute(select(OrganisationRow.key, body))
    parents: dict[str, str | None] = {code: parent for code, parent in pairs}  # noqa: C416 mypy does not take a Row for a pair
    query = select(MembershipRow.organisation, MembershipRow.telegram_id).where(
        IS_MEMBER, MembershipRow.role == Role.COORDINATOR.value
    )
    coordinators: dict[str, list[int]] = defaultdict(list)
    for code, person in await session.execute(query.order_by(MembershipRow.id)):
        coordinators[code].append(person)
    return {code: _nearest(code, parents, coordinators) for code in codes}


def _nearest(
    code: str, parents: Mapping[str, str | None], coordinators: Mapping[str, list[int]]
) -> tuple[int, ...]:
    seen = {code}
    above = parents.get(code)
    while above is not None and above not in seen:
        if above in coordinators:
            return tuple(coordinators[above])
        seen.add(above)
        above = parents.get(above)
    return ()
