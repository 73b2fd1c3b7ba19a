"""What control events hold, in the database; commits nothing."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import insert_into
from oversight.control.counts import KnownEvent
from oversight.control.entries import ControlDetails, ControlEntry, ControlGround, EntryKind
from oversight.control.tables import ControlDetailsRow, ControlEntryRow, ControlRecordingRow
from reminders.chain import EventKind
from reminders.event_store import EventStore
from reminders.tables import ControlEventRow


@dataclass(frozen=True, slots=True)
class ControlStore:
    session: AsyncSession

    async def add(self, entry: ControlEntry, by: int, at: datetime) -> int:
        """Write a new entry and return its id, ignoring the one it carries."""
        row = ControlEntryRow(
            event=entry.event, kind=entry.kind.value, code=entry.code, who=entry.who, count=entry.count,
            people=entry.people, day=entry.day, until=entry.until, text=entry.text, done_on=entry.done_on,
            why_not=entry.why_not, made_by=by, made_at=at,
        )  # fmt: skip
        self.session.add(row)
        await self.session.flush()
        return row.id

    async def get(self, number: int, *, lock: bool = False) -> ControlEntry | None:
        """None for what was removed, too."""
        query = select(ControlEntryRow).where(
            ControlEntryRow.id == number, ControlEntryRow.removed_at.is_(None)
        )
        query = query.execution_options(populate_existing=True)
        row = await self.session.scalar(query.with_for_update() if lock else query)
        return None if row is None else _entry(row)

    async def of_event(self, event: int) -> tuple[ControlEntry, ...]:
        """In the order in which they were entered."""
        query = select(ControlEntryRow).where(
            ControlEntryRow.event == event, ControlEntryRow.removed_at.is_(None)
        )
        return (await self._grouped(query.order_by(ControlEntryRow.id))).get(event, ())

    async def known(self, codes: Collection[str], as_of: datetime) -> Sequence[KnownEvent]:
        """The organisations' control events, with the entries that stood at the aware instant `as_of`."""
        events = await EventStore(self.session).of_organisations(codes, EventKind.CONTROL)
        query = (
            select(ControlEntryRow)
            .join(ControlEventRow, ControlEventRow.id == ControlEntryRow.event)
            .where(
                ControlEventRow.organisation.in_(codes),
                ControlEntryRow.made_at <= as_of,
                or_(ControlEntryRow.removed_at.is_(None), ControlEntryRow.removed_at > as_of),
            )
            .order_by(ControlEntryRow.id)
        )
        entries = await self._grouped(query)
        return [KnownEvent(event=one, entries=entries.get(one.number, ())) for one in events]

    async def change(self, number: int, **values: Any) -> None:
        await self.session.execute(
            update(ControlEntryRow).where(ControlEntryRow.id == number).values(**values)
        )

    async def details(self, event: int) -> ControlDetails:
        row = await self.session.get(ControlDetailsRow, event, populate_existing=True)
        return ControlDetails() if row is None else _details(row)

    async def details_of(self, events: Collection[int]) -> dict[int, ControlDetails]:
        rows = await self.session.scalars(
            select(ControlDetailsRow).where(ControlDetailsRow.event.in_(events))
        )
        return {row.event: _details(row) for row in rows}

    async def put_details(self, event: int, details: ControlDetails, by: int, at: datetime) -> None:
        values = {
            "ground": details.ground and details.ground.value,
            "complaint": details.complaint,
            "questions": details.questions,
            "executors": details.executors,
            "made_by": by,
            "made_at": at,
        }
        insert = insert_into(self.session, ControlDetailsRow).values(event=event, **values)
        await self.session.execute(
            insert.on_conflict_do_update(index_elements=[ControlDetailsRow.event], set_=values)
        )

    async def recorded_since(self, organisation: str) -> date | None:
        """The first day of the quarter from which the body's rows are counted from its events."""
        row = await self.session.get(ControlRecordingRow, organisation, populate_existing=True)
        return None if row is None else row.since

    async def record_since(self, organisation: str, since: date | None, by: int, at: datetime) -> None:
        """None: they are filled by hand again."""
        row = await self.session.get(ControlRecordingRow, organisation)
        if row is not None:
            await self.session.delete(row)
            await self.session.flush()
        if since is not None:
            self.session.add(
                ControlRecordingRow(organisation=organisation, since=since, set_by=by, set_at=at)
            )
            await self.session.flush()

    async def _grouped(self, query: Any) -> dict[int, tuple[ControlEntry, ...]]:
        found: defaultdict[int, list[ControlEntry]] = defaultdict(list)
        for row in await self.session.scalars(query.execution_options(populate_existing=True)):
            found[row.event].append(_entry(row))
        return {event: tuple(entries) for event, entries in found.items()}


def _entry(row: ControlEntryRow) -> ControlEntry:
    return ControlEntry(
        number=row.id, event=row.event, kind=EntryKind(row.kind), code=row.code, who=row.who, count=row.count,
        people=row.people, day=row.day, until=row.until, text=row.text, done_on=row.done_on,
        why_not=row.why_not,
    )  # fmt: skip


def _details(row: ControlDetailsRow) -> ControlDetails:
    return ControlDetails(
        ground=None if row.ground is None else ControlGround(row.ground),
        complaint=row.complaint,
        questions=row.questions,
        executors=row.executors,
    )
