"""Reads what one official was reminded of, as it stands now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.guard import organisations_told
from deadlines.calendar import WorkCalendar
from kernel.clock import ALMATY, almaty_date
from reminders.digest import DigestLine, digests, recipients_of
from reminders.filing import Filing
from reminders.staff import staff_of
from reminders.store import filing_of
from reminders.tables import WAITS, FilingRow, SnoozeRow


def reminded_at(moments: Collection[datetime]) -> ColumnElement[bool]:
    """Filings whose last reminder was written at one of these instants."""
    return FilingRow.told_at.in_(moments)


def reminded_since(day: date) -> ColumnElement[bool]:
    """Filings of which somebody was reminded on this day (in Asia/Almaty) or later."""
    return FilingRow.told_at >= datetime.combine(day, time(), ALMATY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderReader:
    """One look at the state at `now` (aware)."""

    session: AsyncSession
    now: datetime
    calendar: WorkCalendar

    async def lines(self, person: int, which: ColumnElement[bool]) -> tuple[DigestLine, ...]:
        """The open filings that match `which` and are the person's to know of today, by date."""
        codes = await organisations_told(self.session, person)
        query = select(FilingRow).where(WAITS, FilingRow.organisation.in_(codes), which)
        filings = [filing_of(row) for row in await self.session.scalars(query)]
        if not filings:
            return ()
        told = await self._told(person, filings)
        found = digests(filings, told, almaty_date(self.now), self.calendar)
        return found[0].lines if found else ()

    async def _told(self, person: int, filings: Collection[Filing]) -> dict[int, dict[int, bool]]:
        """By filing: whether it is the person's own work; without those that are not theirs, or snoozed."""
        today = almaty_date(self.now)
        late = {one.number: self.calendar.working_between(one.dates.late_after, today) for one in filings}
        far = {one.organisation for one in filings if late[one.number] > 0}
        staff = await staff_of(self.session, {one.organisation for one in filings}, today, far)
        snoozed = await self._snoozed(person)
        found: dict[int, dict[int, bool]] = {}
        for one in filings:
            if one.organisation in staff and (one.number, one.version) not in snoozed:
                recipients = recipients_of(staff[one.organisation], late[one.number])
                if person in recipients:
                    found[one.number] = {person: recipients[person]}
        return found

    async def _snoozed(self, person: int) -> set[tuple[int, int]]:
        query = select(SnoozeRow.filing, SnoozeRow.version)
        later = (SnoozeRow.person == person, SnoozeRow.until > self.now)
        return {(row.filing, row.version) for row in await self.session.execute(query.where(*later))}
