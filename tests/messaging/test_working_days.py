"""Working days, from the calendar in the database."""

from datetime import date

from database.engine import Database
from deadlines.actions import LoadCalendar
from deadlines.calendar import DayKind, SpecialDay, WorkCalendar
from deadlines.store import LiveCalendar
from kernel.clock import FixedClock
from messaging.outbox.hours import WorkingDays

NAURYZ = date(2026, 3, 23)  # a Monday


async def is_worked(database: Database, clock: FixedClock, day: date) -> bool:
    async with database.session() as session:
        is_working = await WorkingDays(LiveCalendar(clock))(session)
    return is_working(day)


async def test_working_day_follows_the_calendar_else_the_weekday(database: Database, clock: FixedClock):
    assert await is_worked(database, clock, NAURYZ)
    calendar = WorkCalendar(
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        published_until=date(2026, 12, 31),
        special={NAURYZ: SpecialDay(day=NAURYZ, kind=DayKind.HOLIDAY)},
    )
    load = LoadCalendar(unit_of_work=database.unit_of_work)
    await load(calendar, checked=date(2026, 1, 1), at=clock.now())
    assert not await is_worked(database, clock, NAURYZ)
