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
from complaints.tables import IS_OPEN, ComplaintRow


class InboxList(StrEnum):
    TODAY = "today"  # due today
    OVERDUE = "overdue"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    ALL = "all"  # open
    CLOSED = "closed"  # no longer open
    VOIDED = "voided"  # entered by mistake


OVER = frozenset({InboxList.CLOSED, InboxList.VOIDED})


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
        query = select(row).where(*self._which(which, by, staff))
        if after is not None:
            query = query.where(tuple_(row.due_on, row.id) > (after.due_on, after.id))
        found = (await self.context.session.scalars(query.order_by(row.due_on, row.id).limit(size + 1))).all()
        last = found[size - 1] if len(found) > size else None
        key = None if last is None else PageCursor(due_on=last.due_on, id=last.id)
        return InboxPage(cases=[case_of(one) for one in found[:size]], next=key)

    async def counts(self, by: int, organisation: str) -> dict[InboxList, int]:
        """The size of each list of open complaints. Raises NotAllowedError."""
        _, staff = await self.context.right(by, Action.SEE_COMPLAINTS, organisation)
        wanted = [which for which in InboxList if which not in OVER]
        counted = [func.count().filter(*self._among_open(which, by, staff)) for which in wanted]
        query = select(*counted).where(ComplaintRow.organisation == organisation, IS_OPEN)
        found = (await self.context.session.execute(query)).one()
        return dict(zip(wanted, found, strict=True))

    def _which(self, which: InboxList, by: int, staff: ComplaintStaff) -> list[ColumnElement[bool]]:
        here = ComplaintRow.organisation == staff.place.code
        if which in OVER:
            is_voided = ComplaintRow.voided_at.is_not(None)
            return [here, ~IS_OPEN, is_voided if which is InboxList.VOIDED else ~is_voided]
        return [here, IS_OPEN, *self._among_open(which, by, staff)]

    def _among_open(self, which: InboxList, by: int, staff: ComplaintStaff) -> list[ColumnElement[bool]]:
        """The list's condition among the organisation's open complaints, on columns of one index."""
        row, today = ComplaintRow, self.context.today()
        match which:
            case InboxList.TODAY:
                return [row.due_on == today]
            case InboxList.OVERDUE:
                return [row.due_on < today]
            case InboxList.MINE:
                return [row.assignee.in_(staff.assignees_of(by))]
            case InboxList.UNASSIGNED:
                return [or_(row.assignee.is_(None), row.assignee.in_(staff.unheld()))]
            case _:
                return []
