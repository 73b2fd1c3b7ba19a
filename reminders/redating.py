"""Re-date open filings and reschedule their reminders after a calendar change.

A moved date is a new version, with reminders from the start; an unchanged date keeps its reminder history.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, insert, literal, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from deadlines.calendar import WorkCalendar
from kernel.period import Period
from registry_data.obligations import ObligationRecord
from reminders.chain import steps
from reminders.correcting import correction_dates
from reminders.event_store import EventStore
from reminders.filing import Filing
from reminders.plan import DueDates, due_dates
from reminders.schedule import next_reminder
from reminders.store import FilingAuditEntry, FilingStore, filing_of
from reminders.tables import IS_OPEN, FilingAuditRow, FilingRow

RedatingStep = Callable[
    [AsyncSession, Mapping[str, ObligationRecord], WorkCalendar, datetime], Awaitable[None]
]
_DATES = [one.name for one in fields(DueDates)]
_OF_PERIODS = (IS_OPEN, FilingRow.event_id.is_(None), FilingRow.corrects_id.is_(None))


async def date_periods(
    session: AsyncSession, obligations: Mapping[str, ObligationRecord], calendar: WorkCalendar, now: datetime
) -> None:
    """Set-based: few obligations and periods, however many organisations."""
    key = (FilingRow.obligation, FilingRow.occasion)
    known = [getattr(FilingRow, name) for name in _DATES]
    found = (await session.execute(select(*key, *known).where(*_OF_PERIODS).distinct())).all()
    for row in found:
        record = obligations.get(row.obligation)
        if record is None:
            continue  # no longer an obligation: it keeps its dates
        before = DueDates(**{name: getattr(row, name) for name in _DATES})
        same = [*_OF_PERIODS, key[0] == row.obligation, key[1] == row.occasion]
        same += [getattr(FilingRow, name) == getattr(row, name) for name in _DATES]
        dates = due_dates(record, Period.of_code(row.occasion), calendar)
        if _has_moved(before, dates):
            await _move(session, same, before, dates, calendar, now)
        else:
            await _reschedule(session, same, dates, calendar)


async def date_corrections(
    session: AsyncSession, obligations: Mapping[str, ObligationRecord], calendar: WorkCalendar, now: datetime
) -> None:
    corrections = select(FilingRow).where(IS_OPEN, FilingRow.corrects_id.is_not(None))
    for row in (await session.scalars(corrections)).all():
        corrected = await session.get_one(FilingRow, row.corrects_id)
        if record := obligations.get(row.obligation):
            dates = correction_dates(record, filing_of(corrected), calendar)
            await redate(session, filing_of(row), dates, calendar, now)


async def date_events(
    session: AsyncSession, _: Mapping[str, ObligationRecord], calendar: WorkCalendar, now: datetime
) -> None:
    filings = FilingStore(session)
    for event in await EventStore(session).open():
        known = {one.obligation_and_occasion: one for one in await filings.of_event(event.number)}
        for step in steps(event, calendar):
            filing = known.get((step.code, step.occasion))
            if filing is not None and filing.is_open and step.dates is not None:
                await redate(session, filing, step.dates, calendar, now)


async def redate(
    session: AsyncSession, filing: Filing, dates: DueDates, calendar: WorkCalendar, now: datetime
) -> None:
    """Give one open filing other dates; a moved one is reminded of from the start."""
    moved = _has_moved(filing.dates, dates)
    told_at = None if moved else filing.told_at
    values: dict[str, Any] = {name: getattr(dates, name) for name in _DATES}
    values |= {"told_at": told_at, "remind_at": next_reminder(dates, calendar, told_at)}
    values |= {"version": filing.version + moved}
    store = FilingStore(session)
    await store.change(filing.number, **values)
    if moved:
        data = {"from": filing.dates.lead_on.isoformat(), "to": dates.lead_on.isoformat()}
        await store.write_down(filing.number, FilingAuditEntry(what="moved", by=None, at=now, data=data))


def _has_moved(before: DueDates, dates: DueDates) -> bool:
    return (before.lead_on, before.late_after) != (dates.lead_on, dates.late_after)


async def _move(  # noqa: PLR0913, PLR0917  what moves, from where, to where, by which calendar, and when
    session: AsyncSession,
    same: Sequence[ColumnElement[bool]],
    before: DueDates,
    dates: DueDates,
    calendar: WorkCalendar,
    now: datetime,
) -> None:
    data = {"from": before.lead_on.isoformat(), "to": dates.lead_on.isoformat()}
    line = select(
        FilingRow.id,
        literal("moved"),
        literal(now, FilingAuditRow.at.type),
        literal(data, FilingAuditRow.data.type),
    ).where(*same)
    await session.execute(insert(FilingAuditRow).from_select(["filing", "what", "at", "data"], line))
    values: dict[str, Any] = {name: getattr(dates, name) for name in _DATES}
    values |= {"told_at": None, "version": FilingRow.version + 1}
    await _update(session, same, values, next_reminder(dates, calendar, None))


async def _reschedule(
    session: AsyncSession, same: Sequence[ColumnElement[bool]], dates: DueDates, calendar: WorkCalendar
) -> None:
    """The date stays, but the edited calendar may change the number of working days before it."""
    values: dict[str, Any] = {name: getattr(dates, name) for name in _DATES}
    moments = (await session.scalars(select(FilingRow.told_at).where(*same).distinct())).all()
    for told_at in moments:
        here = FilingRow.told_at.is_(None) if told_at is None else FilingRow.told_at == told_at
        await _update(session, (*same, here), values, next_reminder(dates, calendar, told_at))


async def _update(
    session: AsyncSession,
    same: Sequence[ColumnElement[bool]],
    values: dict[str, Any],
    remind_at: datetime,
) -> None:
    """Filings without a next reminder stay without one."""
    asleep = (FilingRow.remind_at.is_(None), null())
    awake = literal(remind_at, FilingRow.remind_at.type)
    changed = update(FilingRow).where(*same).values(**values, remind_at=case(asleep, else_=awake))
    await session.execute(changed, execution_options={"synchronize_session": False})
