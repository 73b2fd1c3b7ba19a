"""Filings, their history and snoozes in the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import insert_into
from reminders.filing import Filing, SubmittedDocument
from reminders.plan import DueDates
from reminders.schedule import ReminderSchedule
from reminders.tables import (
    IS_OPEN,
    OPEN,
    WAIVED,
    FilingAuditRow,
    FilingRow,
    ObligationSwitchRow,
    ReminderScheduleRow,
    SnoozeRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingAuditEntry:
    """One line of a filing's history; `by` is None for the bot itself."""

    what: str
    by: int | None
    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFiling:
    """A filing of one organisation alone: a step of a control event, or a correction."""

    organisation: str
    obligation: str
    occasion: str
    dates: DueDates
    remind_at: datetime
    event: int | None = None
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class FilingStore:
    session: AsyncSession

    async def get(self, number: int, *, lock: bool = False) -> Filing | None:
        """The filing; `lock` holds it until this transaction ends."""
        query = select(FilingRow).where(FilingRow.id == number)
        found = await self._read(query.with_for_update() if lock else query)
        return found[0] if found else None

    async def of_organisations(self, codes: Iterable[str], first: date, last: date) -> list[Filing]:
        """What these organisations owe between two days, both inclusive, in date order."""
        query = select(FilingRow).where(
            FilingRow.organisation.in_(list(codes)), FilingRow.named_on.between(first, last)
        )
        return await self._read(query.order_by(FilingRow.named_on, FilingRow.id))

    async def late(self, codes: Iterable[str], today: date) -> list[Filing]:
        """What these organisations are late with, oldest first."""
        query = select(FilingRow).where(
            FilingRow.organisation.in_(list(codes)), IS_OPEN, FilingRow.late_after < today
        )
        return await self._read(query.order_by(FilingRow.named_on, FilingRow.id))

    async def of_event(self, event: int) -> list[Filing]:
        query = select(FilingRow).where(FilingRow.event_id == event)
        return await self._read(query.order_by(FilingRow.named_on, FilingRow.id))

    async def find(self, organisation: str, obligation: str, occasion: str) -> Filing | None:
        query = select(FilingRow).where(
            FilingRow.obligation == obligation,
            FilingRow.occasion == occasion,
            FilingRow.organisation == organisation,
        )
        found = await self._read(query)
        return found[0] if found else None

    async def add(self, one: NewFiling) -> int | None:
        """Insert it and return its id, or None if it exists already."""
        dates = one.dates
        made = insert_into(self.session, FilingRow).values(
            organisation=one.organisation,
            obligation=one.obligation,
            occasion=one.occasion,
            named_on=dates.named_on,
            lead_on=dates.lead_on,
            late_after=dates.late_after,
            expected=dates.expected,
            version=1,
            state=OPEN,
            remind_at=one.remind_at,
            event_id=one.event,
            corrects_id=one.corrects,
        )
        number: int | None = await self.session.scalar(made.on_conflict_do_nothing().returning(FilingRow.id))
        return number

    async def change(self, filing: int, /, **values: Any) -> None:
        await self.session.execute(update(FilingRow).where(FilingRow.id == filing).values(**values))

    async def remove(self, number: int) -> None:
        """Delete a filing that is not owed after all, with its history; only steps of control events are."""
        for row in (SnoozeRow, FilingAuditRow):
            await self.session.execute(delete(row).where(row.filing == number))
        await self.session.execute(delete(FilingRow).where(FilingRow.id == number))

    async def snooze(self, filing: Filing, person: int, until: datetime) -> None:
        values = {"filing": filing.number, "person": person, "version": filing.version, "until": until}
        made = insert_into(self.session, SnoozeRow).values(values)
        await self.session.execute(
            made.on_conflict_do_update(
                index_elements=["filing", "person"], set_={"version": filing.version, "until": until}
            )
        )

    async def write_down(self, filing: int, one: FilingAuditEntry) -> None:
        values = {"filing": filing, "what": one.what, "by": one.by, "at": one.at, "data": dict(one.data)}
        await self.session.execute(insert(FilingAuditRow).values(values))

    async def history(self, filing: int) -> list[FilingAuditEntry]:
        query = select(FilingAuditRow).where(FilingAuditRow.filing == filing).order_by(FilingAuditRow.id)
        return [
            FilingAuditEntry(what=row.what, by=row.by, at=row.at, data=row.data)
            for row in await self.session.scalars(query)
        ]

    async def _read(self, query: Select[Any]) -> list[Filing]:
        rows = await self.session.scalars(query.execution_options(populate_existing=True))
        return [filing_of(row) for row in rows]


@dataclass(frozen=True, slots=True)
class SettingStore:
    """Reminder schedules of organisations, and repealed obligations that are turned on."""

    session: AsyncSession

    async def schedules(self) -> dict[str, ReminderSchedule]:
        rows = await self.session.scalars(select(ReminderScheduleRow))
        return {row.organisation: ReminderSchedule(days=tuple(row.days), at=row.at) for row in rows}

    async def schedule(self, organisation: str) -> ReminderSchedule:
        row = await self.session.get(ReminderScheduleRow, organisation, populate_existing=True)
        return ReminderSchedule() if row is None else ReminderSchedule(days=tuple(row.days), at=row.at)

    async def set_schedule(
        self, organisation: str, schedule: ReminderSchedule, by: int, at: datetime
    ) -> None:
        values = {"days": list(schedule.days), "at": schedule.at, "set_by": by, "set_at": at}
        made = insert_into(self.session, ReminderScheduleRow).values(organisation=organisation, **values)
        await self.session.execute(made.on_conflict_do_update(index_elements=["organisation"], set_=values))

    async def switched(self) -> dict[str, bool]:
        rows = await self.session.execute(select(ObligationSwitchRow.code, ObligationSwitchRow.is_on))
        return {row.code: row.is_on for row in rows}

    async def switch(self, code: str, *, is_on: bool, by: int, at: datetime) -> None:
        values = {"is_on": is_on, "set_by": by, "set_at": at}
        made = insert_into(self.session, ObligationSwitchRow).values(code=code, **values)
        await self.session.execute(made.on_conflict_do_update(index_elements=["code"], set_=values))


def filing_of(row: Any) -> Filing:
    """A filing from its row, or from a statement's row with all of its columns."""
    return Filing(
        number=row.id,
        organisation=row.organisation,
        obligation=row.obligation,
        occasion=row.occasion,
        dates=_dates(row.named_on, row.lead_on, row.late_after, row.expected),
        version=row.version,
        is_open=row.state == OPEN,
        is_waived=row.state == WAIVED,
        told_at=row.told_at,
        event=row.event_id,
        corrects=row.corrects_id,
        submitted_on=row.submitted_on,
        closed_at=row.closed_at,
        document=_document(row),
        waiver_asked_by=row.waiver_asked_by,
        waiver_why=row.waiver_why,
    )


@lru_cache(maxsize=10_000)
def _dates(named_on: date, lead_on: date, late_after: date, expected: bool) -> DueDates:  # noqa: FBT001
    """Cached: thousands of filings are due on one day."""
    return DueDates(named_on=named_on, lead_on=lead_on, late_after=late_after, expected=expected)


def _document(row: Any) -> SubmittedDocument | None:
    if row.number is None and row.file_id is None:
        return None
    return SubmittedDocument(number=row.number, file_id=row.file_id, file_name=row.file_name)


def chunks(values: Sequence[Any], size: int = 5_000) -> Iterable[Sequence[Any]]:
    """The values in chunks that fit one statement's parameters."""
    return (values[start : start + size] for start in range(0, len(values), size))
