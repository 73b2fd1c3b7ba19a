"""Give up a role, for good or for a leave."""

from dataclasses import dataclass

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.guard import Guard
from accounts.officials.invitations import InvitationStore
from accounts.officials.leave import Leave, LeaveOverlapsError, read_period
from accounts.officials.membership import Membership, NotAMemberError, check_may_end, successors
from accounts.officials.store import HandOverStore, LeaveStore, MembershipStore, leave_of
from accounts.officials.tables import HandOverRow, LeaveRow
from accounts.permissions import Action, to_revoke
from database.engine import UnitOfWork, atomic
from kernel.clock import Clock, almaty_date


@dataclass(frozen=True, slots=True)
class Revoke:
    """End a role at once; with the person's last role in the organisation, hand over the open work.

    Invitations the person issued there are withdrawn.
    """

    unit: UnitOfWork
    guard: Guard
    members: MembershipStore
    invitations: InvitationStore
    hand_overs: HandOverStore
    clock: Clock

    @atomic
    async def __call__(self, by: int, number: int, heir: int | None) -> Membership:
        """`heir` takes over the open work; None leaves it unassigned.

        Raises NotAllowedError, GoneError, LastHeadError, LastAdministratorError, NotAMemberError.
        """
        leaving = await self.members.get(number)
        if leaving is None:
            raise GoneError
        await self.guard.check(by, to_revoke(leaving.role), leaving.organisation)
        await self.members.lock_role(leaving.role)
        same_role = await self.members.with_role(leaving.role)
        if leaving not in same_role:  # another process was faster
            raise GoneError
        check_may_end(leaving, [one for one in same_role if one != leaving])
        await self._check_heir(leaving, heir)
        now = self.clock.now()
        await self.members.end(number, by, now)
        await self.invitations.take_back(leaving.telegram_id, leaving.organisation, now)
        if not await self._stays(leaving):
            row = HandOverRow(
                organisation=leaving.organisation,
                from_person=leaving.telegram_id,
                to_person=heir,
                made_by=by,
                made_at=now,
            )
            await self.hand_overs.add(row)
        return leaving

    async def _check_heir(self, leaving: Membership, heir: int | None) -> None:
        if heir is not None and not await may_take_over(self.members, leaving, heir):
            raise NotAMemberError

    async def _stays(self, leaving: Membership) -> bool:
        held = await self.members.of_person(leaving.telegram_id)
        return any(one.organisation == leaving.organisation for one in held)


@dataclass(frozen=True, slots=True)
class TakeLeave:
    unit: UnitOfWork
    guard: Guard
    members: MembershipStore
    leaves: LeaveStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int, organisation: str, deputy: int, dates: str) -> Leave:
        """Take leave on the days in `dates`, with a colleague as deputy.

        Raises NotAllowedError, NotAMemberError, DatesInvalidError, LeaveOverlapsError.
        """
        await self.guard.check(telegram_id, Action.TAKE_LEAVE, organisation)
        held = await self.members.of_person(telegram_id)
        own = next(one for one in held if one.organisation == organisation)
        if not await may_take_over(self.members, own, deputy):
            raise NotAMemberError
        now = self.clock.now()
        today = almaty_date(now)
        period = read_period(dates, today)
        others = await self.leaves.of_person(telegram_id, today)
        if any(one.organisation == organisation and one.period.meets(period) for one in others):
            raise LeaveOverlapsError
        row = LeaveRow(
            telegram_id=telegram_id,
            organisation=organisation,
            deputy=deputy,
            first_day=period.first_day,
            last_day=period.last_day,
            made_at=now,
        )
        await self.leaves.add(row)
        return leave_of(row)


@dataclass(frozen=True, slots=True)
class CancelLeave:
    unit: UnitOfWork
    leaves: LeaveStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int, number: int) -> Leave:
        """Only the person's own leave. Raises GoneError, NotAllowedError."""
        leave = await self.leaves.get(number)
        if leave is None:
            raise GoneError
        if leave.telegram_id != telegram_id:
            raise NotAllowedError
        await self.leaves.cancel([number], self.clock.now())
        return leave


async def may_take_over(members: MembershipStore, one: Membership, other: int) -> bool:
    """Whether `other` is a colleague of `one` who may do the work left open."""
    return other in successors(one.telegram_id, await members.of_organisation(one.organisation))
