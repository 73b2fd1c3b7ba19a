"""While reminders are off the tick tells of no filing and no event; afterwards each is told once."""

from datetime import date

import pytest
from sqlalchemy import func, select

from accounts.switches.switch import SwitchedJob
from database.engine import Database
from deadlines.calendar import WorkCalendar
from messaging.outbox.tables import IS_OPEN, OutboxRow
from reminders.actions import Snooze, Submit
from reminders.filing import Document
from tests.reminders.conftest import a_town, calendar
from tests.reminders.office import MINISTRY, Town, at
from tests.reminders.test_telling import OFFICER, Q3, about
from tests.switches.turning import turn

__all__ = ["calendar"]

REMINDERS = SwitchedJob.REMINDERS


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """On SQLite alone: what is tested here is no SQL."""
    return sqlite_database


@pytest.fixture
async def office(database: Database, calendar: WorkCalendar) -> Town:
    """An officer of the ministry who has been told of everything up to 7 September 2026."""
    town = await a_town(database, calendar)
    await town.seat(OFFICER, MINISTRY)
    await town.tick("2026-09-07 09:00")
    await send_all(town)
    return town


async def switch(office: Town, *, off: bool) -> None:
    await turn(office.database, office.clock, REMINDERS, off=off)


async def send_all(office: Town) -> None:
    """What stands in the outbox is sent."""
    async with office.database.unit_of_work() as unit:
        for row in await unit.session.scalars(select(OutboxRow).where(IS_OPEN)):
            row.sent_at = office.clock.now()
        await unit.commit()


async def waiting(office: Town) -> int:
    async with office.database.session() as session:
        return await session.scalar(select(func.count()).select_from(OutboxRow).where(IS_OPEN)) or 0


async def test_what_comes_due_while_they_are_off_is_told_once_when_they_are_on_again(office: Town):
    await switch(office, off=True)
    for day in ("2026-09-25", "2026-10-02", "2026-10-06", "2026-10-08", "2026-10-12"):  # five rungs
        assert await office.tick(f"{day} 09:00") == []
    await switch(office, off=False)
    told = await office.tick("2026-10-12 09:01")
    assert [one.to for one in told] == [OFFICER]  # one message, however much there is in it
    assert [line for _, line in about(told)] == [f"{MINISTRY} {Q3} v1 late 0 1 own"]  # as it stands today
    assert await office.tick("2026-10-12 09:02") == []
    assert len(about(await office.tick("2026-10-13 09:00"))) == 1  # and the ladder goes on


async def test_turned_on_at_night_they_wait_for_the_officials_hours(office: Town):
    await switch(office, off=True)
    assert await office.tick("2026-10-09 12:00") == []
    await switch(office, off=False)
    assert await office.tick("2026-10-10 23:00") == []
    assert len(await office.tick("2026-10-12 09:00")) == 1


async def test_a_filing_that_is_done_meanwhile_is_not_told_of(office: Town):
    await switch(office, off=True)
    assert await office.tick("2026-10-09 09:00") == []
    filing = await office.filing(MINISTRY, "form.1-mq", "2026Q3")
    document = Document(number="12-3/45")
    await office.do(lambda desk: Submit(desk)(OFFICER, filing.number, date(2026, 10, 9), document))
    await switch(office, off=False)
    (told,) = await office.tick("2026-10-09 09:05")
    assert [line.split()[1:3] for line in told.lines] == [["monitoring.internal", "2026Q3"]]


async def test_filings_are_made_while_reminders_are_off(office: Town):
    """The calendar stays whole: only the telling stops."""
    before = len(await office.filings(MINISTRY))
    await switch(office, off=True)
    assert await office.tick("2027-01-11 10:00") == []
    assert len(await office.filings(MINISTRY)) > before


async def test_a_reminder_put_off_to_a_day_when_they_are_off_comes_afterwards(office: Town):
    await office.tick("2026-09-25 09:00")
    filing = await office.filing(MINISTRY, "form.1-mq", "2026Q3")
    async with office.desk() as desk:
        await Snooze(desk)(OFFICER, filing.number, 1)
    await switch(office, off=True)
    assert await office.tick("2026-09-28 10:00") == []
    await switch(office, off=False)
    assert about(await office.tick("2026-09-29 10:00")) == [(OFFICER, f"{MINISTRY} {Q3} v1 due 8 0 own")]
    assert await office.tick("2026-09-29 10:01") == []


async def test_letters_that_wait_to_be_sent_stop_and_are_told_anew(office: Town):
    told = await office.tick("2026-09-25 09:00")
    assert about(told)
    assert await waiting(office) == 1  # Telegram has not taken it yet
    await switch(office, off=True)
    assert await waiting(office) == 0
    assert await office.tick("2026-09-25 09:01") == []
    await switch(office, off=False)
    assert about(await office.tick("2026-09-28 10:00")) == [(OFFICER, f"{MINISTRY} {Q3} v1 due 9 0 own")]
    assert await waiting(office) == 1
    assert await office.tick("2026-09-28 10:01") == []


async def test_a_reminder_put_off_whose_letter_waits_is_told_anew_too(office: Town):
    await office.tick("2026-09-25 09:00")
    await send_all(office)
    filing = await office.filing(MINISTRY, "form.1-mq", "2026Q3")
    async with office.desk() as desk:
        await Snooze(desk)(OFFICER, filing.number, 1)
    assert about(await office.tick("2026-09-28 09:00"))
    await switch(office, off=True)
    assert await waiting(office) == 0
    await switch(office, off=False)
    assert about(await office.tick("2026-09-29 10:00")) == [(OFFICER, f"{MINISTRY} {Q3} v1 due 8 0 own")]
    assert await office.tick("2026-09-29 10:01") == []


async def test_what_was_sent_before_is_not_told_again(office: Town):
    assert about(await office.tick("2026-09-25 09:00"))
    await send_all(office)
    await switch(office, off=True)
    await switch(office, off=False)
    assert await office.tick("2026-09-25 09:05") == []


async def test_another_process_that_was_about_to_tell_sees_the_switch(office: Town):
    other = office.new_chore()
    async with office.database.session() as session:
        calendar = await other.calendar.current(session)
    await switch(office, off=True)
    assert await other._tell(at("2026-10-09 09:00"), calendar) == 0
    assert await waiting(office) == 0
