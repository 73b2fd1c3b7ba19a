"""Control events in the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from reminders.chain import ControlEvent, EventFact, EventKind
from reminders.tables import ControlEventRow

_MEASURES = "measures"


@dataclass(frozen=True, slots=True)
class EventStore:
    session: AsyncSession

    async def add(self, event: ControlEvent, by: int, at: datetime) -> int:
        """Write a new event and return its id, ignoring the one it carries."""
        row = ControlEventRow(
            organisation=event.organisation,
            kind=event.kind.value,
            object=event.object,
            planned=event.planned,
            facts=_facts(event),
            made_by=by,
            made_at=at,
        )
        self.session.add(row)
        await self.session.flush()
        return row.id

    async def get(self, number: int, *, lock: bool = False) -> ControlEvent | None:
        query = select(ControlEventRow).where(ControlEventRow.id == number)
        found = await self._read(query.with_for_update() if lock else query)
        return found[0] if found else None

    async def of_organisations(self, codes: Collection[str], kind: EventKind) -> list[ControlEvent]:
        """Events of one kind, open and closed."""
        query = select(ControlEventRow).where(
            ControlEventRow.organisation.in_(codes), ControlEventRow.kind == kind.value
        )
        return await self._read(query.order_by(ControlEventRow.id))

    async def open(self) -> list[ControlEvent]:
        """All events that are not closed."""
        return await self._read(select(ControlEventRow).where(ControlEventRow.closed_at.is_(None)))

    async def of_organisation(self, code: str) -> list[ControlEvent]:
        """Newest first."""
        query = select(ControlEventRow).where(ControlEventRow.organisation == code)
        return await self._read(query.order_by(ControlEventRow.id.desc()).limit(50))

    async def keep_facts(self, event: ControlEvent) -> None:
        known = update(ControlEventRow).where(ControlEventRow.id == event.number)
        await self.session.execute(known.values(facts=_facts(event)))

    async def close(self, number: int, at: datetime) -> None:
        known = update(ControlEventRow).where(ControlEventRow.id == number)
        await self.session.execute(known.values(closed_at=at))

    async def _read(self, query: Select[Any]) -> list[ControlEvent]:
        rows = await self.session.scalars(query.execution_options(populate_existing=True))
        return [_event(row) for row in rows]


def _facts(event: ControlEvent) -> dict[str, Any]:
    known: dict[str, Any] = {fact.value: day.isoformat() for fact, day in event.facts.items()}
    return known | {_MEASURES: [day.isoformat() for day in event.measures]}


def _event(row: ControlEventRow) -> ControlEvent:
    return ControlEvent(
        number=row.id,
        organisation=row.organisation,
        kind=EventKind(row.kind),
        object=row.object,
        planned=row.planned,
        facts={fact: date.fromisoformat(row.facts[fact]) for fact in EventFact if fact in row.facts},
        measures=tuple(date.fromisoformat(day) for day in row.facts.get(_MEASURES, ())),
        is_closed=row.closed_at is not None,
    )
