"""Re-dating open complaints after the calendar was edited, on PostgreSQL.

python -m bench.redating [--cases 100000] [--postgres URL]; exit status 1 where it takes more than 8 seconds.
The rival is the same done one complaint at a time, measured on a sample and scaled up.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from sqlalchemy import insert, select, text, update

from bench.servers import postgres, ready
from complaints.lifecycle import LifecycleStep
from complaints.redating import CalendarDates, DateInputs, FindRedatings, Redate, dates
from complaints.tables import AuditLogRow, ComplaintRow
from complaints.terms import Rule, is_after_hours
from database.engine import Database
from deadlines.calendar import DayKind, SpecialDay, WorkCalendar
from deadlines.national import national_calendar
from deadlines.store import CalendarStore
from kernel.clock import FixedClock, almaty_date
from notifications.deadline_data import calendar_facts
from registry_data.days_off import load_days_off
from tests.complaints.factories import made

LIMIT_S = 8.0
CHUNK = 5_000  # rows of one insert
PART = 2_000  # complaints that the rival does
NOW = datetime(2026, 9, 10, 6, tzinfo=UTC)
OFF = date(2026, 9, 14)  # a Monday that becomes a day off: it lies in the term of every complaint made here


def _own_calendar() -> WorkCalendar:
    return national_calendar(calendar_facts(load_days_off()))


def _edited(calendar: WorkCalendar, day: date) -> WorkCalendar:
    special = {**calendar.special, day: SpecialDay(day=day, kind=DayKind.MOVED_OFF)}
    return replace(calendar, special=dict(sorted(special.items())))


async def _fill(database: Database, cases: int) -> None:
    """Open complaints of the last four working days, at every hour, some extended."""
    calendar = _own_calendar()
    reckon = cache(lambda key: dates(key, calendar))
    async with database.unit_of_work() as unit:
        store = CalendarStore(unit.session)
        await store.lock()
        await store.replace(calendar, 1, NOW.date(), NOW)
        for start in range(0, cases, CHUNK):
            rows = [_row(reckon, serial) for serial in range(start + 1, min(start + CHUNK, cases) + 1)]
            await unit.session.execute(insert(ComplaintRow), rows)
        await unit.commit()


def _row(reckon: Callable[[DateInputs], CalendarDates], serial: int) -> dict[str, object]:
    came = NOW - timedelta(days=serial % 4, minutes=serial % 700)
    rule = Rule.AUTHORITY if serial % 5 == 0 else Rule.PROVIDER
    extended_by = serial % 3 * 5
    day, after_hours = almaty_date(came), is_after_hours(came)
    computed = reckon(
        DateInputs(rule=rule.value, came_on=day, after_hours=after_hours, extended_by=extended_by)
    )
    return made(
        serial,
        computed.registered_on,
        rule=rule.value,
        registered_at=came,
        came_on=day,
        after_hours=after_hours,
        due_on=computed.due_on,
        late_after=computed.late_after,
        certainty=computed.certainty,
        extended_by=extended_by,
        organisation=f"organisation-{serial % 160}",
        text_cipher="x" * 600,
    )


async def _edit(database: Database, day: date, version: int) -> None:
    async with database.unit_of_work() as unit:
        store = CalendarStore(unit.session)
        await store.lock()
        await store.replace(_edited(await store.read(), day), version, NOW.date(), NOW)
        await unit.commit()


async def _one_by_one(database: Database) -> float:
    """Seconds a complaint, each with a statement of its own for its date and for its trail."""
    async with database.unit_of_work() as unit:
        found = (await FindRedatings(session=unit.session)())[:PART]
        started = time.perf_counter()
        for one in found:
            after = one.after
            changed = update(ComplaintRow).where(ComplaintRow.id == one.id, ComplaintRow.closed_at.is_(None))
            await unit.session.execute(
                changed.values(due_on=after.due_on, late_after=after.late_after, certainty=after.certainty)
            )
            row = AuditLogRow(
                complaint=one.id,
                at=NOW,
                role="system",
                step=LifecycleStep.REDATE.value,
                state="registered",
                what={},
            )
            unit.session.add(row)
            await unit.session.flush()
        return (time.perf_counter() - started) / len(found)


async def measure(url: str, cases: int) -> dict[str, object]:
    async with ready(url) as database:
        await _fill(database, cases)
        async with database.engine.connect() as connection:
            await connection.execute(text("ANALYZE complaints"))
        await _edit(database, OFF, 2)
        async with database.session() as session:
            started = time.perf_counter()
            would = len(await FindRedatings(session=session)())
            dry_s = time.perf_counter() - started
        rival_s = await _one_by_one(database) * cases
        started = time.perf_counter()
        changed = await Redate(unit_of_work=database.unit_of_work, clock=FixedClock(NOW))()
        took_s = time.perf_counter() - started
        async with database.session() as session:
            trail = len((await session.scalars(select(AuditLogRow.id))).all())
    return {
        "cases": cases,
        "changed": changed.complaints,
        "in the trail": trail,
        "dry run changed": would,
        "dry run s": round(dry_s, 2),
        "s": round(took_s, 2),
        "limit s": LIMIT_S,
        "of the limit": round(took_s / LIMIT_S, 2),
        "one by one s": round(rival_s, 1),
        "times faster": round(rival_s / took_s, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--postgres", help="an empty database, in place of one of the bench's own")
    given = parser.parse_args()
    with nullcontext(given.postgres) if given.postgres else postgres() as url:
        figures = asyncio.run(measure(url, given.cases))
    print(json.dumps(figures))
    return 0 if figures["changed"] == given.cases and figures["of the limit"] <= 1 else 1  # type: ignore[operator]


if __name__ == "__main__":
    raise SystemExit(main())
