"""Re-dating: where the calendar was edited, open complaints get the due date that it gives now.

Complaints whose dates change alike are changed by one statement, so that a hundred thousand take seconds.
Their notices are the tick's: it tells of every open complaint that was re-dated lately.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.lifecycle import Step
from complaints.numbers import Number
from complaints.redating_extensions import TellingRedated, find_tellings, redate_telling
from complaints.tables import IS_OPEN, ComplaintRow, SelfKeptRow, TrailRow
from complaints.terms import Extension, Rule, came_at, date_complaint
from complaints.trail import SYSTEM, plain
from database.unit_of_work import UnitOfWork
from deadlines.calendar import WorkCalendar
from deadlines.clock import Clock
from deadlines.due import Due
from deadlines.store import CalendarStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """All of a complaint's dates that the calendar decides."""

    registered_on: date
    due_on: date
    late_after: date
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a complaint's dates are reckoned from; all open ones with the same key and dates are one group."""

    rule: str
    came_on: date
    after_hours: bool
    extended_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Open complaints whose dates change alike."""

    key: Key
    before: Dates
    after: Dates
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Redating:
    """One open complaint whose dates change; what a citizen keeps with us has no number."""

    id: int
    number: Number | None
    organisation: str | None
    before: Dates
    after: Dates


@dataclass(frozen=True, slots=True)
class Redated:
    """How many complaints got a new date, how many citizens' own, and how many tellings of an extension."""

    complaints: int
    kept: int
    tellings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRedatings:
    """The dry run: what would change, in the order of the present due dates. Writes nothing."""

    session: AsyncSession

    async def __call__(self) -> list[Redating]:
        """Raises CalendarNotLoadedError, OutOfCalendarError."""
        calendar = await CalendarStore(self.session).read()
        groups = await _groups(self.session, calendar)
        found = [one for group in groups for one in await self._of(group)]
        return [*found, *await _kept(self.session, calendar)]

    async def tellings(self) -> Sequence[TellingRedated]:
        """Raises CalendarNotLoadedError, OutOfCalendarError."""
        return await find_tellings(self.session, await CalendarStore(self.session).read())

    async def _of(self, group: Group) -> list[Redating]:
        row = ComplaintRow
        query = select(row.id, row.number, row.organisation).where(*_in_group(group)).order_by(row.id)
        return [
            Redating(
                id=one.id,
                number=Number.of(one.number),
                organisation=one.organisation,
                before=group.before,
                after=group.after,
            )
            for one in await self.session.execute(query)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redate:
    """Gives open complaints the dates of the present calendar; doing it twice changes nothing more.

    Each change has its row in the trail. Whoever extends or answers one meanwhile waits, or is waited for.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock

    async def __call__(self) -> Redated:
        """Raises CalendarNotLoadedError, OutOfCalendarError."""
        async with self.unit_of_work() as unit:
            store = CalendarStore(unit.session)
            calendar, version = await store.read(), (await store.version()).number
            groups = await _groups(unit.session, calendar)
            changed = 0
            for group in groups:
                changed += await self._change(unit.session, group, version)
            kept = await _kept(unit.session, calendar)
            for one in kept:
                await _change_kept(unit.session, one)
            told = 0
            for telling in await find_tellings(unit.session, calendar):
                told += await redate_telling(unit.session, telling, version, self.clock.now())
            await unit.commit()
        return Redated(complaints=changed, kept=len(kept), tellings=told)

    async def _change(self, session: AsyncSession, group: Group, version: int) -> int:
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

    async def _note(self, session: AsyncSession, group: Group, version: int) -> None:
        """A row in the trail of each that the change has just reached."""
        row, now = ComplaintRow, self.clock.now()
        what = plain(
            {
                "reason": "calendar",
                "calendar": version,
                "due_before": group.before.due_on,
                "due_on": group.after.due_on,
            }
        )
        noted = select(
            row.id,
            literal(now, TrailRow.at.type),
            literal(SYSTEM),
            literal(Step.REDATE.value),
            row.state,
            literal(what, TrailRow.what.type),
        ).where(*_in_group(replace(group, before=group.after)), row.redated_at == now)
        columns = ["complaint", "at", "role", "step", "state", "what"]
        await session.execute(insert(TrailRow).from_select(columns, noted))


def dates_of(due: Due) -> Dates:
    return Dates(
        registered_on=due.registered_on,
        due_on=due.due_on,
        late_after=due.late_after,
        certainty=due.certainty.value,
    )


def dates(key: Key, calendar: WorkCalendar) -> Dates:
    """Raises OutOfCalendarError."""
    at = came_at(key.came_on, after_hours=key.after_hours)
    return dates_of(date_complaint(Rule(key.rule), at, calendar, Extension(granted=key.extended_by)))


async def _groups(session: AsyncSession, calendar: WorkCalendar) -> list[Group]:
    row = ComplaintRow
    keys = (row.rule, row.came_on, row.after_hours, row.extended_by)
    present = (row.registered_on, row.due_on, row.late_after, row.certainty)
    query = select(*keys, *present, func.count().label("count")).where(IS_OPEN).group_by(*keys, *present)
    found = []
    for one in await session.execute(query.order_by(row.due_on, row.came_on)):
        key = Key(
            rule=one.rule, came_on=one.came_on, after_hours=one.after_hours, extended_by=one.extended_by
        )
        before = Dates(
            registered_on=one.registered_on,
            due_on=one.due_on,
            late_after=one.late_after,
            certainty=one.certainty,
        )
        after = dates(key, calendar)
        if after != before:
            found.append(Group(key=key, before=before, after=after, count=one[-1]))
    return found


def _in_group(group: Group) -> tuple[ColumnElement[bool], ...]:
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


async def _kept(session: AsyncSession, calendar: WorkCalendar) -> list[Redating]:
    query = select(SelfKeptRow).where(SelfKeptRow.closed_at.is_(None)).order_by(SelfKeptRow.due_on)
    found = []
    for one in await session.scalars(query):
        key = Key(rule=one.rule, came_on=one.filed_on, after_hours=False, extended_by=0)
        after = dates(key, calendar)
        before = Dates(
            registered_on=after.registered_on,  # a day of the citizen's own, which is not ours to move
            due_on=one.due_on,
            late_after=one.late_after,
            certainty=one.certainty,
        )
        if after != before:
            found.append(
                Redating(id=one.id, number=None, organisation=one.organisation, before=before, after=after)
            )
    return found


async def _change_kept(session: AsyncSession, one: Redating) -> None:
    kept = update(SelfKeptRow).where(SelfKeptRow.id == one.id, SelfKeptRow.closed_at.is_(None))
    await session.execute(
        kept.values(
            due_on=one.after.due_on,
            late_after=one.after.late_after,
            certainty=one.after.certainty,
            due_version=SelfKeptRow.due_version + 1,
        )
    )
