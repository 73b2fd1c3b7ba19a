"""Re-dating: where the calendar was edited, open complaints get the due date that it gives now.

Complaints whose dates change alike are changed by one statement, so that a hundred thousand take seconds.
Their notices are the tick's: it tells of every open complaint that was re-dated lately.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.lifecycle import Step
from complaints.numbers import Number
from complaints.tables import IS_OPEN, ComplaintRow, SelfKeptRow, TrailRow
from complaints.terms import Extension, Rule, date_complaint, moment_of
from complaints.trail import SYSTEM, plain
from database.unit_of_work import UnitOfWork
from deadlines.calendar import WorkCalendar
from deadlines.clock import ALMATY, Clock
from deadlines.due import Due
from deadlines.store import CalendarStore
from deadlines.terms import OUR_READINGS

CHUNK = 5_000  # complaints of one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """All of a complaint's dates that the calendar decides."""

    registered_on: date
    due_on: date
    late_after: date
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redating:
    """One open complaint whose dates change; a kept case of a citizen's own has no number."""

    id: int
    number: Number | None
    organisation: str | None
    before: Dates
    after: Dates


@dataclass(slots=True)
class Dating:
    """Due dates on one calendar: whatever came on the same day, in or after hours, is dated once."""

    calendar: WorkCalendar
    _known: dict[tuple[str, date, bool, int], Dates] = field(default_factory=dict)

    def dates(self, rule: str, at: datetime, extended_by: int = 0) -> Dates:
        """Raises OutOfCalendarError."""
        local = at.astimezone(ALMATY)
        after_hours = local.time().replace(second=0, microsecond=0) > OUR_READINGS.day_ends
        key = (rule, local.date(), after_hours, extended_by)
        if key not in self._known:
            due = date_complaint(Rule(rule), at, self.calendar, Extension(granted=extended_by))
            self._known[key] = dates_of(due)
        return self._known[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRedatings:
    """The dry run: what would change, in the order of the present due dates. Writes nothing."""

    session: AsyncSession

    async def __call__(self) -> list[Redating]:
        """Raises CalendarNotLoadedError, OutOfCalendarError."""
        dating = Dating(await CalendarStore(self.session).read())
        return [*await self._complaints(dating), *await self._kept(dating)]

    async def _complaints(self, dating: Dating) -> list[Redating]:
        row = ComplaintRow
        query = select(
            row.id,
            row.number,
            row.organisation,
            row.rule,
            row.registered_at,
            row.extended_by,
            row.registered_on,
            row.due_on,
            row.late_after,
            row.certainty,
        ).where(IS_OPEN)
        found = []
        for one in await self.session.execute(query.order_by(row.due_on, row.id)):
            before = Dates(
                registered_on=one.registered_on,
                due_on=one.due_on,
                late_after=one.late_after,
                certainty=one.certainty,
            )
            after = dating.dates(one.rule, one.registered_at, one.extended_by)
            if after != before:
                found.append(
                    Redating(
                        id=one.id,
                        number=Number.of(one.number),
                        organisation=one.organisation,
                        before=before,
                        after=after,
                    )
                )
        return found

    async def _kept(self, dating: Dating) -> list[Redating]:
        query = select(SelfKeptRow).where(SelfKeptRow.closed_at.is_(None)).order_by(SelfKeptRow.due_on)
        found = []
        for one in await self.session.scalars(query):
            after = dating.dates(one.rule, moment_of(one.filed_on))
            before = Dates(
                registered_on=after.registered_on,  # a day of the citizen's own, which is not ours to move
                due_on=one.due_on,
                late_after=one.late_after,
                certainty=one.certainty,
            )
            if after != before:
                found.append(
                    Redating(
                        id=one.id, number=None, organisation=one.organisation, before=before, after=after
                    )
                )
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Redate:
    """Gives open complaints the dates of the present calendar; doing it twice changes nothing more.

    Each change has its row in the trail. A complaint that somebody extends or closes meanwhile is left as he
    left it.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock

    async def __call__(self) -> Sequence[Redating]:
        """What was found to change. Raises CalendarNotLoadedError, OutOfCalendarError."""
        async with self.unit_of_work() as unit:
            found = await FindRedatings(session=unit.session)()
            version = (await CalendarStore(unit.session).version()).number
            now = self.clock.now()
            for (before, after), ids in _alike(one for one in found if one.number is not None).items():
                what = plain(
                    {
                        "reason": "calendar",
                        "calendar": version,
                        "due_before": before.due_on,
                        "due_on": after.due_on,
                    }
                )
                for start in range(0, len(ids), CHUNK):
                    change = _Change(before=before, after=after, at=now, what=what)
                    await change.make(unit.session, ids[start : start + CHUNK])
            for one in found:
                if one.number is None:
                    await _redate_kept(unit.session, one)
            await unit.commit()
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    before: Dates
    after: Dates
    at: datetime
    what: Mapping[str, str | int]

    async def make(self, session: AsyncSession, ids: Sequence[int]) -> None:
        row = ComplaintRow
        changed = (
            update(row)
            .where(row.id.in_(ids), IS_OPEN, row.due_on == self.before.due_on)
            .values(
                registered_on=self.after.registered_on,
                due_on=self.after.due_on,
                late_after=self.after.late_after,
                certainty=self.after.certainty,
                due_version=row.due_version + 1,
                redated_at=self.at,
                steps=row.steps + 1,
            )
            .returning(row.id)
        )
        done = (await session.scalars(changed, execution_options={"synchronize_session": False})).all()
        await self._note(session, done)

    async def _note(self, session: AsyncSession, ids: Sequence[int]) -> None:
        row = ComplaintRow
        noted = select(
            row.id,
            literal(self.at, TrailRow.at.type),
            literal(SYSTEM),
            literal(Step.REDATE.value),
            row.state,
            literal(dict(self.what), TrailRow.what.type),
        ).where(row.id.in_(ids))
        columns = ["complaint", "at", "role", "step", "state", "what"]
        await session.execute(insert(TrailRow).from_select(columns, noted))


def dates_of(due: Due) -> Dates:
    return Dates(
        registered_on=due.registered_on,
        due_on=due.due_on,
        late_after=due.late_after,
        certainty=due.certainty.value,
    )


def _alike(found: Iterable[Redating]) -> dict[tuple[Dates, Dates], list[int]]:
    groups: dict[tuple[Dates, Dates], list[int]] = defaultdict(list)
    for one in found:
        groups[one.before, one.after].append(one.id)
    return groups


async def _redate_kept(session: AsyncSession, one: Redating) -> None:
    kept = update(SelfKeptRow).where(SelfKeptRow.id == one.id, SelfKeptRow.closed_at.is_(None))
    await session.execute(
        kept.values(
            due_on=one.after.due_on,
            late_after=one.after.late_after,
            certainty=one.after.certainty,
            due_version=SelfKeptRow.due_version + 1,
        )
    )
