"""While reminders are off the tick notifies of nothing; afterwards each due event is notified once."""

from datetime import date

import pytest
from sqlalchemy import func, select

from accounts.switches.switch import SwitchedJob
from database.engine import Database
from deadlines.calendar import WorkCalendar
from messaging.outbox.tables import IS_OPEN, OutboxRow
from reminders.actions import SnoozeReminder, SubmitFiling
from reminders.filing import SubmittedDocument
from tests.reminders.conftest import calendar, make_scenario
from tests.reminders.scenario import MINISTRY, ReminderScenario, at
from tests.reminders.test_notifier import OFFICER, Q3, about
from tests.switches.switching import turn

__all__ = ["calendar"]

REMINDERS = SwitchedJob.REMINDERS


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """SQLite only: no SQL is under test here."""
    return sqlite_database


@pytest.fixture
async def scenario(database: Database, calendar: WorkCalendar) -> ReminderScenario:
    """An officer of the ministry, notified of everything up to 7 September 2026."""
    scenario = await make_scenario(database, calendar)
    await scenario.add_membership(OFFICER, MINISTRY)
    await scenario.tick("2026-09-07 09:00")
    await send_all(scenario)
    return scenario


async def switch(scenario: ReminderScenario, *, off: bool) -> None:
    await turn(scenario.database, scenario.clock, REMINDERS, off=off)


async def send_all(scenario: ReminderScenario) -> None:
    """Mark everything in the outbox as sent."""
    async with scenario.database.unit_of_work() as unit:
        for row in await unit.session.scalars(select(OutboxRow).where(IS_OPEN)):
            row.sent_at = scenario.clock.now()
        await unit.commit()


async def waiting(scenario: ReminderScenario) -> int:
    async with scenario.database.session() as session:
        return await session.scalar(select(func.count()).select_from(OutboxRow).where(IS_OPEN)) or 0


async def test_due_filings_are_notified_once_after_switching_on(scenario: ReminderScenario):
    await switch(scenario, off=True)
    for day in ("2026-09-25", "2026-10-02", "2026-10-06", "2026-10-08", "2026-10-12"):  # five steps
        assert await scenario.tick(f"{day} 09:00") == []
    await switch(scenario, off=False)
    notices = await scenario.tick("2026-10-12 09:01")
    assert [one.to for one in notices] == [OFFICER]  # one message for all filings
    assert [line for _, line in about(notices)] == [f"{MINISTRY} {Q3} v1 late 0 1 own"]  # in today's state
    assert await scenario.tick("2026-10-12 09:02") == []
    assert len(about(await scenario.tick("2026-10-13 09:00"))) == 1  # and the schedule continues


async def test_reminders_switched_on_at_night_wait_for_hours(scenario: ReminderScenario):
    await switch(scenario, off=True)
    assert await scenario.tick("2026-10-09 12:00") == []
    await switch(scenario, off=False)
    assert await scenario.tick("2026-10-10 23:00") == []
    assert len(await scenario.tick("2026-10-12 09:00")) == 1


async def test_filing_submitted_meanwhile_is_not_notified(scenario: ReminderScenario):
    await switch(scenario, off=True)
    assert await scenario.tick("2026-10-09 09:00") == []
    filing = await scenario.filing(MINISTRY, "form.1-mq", "2026Q3")
    document = SubmittedDocument(number="12-3/45")
    await scenario.do(
        lambda context: SubmitFiling(context)(OFFICER, filing.number, date(2026, 10, 9), document)
    )
    await switch(scenario, off=False)
    (notice,) = await scenario.tick("2026-10-09 09:05")
    assert [line.split()[1:3] for line in notice.lines] == [["monitoring.internal", "2026Q3"]]


async def test_filings_are_created_while_reminders_are_off(scenario: ReminderScenario):
    """The calendar stays complete: only notices stop."""
    before = len(await scenario.filings(MINISTRY))
    await switch(scenario, off=True)
    assert await scenario.tick("2027-01-11 10:00") == []
    assert len(await scenario.filings(MINISTRY)) > before


async def test_snooze_ending_while_off_is_sent_afterwards(scenario: ReminderScenario):
    await scenario.tick("2026-09-25 09:00")
    filing = await scenario.filing(MINISTRY, "form.1-mq", "2026Q3")
    async with scenario.context() as context:
        await SnoozeReminder(context)(OFFICER, filing.number, 1)
    await switch(scenario, off=True)
    assert await scenario.tick("2026-09-28 10:00") == []
    await switch(scenario, off=False)
    assert about(await scenario.tick("2026-09-29 10:00")) == [(OFFICER, f"{MINISTRY} {Q3} v1 due 8 0 own")]
    assert await scenario.tick("2026-09-29 10:01") == []


async def test_pending_messages_are_dropped_and_notified_again(scenario: ReminderScenario):
    notices = await scenario.tick("2026-09-25 09:00")
    assert about(notices)
    assert await waiting(scenario) == 1  # Telegram has not taken it yet
    await switch(scenario, off=True)
    assert await waiting(scenario) == 0
    assert await scenario.tick("2026-09-25 09:01") == []
    await switch(scenario, off=False)
    assert about(await scenario.tick("2026-09-28 10:00")) == [(OFFICER, f"{MINISTRY} {Q3} v1 due 9 0 own")]
    assert await waiting(scenario) == 1
    assert await scenario.tick("2026-09-28 10:01") == []


async def test_pending_snoozed_reminder_is_notified_again(scenario: ReminderScenario):
    await scenario.tick("2026-09-25 09:00")
    await send_all(scenario)
    filing = await scenario.filing(MINISTRY, "form.1-mq", "2026Q3")
    async with scenario.context() as context:
        await SnoozeReminder(context)(OFFICER, filing.number, 1)
    assert about(await scenario.tick("2026-09-28 09:00"))
    await switch(scenario, off=True)
    assert await waiting(scenario) == 0
    await switch(scenario, off=False)
    assert about(await scenario.tick("2026-09-29 10:00")) == [(OFFICER, f"{MINISTRY} {Q3} v1 due 8 0 own")]
    assert await scenario.tick("2026-09-29 10:01") == []


async def test_sent_reminder_is_not_repeated(scenario: ReminderScenario):
    assert about(await scenario.tick("2026-09-25 09:00"))
    await send_all(scenario)
    await switch(scenario, off=True)
    await switch(scenario, off=False)
    assert await scenario.tick("2026-09-25 09:05") == []


async def test_process_about_to_notify_sees_the_switch(scenario: ReminderScenario):
    other = scenario.new_batch_job()
    async with scenario.database.session() as session:
        calendar = await other.calendar.current(session)
    await switch(scenario, off=True)
    assert await other._remind(at("2026-10-09 09:00"), calendar) == 0
    assert await waiting(scenario) == 0
