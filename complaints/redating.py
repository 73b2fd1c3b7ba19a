"""Re-date open complaints after the calendar was edited.

Complaints whose dates change alike are updated by one statement, so a hundred thousand take seconds. The tick
sends the notices: it announces every open complaint re-dated recently.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Row, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.audit_log import SYSTEM, linked, plain
from complaints.lifecycle import LifecycleStep
from complaints.numbers import ComplaintNumber
from complaints.redating_extensions import NoticeRedating, find_notice_redatings, redate_notice
from complaints.tables import IS_OPEN, AuditLogRow, ComplaintRow, SelfFiledRow
from complaints.terms import Extension, Rule, came_at, date_complaint
from database.engine import UnitOfWork
from deadlines.calendar import WorkCalendar
from deadlines.due import DueDate
from deadlines.store import CalendarStore
from kernel.clock import Clock

_AT_ONCE = 1_000  # rows of the log written by one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDates:
    """All dates of a complaint that depend on the calendar."""

    registered_on: date
    due_on: date
    late_after: date
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateInputs:
    """The inputs of a complaint's dates; open complaints with the same inputs and dates form one group."""

    rule: str
    came_on: date
    after_hours: bool
    extended_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RedatingGroup:
    """Open complaints whose dates change alike."""

    key: DateInputs
    before: CalendarDates
    after: CalendarDates
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Redating:
    """An open complaint whose dates change; a tracked date has no number."""

    id: int
    number: ComplaintNumber | None
    organisation: str | None
    before: CalendarDates
    after: CalendarDates


