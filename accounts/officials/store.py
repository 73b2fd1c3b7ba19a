"""Memberships, hand-overs, leaves and connected organisations in the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.leave import DateRange, Leave
from accounts.officials.membership import Membership
from accounts.officials.tables import (
    IS_CONNECTED,
    IS_MEMBER,
    ConnectionRow,
    HandOverRow,
    LeaveRow,
    MembershipRow,
)
from accounts.roles import Role

# Module level: building the statement dominates its cost.
_ACTIVE = select(MembershipRow).where(IS_MEMBER).order_by(MembershipRow.joined_at, MembershipRow.id)
_LEAVES = select(LeaveRow).where(LeaveRow.cancelled_at.is_(None)).order_by(LeaveRow.first_day, LeaveRow.id)
_OF_PERSON = _ACTIVE.where(MembershipRow.telegram_id == bindparam("telegram_id_"))
_OF_ORGANISATION = _ACTIVE.where(MembershipRow.organisation == bindparam("organisation_"))
_ON_LEAVE = _LEAVES.where(
    LeaveRow.organisation == bindparam("organisation_"),
    LeaveRow.first_day <= bindparam("day_"),
    LeaveRow.last_day >= bindparam("day_"),
)
_LAST_HANDED = (
    select(func.max(HandOverRow.id))
    .where(HandOverRow.organisation == bindparam("organisation_"))
    .group_by(HandOverRow.from_person)
)
_HANDED = select(HandOverRow.from_person, HandOverRow.to_person).where(HandOverRow.id.in_(_LAST_HANDED))


@dataclass(frozen=True, slots=True)
class MembershipStore:
    session: AsyncSession

    async def add(self, one: Membership, admitted_by: int | None) -> None:
        """Add the role unless the person has it already; the id in `one` is ignored."""
        held = [member.held for member in await self.of_person(one.telegram_id)]
        if one.held not in held:
            self.session.add(
                MembershipRow(
                    telegram_id=one.telegram_id,
                    organisation=one.organisation,
                    role=one.role.value,
                    joined_at=one.joined_at,
                    admitted_by=admitted_by,
                )
            )
            await self.session.flush()

    async def get(self, number: int) -> Membership | None:
        return next(iter(await self._read(_ACTIVE.where(MembershipRow.id == number))), None)

    async def of_person(self, telegram_id: int) -> list[Membership]:
        return await self._read(_OF_PERSON, telegram_id_=telegram_id)

    async def of_organisation(self, organisation: str) -> list[Membership]:
        return await self._read(_OF_ORGANISATION, organisation_=organisation)

    async def with_role(self, role: Role) -> list[Membership]:
        return await self._read(_ACTIVE.where(MembershipRow.role == role.value))

    async def lock_role(self, role: Role) -> None:
        """Serialise changes that end memberships of this role, across all processes."""
        query = select(MembershipRow.id).where(MembershipRow.role == role.value, IS_MEMBER)
        await self.session.execute(query.order_by(MembershipRow.id).with_for_update())

    async def end(self, number: int, by: int | None, at: datetime) -> None:
        ended = update(MembershipRow).where(MembershipRow.id == number, IS_MEMBER)
        await self.session.execute(ended.values(ended_at=at, ended_by=by))

    async def _read(self, query: Select[MembershipRow], **given: Any) -> list[Membership]:
        rows = await self.session.scalars(query, given)
        return [membership_of(row) for row in rows]


def membership_of(row: MembershipRow) -> Membership:
    return Membership(
        number=row.id,
        telegram_id=row.telegram_id,
        organisation=row.organisation,
        role=Role(row.role),
        joined_at=row.joined_at,
    )


@dataclass(frozen=True, slots=True)
class HandOverStore:
    session: AsyncSession

    async def add(self, row: HandOverRow) -> None:
        self.session.add(row)
        await self.session.flush()

    async def latest(self, organisation: str) -> dict[int, int | None]:
        """Each person who handed over work in the organisation, with the latest successor."""
        rows = await self.session.execute(_HANDED, {"organisation_": organisation})
        return {row.from_person: row.to_person for row in rows}


@dataclass(frozen=True, slots=True)
class LeaveStore:
    session: AsyncSession

    async def add(self, row: LeaveRow) -> None:
        self.session.add(row)
        await self.session.flush()

    async def get(self, number: int) -> Leave | None:
        return next(iter(await self._read(_LEAVES.where(LeaveRow.id == number))), None)

    async def of_person(self, telegram_id: int, since: date) -> list[Leave]:
        """The person's leaves, in any organisation, that end on `since` or later."""
        return await self._read(
            _LEAVES.where(LeaveRow.telegram_id == telegram_id, LeaveRow.last_day >= since)
        )

    async def on(self, organisation: str, day: date) -> list[Leave]:
        """The organisation's leaves on `day`."""
        return await self._read(_ON_LEAVE, organisation_=organisation, day_=day)

    async def cancel(self, numbers: Iterable[int], at: datetime) -> None:
        cancelled = update(LeaveRow).where(LeaveRow.id.in_(list(numbers)))
        await self.session.execute(cancelled.values(cancelled_at=at))

    async def _read(self, query: Select[LeaveRow], **given: Any) -> list[Leave]:
        rows = await self.session.scalars(query, given)
        return [leave_of(row) for row in rows]


def leave_of(row: LeaveRow) -> Leave:
    return Leave(
        number=row.id,
        telegram_id=row.telegram_id,
        organisation=row.organisation,
        deputy=row.deputy,
        period=DateRange(first_day=row.first_day, last_day=row.last_day),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Who accepted, when (aware), and the accepted text, in the language it was shown in."""

    organisation: str
    accepted_by: int
    accepted_at: datetime
    text: str


_CODES = select(ConnectionRow.organisation).where(IS_CONNECTED)


@dataclass(frozen=True, slots=True)
class ConnectionStore:
    session: AsyncSession

    async def of(self, organisation: str) -> Connection | None:
        return (await self._read(organisation)).get(organisation)

    async def codes(self) -> frozenset[str]:
        """The codes of the connected organisations, which is all that routing needs."""
        return frozenset((await self.session.scalars(_CODES)).all())

    async def all(self) -> dict[str, Connection]:
        """The connected organisations by code."""
        return await self._read()

    async def add(self, row: ConnectionRow) -> None:
        self.session.add(row)
        await self.session.flush()

    async def end(self, organisation: str, by: int, at: datetime) -> None:
        ended = update(ConnectionRow).where(ConnectionRow.organisation == organisation, IS_CONNECTED)
        await self.session.execute(ended.values(ended_at=at, ended_by=by))

    async def _read(self, organisation: str | None = None) -> dict[str, Connection]:
        query = select(ConnectionRow).where(IS_CONNECTED)
        if organisation is not None:
            query = query.where(ConnectionRow.organisation == organisation)
        return {
            row.organisation: Connection(
                organisation=row.organisation,
                accepted_by=row.accepted_by,
                accepted_at=row.accepted_at,
                text=row.text,
            )
            for row in await self.session.scalars(query)
        }
