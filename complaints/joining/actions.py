"""Join two complaints of one person about one service: one goes on, the other closes as joined to it.

A reading of ours: the acts speak of no joining. The one that is due first goes on, so that no term grows, and
each counts once as received where it was registered (docs/complaints.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.permissions import Action
from complaints.actions.citizens import add_message
from complaints.actions.context import AssignedWork, ComplaintContext
from complaints.case import ComplaintCase, case_of
from complaints.errors import NotDuplicatesError
from complaints.joining.tables import JoinRow
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.tables import IS_OPEN, ComplaintRow
from complaints.thread import MessageContent, MessageKind
from database.engine import atomic

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedComplaints:
    """`joined` is closed, `kept` goes on."""

    kept: ComplaintCase
    joined: ComplaintCase


@dataclass(frozen=True, slots=True)
class JoinComplaints:
    context: ComplaintContext

    async def candidates(self, by: int, complaint: int) -> Sequence[ComplaintCase]:
        """Open complaints of the same person about the same service here, those due first ahead.

        Raises GoneError, NotAllowedError.
        """
        row = await self.context.complaints.get(complaint)
        await self.context.right(by, Action.WORK_ON_COMPLAINTS, row.organisation)
        same = (
            ComplaintRow.organisation == row.organisation,
            IS_OPEN,
            ComplaintRow.id != row.id,
            ComplaintRow.service.is_not_distinct_from(row.service),
        )
        query = select(ComplaintRow).where(*same, _same_person(row))
        found = await self.context.session.scalars(query.order_by(*_FIRST).limit(MOST_SHOWN))
        return [case_of(one) for one in found] if row.closed_at is None else []

    @atomic
    async def __call__(self, by: int, complaint: int, other: int) -> JoinedComplaints:
        """`by` has or leads both.

        Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError, NotDuplicatesError.
        """
        works = [await self.context.worked(by, one) for one in sorted({complaint, other})]
        if len(works) != 2:
            raise NotDuplicatesError
        kept, joined = sorted(works, key=lambda work: (work.row.due_on, work.row.id))
        self.context.check(kept.row, LifecycleStep.TAKE_IN)
        self.context.check(joined.row, LifecycleStep.JOIN)
        if not _are_duplicates(kept.row, joined.row):
            raise NotDuplicatesError
        await self._join(by, kept, joined)
        return JoinedComplaints(kept=case_of(kept.row), joined=case_of(joined.row))

    async def _join(self, by: int, kept: AssignedWork, joined: AssignedWork) -> None:
        context = self.context
        said = (await context.keys.content(joined.row)).text
        if said:
            author = joined.row.person or by
            await add_message(context, kept.row, MessageKind.ADDITION, author, MessageContent(text=said))
        context.session.add(JoinRow(complaint=joined.row.id, into=kept.row.id, joined_at=context.now()))
        await self._one_chain(kept.row, joined.row)
        await context.step(kept.row, LifecycleStep.TAKE_IN, kept.actor, number=joined.row.number)
        await context.step(joined.row, LifecycleStep.JOIN, joined.actor, number=kept.row.number)
        await (await context.notifier()).citizen(joined.row, NotificationTopic.JOINED)

    async def _one_chain(self, kept: ComplaintRow, joined: ComplaintRow) -> None:
        """One matter: seen, forgotten and kept together."""
        root, other = kept.root or kept.id, joined.root or joined.id
        moved = update(ComplaintRow).where(or_(ComplaintRow.id == other, ComplaintRow.root == other))
        await self.context.session.execute(moved.values(root=root))
        await self.context.session.refresh(joined, ["root"])


_FIRST = (ComplaintRow.due_on, ComplaintRow.id)


def goes_on(one: ComplaintCase, other: ComplaintCase) -> tuple[ComplaintCase, ComplaintCase]:
    """The one that goes on, and the one that is joined to it."""
    kept, joined = sorted((one, other), key=lambda case: (case.due_on, case.id))
    return kept, joined


def _same_person(row: ComplaintRow) -> ColumnElement[bool]:
    if row.person is not None:
        return ComplaintRow.person == row.person
    if row.iin_digest is None:
        return false()
    return ComplaintRow.person.is_(None) & (ComplaintRow.iin_digest == row.iin_digest)


def _are_duplicates(one: ComplaintRow, other: ComplaintRow) -> bool:
    """By account where the complaint came through the bot: nobody has verified a number that was typed."""
    if one.organisation != other.organisation or one.service != other.service:
        return False
    if one.person is not None or other.person is not None:
        return one.person == other.person
    return one.iin_digest is not None and one.iin_digest == other.iin_digest


async def joined_to(session: AsyncSession, complaint: int) -> ComplaintCase | None:
    """The complaint that goes on instead of this one."""
    query = select(ComplaintRow).join(JoinRow, JoinRow.into == ComplaintRow.id)
    row = await session.scalar(query.where(JoinRow.complaint == complaint))
    return None if row is None else case_of(row)
