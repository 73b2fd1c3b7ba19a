"""An organisation's complaints in lists ordered by due date, with keyset pagination."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select, tuple_

from accounts.permissions import Action
from complaints.actions.context import ComplaintContext
from complaints.assignment import ComplaintStaff
from complaints.case import ComplaintCase, case_of
from complaints.finding.tables import IS_ANSWERED
from complaints.lifecycle import ComplaintState
from complaints.tables import IS_OPEN, ComplaintRow
from deadlines.calendar import WorkCalendar

Condition = ColumnElement[bool]
SOON = 2  # working days: reminders of a due date begin then


class InboxList(StrEnum):
    NEW = "new"  # nobody has begun
    MINE = "mine"
    OVERDUE = "overdue"
    TODAY = "today"  # due today
    SOON = "soon"  # due today or within the next working days
    UNASSIGNED = "unassigned"
    WAITING = "waiting"  # for the citizen's answer
    ALL = "all"  # open
    ANSWERED = "answered"  # and not yet closed by the official
    CLOSED = "closed"  # no longer open
    VOIDED = "voided"  # entered by mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCursor:
    """The last complaint of a page; the next page begins after it."""

    due_on: date
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    cases: Sequence[ComplaintCase]
    next: PageCursor | None = None


@dataclass(frozen=True, slots=True)
class InboxQueries:
    context: ComplaintContext

    async def page(
        self, by: int, organisation: str, which: InboxList, *, after: PageCursor | None = None, size: int = 10
    ) -> InboxPage:
        """Raises NotAllowedError."""
        _, staff = await self.context.right(by, Action.SEE_COMPLAINTS, organisation)
        row = ComplaintRow
        query = select(row).where(*await self._which(which, by, staff))
        if after is not None:
            query = query.where(tuple_(row.due_on, row.id) > (after.due_on, after.id))
        found = (await self.context.session.scalars(query.order_by(row.due_on, row.id).limit(size + 1))).all()
        last = found[size - 1] if len(found) > size else None
        key = None if last is None else PageCursor(due_on=last.due_on, id=last.id)
        return InboxPage(cases=[case_of(one) for one in found[:size]], next=key)

    async def counts(self, by: int, organisation: str) -> dict[InboxList, int]:
        """The size of each list but the closed ones'. Raises NotAllowedError."""
        _, staff = await self.context.right(by, Action.SEE_COMPLAINTS, organisation)
        among = await self._among_open(by, staff)
        here = ComplaintRow.organisation == organisation
        counted = select(*(func.count().filter(*condition) for condition in among.values()))
        found = (await self.context.session.execute(counted.where(here, IS_OPEN))).one()
        answered = await self.context.session.scalar(select(func.count()).where(here, IS_ANSWERED)) or 0
        return {**dict(zip(among, found, strict=True)), InboxList.ANSWERED: answered}

    async def _which(self, which: InboxList, by: int, staff: ComplaintStaff) -> list[Condition]:
        here = ComplaintRow.organisation == staff.place.code
        if which in OVER:
            return [here, OVER[which]]
        return [here, IS_OPEN, *(await self._among_open(by, staff))[which]]

    async def _among_open(self, by: int, staff: ComplaintStaff) -> dict[InboxList, list[Condition]]:
        """What each list adds to the organisation's open complaints."""
        row, today = ComplaintRow, self.context.today()
        soon = soon_until(await self.context.calendar(), today)
        return {
            InboxList.NEW: [row.state == ComplaintState.REGISTERED.value],
            InboxList.WAITING: [row.state == ComplaintState.INFORMATION_ASKED.value],
            InboxList.TODAY: [row.due_on == today],
            InboxList.SOON: [row.due_on.between(today, soon)],
            InboxList.OVERDUE: [row.due_on < today],
            InboxList.MINE: [row.assignee.in_(staff.assignees_of(by))],
            InboxList.UNASSIGNED: [or_(row.assignee.is_(None), row.assignee.in_(staff.unheld()))],
            InboxList.ALL: [],
        }


_IS_VOIDED = ComplaintRow.voided_at.is_not(None)
OVER = {
    InboxList.ANSWERED: IS_ANSWERED,
    InboxList.CLOSED: ~IS_OPEN & ~_IS_VOIDED,
    InboxList.VOIDED: ~IS_OPEN & _IS_VOIDED,
}


def soon_until(calendar: WorkCalendar, today: date) -> date:
    """The last day, inclusive, that is soon."""
    return calendar.shift(today, SOON)
