"""An organisation's complaints in lists: by due date, a page at a time, each page found by its key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select, tuple_

from accounts.permissions import Action
from complaints.actions.desk import Desk
from complaints.case import Case, case_of
from complaints.tables import IS_OPEN, ComplaintRow
from complaints.whose import Staff


class List(StrEnum):
    TODAY = "today"  # due today
    OVERDUE = "overdue"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    ALL = "all"  # open
    CLOSED = "closed"  # no longer open


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Where a page ends: the next one begins after this complaint."""

    due_on: date
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    cases: Sequence[Case]
    next: Key | None = None


@dataclass(frozen=True, slots=True)
class InboxQueries:
    desk: Desk

    async def page(
        self, by: int, organisation: str, which: List, *, after: Key | None = None, size: int = 10
    ) -> Page:
        """Raises NotAllowedError."""
        _, staff = await self.desk.right(by, Action.SEE_COMPLAINTS, organisation)
        row = ComplaintRow
        query = select(row).where(*self._which(which, by, staff))
        if after is not None:
            query = query.where(tuple_(row.due_on, row.id) > (after.due_on, after.id))
        found = (await self.desk.session.scalars(query.order_by(row.due_on, row.id).limit(size + 1))).all()
        last = found[size - 1] if len(found) > size else None
        key = None if last is None else Key(due_on=last.due_on, id=last.id)
        return Page(cases=[case_of(one) for one in found[:size]], next=key)

    async def counts(self, by: int, organisation: str) -> dict[List, int]:
        """How many complaints each list of open ones holds. Raises NotAllowedError."""
        _, staff = await self.desk.right(by, Action.SEE_COMPLAINTS, organisation)
        wanted = [which for which in List if which is not List.CLOSED]
        counted = [func.count().filter(*self._among_open(which, by, staff)) for which in wanted]
        query = select(*counted).where(ComplaintRow.organisation == organisation, IS_OPEN)
        found = (await self.desk.session.execute(query)).one()
        return dict(zip(wanted, found, strict=True))

    def _which(self, which: List, by: int, staff: Staff) -> list[ColumnElement[bool]]:
        here = ComplaintRow.organisation == staff.place.code
        if which is List.CLOSED:
            return [here, ~IS_OPEN]
        return [here, IS_OPEN, *self._among_open(which, by, staff)]

    def _among_open(self, which: List, by: int, staff: Staff) -> list[ColumnElement[bool]]:
        """What sets the list apart from the organisation's other open complaints: columns of one index."""
        row, today = ComplaintRow, self.desk.today()
        match which:
            case List.TODAY:
                return [row.due_on == today]
            case List.OVERDUE:
                return [row.due_on < today]
            case List.MINE:
                return [row.assignee.in_(staff.assignees_of(by))]
            case List.UNASSIGNED:
                return [or_(row.assignee.is_(None), row.assignee.in_(staff.unheld()))]
            case _:
                return []