@dataclass(frozen=True, slots=True)
class RedatingCounts:
    """How many complaints, tracked dates and extension notices got a new date."""

    complaints: int
    self_filed: int
    notices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRedatings:
    """Dry run: what would change, ordered by current due date. Writes nothing."""

    session: AsyncSession

    async def __call__(self) -> list[Redating]:
        """Raises CalendarNotLoadedError, OutsideCalendarError."""
        calendar = await CalendarStore(self.session).read()
        groups = await _groups(self.session, calendar)
        found = [one for group in groups for one in await self._of(group)]
        return [*found, *await _self_filed(self.session, calendar)]

    async def notices(self) -> Sequence[NoticeRedating]:
        """Raises CalendarNotLoadedError, OutsideCalendarError."""
        return await find_notice_redatings(self.session, await CalendarStore(self.session).read())

    async def _of(self, group: RedatingGroup) -> list[Redating]:
        row = ComplaintRow
        query = select(row.id, row.number, row.organisation).where(*_in_group(group)).order_by(row.id)
        return [
            Redating(
                id=one.id,
                number=ComplaintNumber.of(one.number),
                organisation=one.organisation,
                before=group.before,
                after=group.after,
            )
            for one in await self.session.execute(query)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redate:
    """Give open complaints the dates of the current calendar. Idempotent.

    Each change is recorded in the audit log. Rows are locked against concurrent extensions and answers.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock

    async def __call__(self) -> RedatingCounts:
        """Raises CalendarNotLoadedError, OutsideCalendarError."""
        async with self.unit_of_work() as unit:
            store = CalendarStore(unit.session)
            calendar, version = await store.read(), (await store.version()).number
            groups = await _groups(unit.session, calendar)
            changed = 0
            for group in groups:
                changed += await self._change(unit.session, group, version)
            self_filed = await _self_filed(unit.session, calendar)
            for one in self_filed:
                await _change_self_filed(unit.session, one)
            notice_count = 0
            for notice in await find_notice_redatings(unit.session, calendar):
                notice_count += await redate_notice(unit.session, notice, version, self.clock.now())
            await unit.commit()
        return RedatingCounts(complaints=changed, self_filed=len(self_filed), notices=notice_count)

    async def _change(self, session: AsyncSession, group: RedatingGroup, version: int) -> int:
        row, now = ComplaintRow, self.clock.now()
        changed = update(row).where(*_in_group(group))
        done = await session.execute(
            changed.values(
                registered_on=group.after.registered_on,
                due_on=group.after.due_on,
                late_after=group.after.late_after,
                certainty=group.after.certainty,
                due_version=row.due_version + 1,
                redated_at=now,
                steps=row.steps + 1,
            ),
            execution_options={"synchronize_session": False},
        )
        await self._note(session, group, version)
        return cast(CursorResult[Any], done).rowcount

    async def _note(self, session: AsyncSession, group: RedatingGroup, version: int) -> None:
        """Log every complaint the update has just changed."""
        row, now = ComplaintRow, self.clock.now()
        what = plain(
            {
                "reason": "calendar",
                "calendar": version,
                "due_before": group.before.due_on,
                "due_on": group.after.due_on,
            }
        )
        before = AuditLogRow
        follows = and_(before.complaint == row.id, before.place == row.steps - 1)
        changed = select(row.id, row.state, row.steps, before.hash).outerjoin(before, follows)
        here = (*_in_group(replace(group, before=group.after)), row.redated_at == now)
        found = (await session.execute(changed.where(*here).order_by(row.id))).all()
        for start in range(0, len(found), _AT_ONCE):
            noted = [_redated(one, now, what) for one in found[start : start + _AT_ONCE]]
            await session.execute(insert(AuditLogRow), noted)


def _redated(one: Row[*tuple[Any, ...]], now: datetime, what: dict[str, str | int]) -> dict[str, Any]:
    """The step of one complaint that was changed, chained to its last one."""
    values = {
        "complaint": one.id,
        "place": one.steps,
        "at": now,
        "actor": None,
        "role": SYSTEM,
        "step": LifecycleStep.REDATE.value,
        "state": one.state,
        "what": what,
    }
    return {**values, "hash": linked(one.hash or "", values)}


def dates_of(due: DueDate) -> CalendarDates:
    return CalendarDates(
        registered_on=due.registered_on,
        due_on=due.due_on,
        late_after=due.late_after,
        certainty=due.certainty.value,
    )


def dates(key: DateInputs, calendar: WorkCalendar) -> CalendarDates:
    """Raises OutsideCalendarError."""
    at = came_at(key.came_on, after_hours=key.after_hours)
    return dates_of(date_complaint(Rule(key.rule), at, calendar, Extension(granted=key.extended_by)))


async def _groups(session: AsyncSession, calendar: WorkCalendar) -> list[RedatingGroup]:
    row = ComplaintRow
    keys = (row.rule, row.came_on, row.after_hours, row.extended_by)
    present = (row.registered_on, row.due_on, row.late_after, row.certainty)
    query = select(*keys, *present, func.count().label("count")).where(IS_OPEN).group_by(*keys, *present)
    found = []
    for one in await session.execute(query.order_by(row.due_on, row.came_on)):
        key = DateInputs(
            rule=one.rule, came_on=one.came_on, after_hours=one.after_hours, extended_by=one.extended_by
        )
        before = CalendarDates(
            registered_on=one.registered_on,
            due_on=one.due_on,
            late_after=one.late_after,
            certainty=one.certainty,
        )
        after = dates(key, calendar)
        if after != before:
            found.append(RedatingGroup(key=key, before=before, after=after, count=one[-1]))
    return found


def _in_group(group: RedatingGroup) -> tuple[ColumnElement[bool], ...]:
    row, key, dates_now = ComplaintRow, group.key, group.before
    return (
        IS_OPEN,
        row.due_on == dates_now.due_on,
        row.registered_on == dates_now.registered_on,
        row.late_after == dates_now.late_after,
        row.certainty == dates_now.certainty,
        row.rule == key.rule,
        row.came_on == key.came_on,
        row.after_hours.is_(key.after_hours),
        row.extended_by == key.extended_by,
    )


async def _self_filed(session: AsyncSession, calendar: WorkCalendar) -> list[Redating]:
    query = select(SelfFiledRow).where(SelfFiledRow.closed_at.is_(None)).order_by(SelfFiledRow.due_on)
    found = []
    for one in await session.scalars(query):
        key = DateInputs(rule=one.rule, came_on=one.filed_on, after_hours=False, extended_by=0)
        after = dates(key, calendar)
        before = CalendarDates(
            registered_on=after.registered_on,  # the citizen's own day, never moved
            due_on=one.due_on,
            late_after=one.late_after,
            certainty=one.certainty,
        )
        if after != before:
            found.append(
                Redating(id=one.id, number=None, organisation=one.organisation, before=before, after=after)
            )
    return found


async def _change_self_filed(session: AsyncSession, one: Redating) -> None:
    self_filed = update(SelfFiledRow).where(SelfFiledRow.id == one.id, SelfFiledRow.closed_at.is_(None))
    await session.execute(
        self_filed.values(
            due_on=one.after.due_on,
            late_after=one.after.late_after,
            certainty=one.after.certainty,
            due_version=SelfFiledRow.due_version + 1,
        )
    )
