"""Who works on a complaint: taken by an official, or given by the head."""

from dataclasses import dataclass

from accounts.officials.membership import NotAMemberError
from accounts.permissions import Action
from complaints.actions.desk import Desk
from complaints.case import Case, case_of
from complaints.errors import HeldAlreadyError
from complaints.lifecycle import State, Step
from complaints.tables import ComplaintRow
from complaints.telling import Told
from database.atomic import atomic


@dataclass(frozen=True, slots=True)
class Take:
    """Taking twice changes nothing."""

    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int) -> Case:
        """Raises GoneError, NotAllowedError, IllegalMoveError, HeldAlreadyError (only heads take it away)."""
        row = await self.desk.complaints.lock(complaint)
        actor, staff = await self.desk.right(by, Action.WORK_ON_COMPLAINTS, row.organisation)
        self.desk.check(row, Step.TAKE)
        has = staff.holder(row.assignee)
        if has == by:
            return case_of(row)
        if has is not None and not await self.desk.allowed(by, Action.LEAD_COMPLAINTS, staff):
            raise HeldAlreadyError
        was = State(row.state)
        row.assignee = by
        await self.desk.step(row, Step.TAKE, actor)
        await tell_taken(self.desk, row, was)
        return case_of(row)


@dataclass(frozen=True, slots=True)
class Assign:
    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int, to: int) -> Case:
        """Raises GoneError, NotAllowedError, IllegalMoveError, NotAMemberError."""
        row = await self.desk.complaints.lock(complaint)
        actor, staff = await self.desk.right(by, Action.LEAD_COMPLAINTS, row.organisation)
        self.desk.check(row, Step.ASSIGN)
        if to not in staff.workers:
            raise NotAMemberError
        was = State(row.state)
        row.assignee = to
        await self.desk.step(row, Step.ASSIGN, actor, to=to)
        if to != by:
            await (await self.desk.teller()).officials(row, Told.ASSIGNED, staff.told(to))
        await tell_taken(self.desk, row, was)
        return case_of(row)


async def tell_taken(desk: Desk, row: ComplaintRow, was: State) -> None:
    """The citizen hears it once, when the first official has it."""
    if was is State.REGISTERED:
        await (await desk.teller()).citizen(row, Told.TAKEN)
