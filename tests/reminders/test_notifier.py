"""Reminders: who receives which, when, and only once."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.roles import Role
from database.engine import Database
from deadlines.calendar import DayKind, SpecialDay, WorkCalendar
from kernel.clock import ALMATY
from messaging.outbox.hours import Audience, next_moment
from reminders.actions import SnoozeReminder, SubmitFiling
from reminders.digest import Digest
from reminders.filing import SubmittedDocument
from reminders.notifier import DigestReader
from tests.reminders.scenario import (
    AGENCY,
    DISTRICT,
    MINISTRY,
    POLICE,
    REGION,
    ReminderScenario,
    SentReminder,
    at,
)

OFFICER, HEAD, COORDINATOR, DEPUTY = 11, 12, 13, 14
Q3 = "form.1-mq 2026Q3"


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """SQLite only: these tests are not about SQL."""
    return sqlite_database


def about(reminders: list[SentReminder], what: str = Q3) -> list[tuple[int, str]]:
    return [(one.to, line) for one in reminders for line in one.lines if what in line]


async def run_until_idle(scenario: ReminderScenario, moment: str) -> None:
    """Run the job until nothing is due, so that a test sees only later reminders."""
    await scenario.tick(moment)


async def test_schedule_of_a_quarterly_form(scenario: ReminderScenario):
    """Due on Saturday 10 October 2026: the last working day is Friday the 9th."""
    await scenario.add_membership(OFFICER, MINISTRY)
    await scenario.add_membership(HEAD, MINISTRY, Role.HEAD)
    found = []
    day = date(2026, 9, 7)
    while day <= date(2026, 10, 16):
        for hour in (8, 9, 19):
            moment = datetime(day.year, day.month, day.day, hour, tzinfo=ALMATY)
            scenario.clock.instant = moment
            await scenario.batch_job.run(moment)
            found += [(to, f"{moment:%d.%m %H}", line) for to, line in about(await scenario.new_messages())]
        day += timedelta(days=1)
    line = f"{MINISTRY} {Q3} v1"
    assert found == [
        (OFFICER, "25.09 09", f"{line} due 10 0 own"),
        (OFFICER, "02.10 09", f"{line} due 5 0 own"),
        (OFFICER, "06.10 09", f"{line} due 3 0 own"),
        (OFFICER, "08.10 09", f"{line} due 1 0 own"),
        (OFFICER, "09.10 09", f"{line} last_day 0 0 own"),
        (OFFICER, "12.10 09", f"{line} late 0 1 own"),
        (HEAD, "12.10 09", f"{line} late 0 1 seen"),
        (OFFICER, "13.10 09", f"{line} late 0 2 own"),
        (HEAD, "13.10 09", f"{line} late 0 2 seen"),
        (OFFICER, "14.10 09", f"{line} late 0 3 own"),
        (HEAD, "14.10 09", f"{line} late 0 3 seen"),
        (OFFICER, "15.10 09", f"{line} late 0 4 own"),
        (HEAD, "15.10 09", f"{line} late 0 4 seen"),
        (OFFICER, "16.10 09", f"{line} late 0 5 own"),
        (HEAD, "16.10 09", f"{line} late 0 5 seen"),
    ]


async def test_coordinator_is_notified_from_the_third_overdue_day(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, DISTRICT)
    await scenario.add_membership(COORDINATOR, REGION, Role.COORDINATOR)
    await run_until_idle(scenario, "2026-10-05 10:00")  # 5 October is the due date: the last working day
    what = "form.2-mq.district 2026Q3"
    who = [
        [to for to, _ in about(await scenario.tick(f"2026-10-{day:02} 09:30"), what)] for day in (6, 7, 8, 9)
    ]
    assert who == [[OFFICER], [OFFICER], [OFFICER, COORDINATOR], [OFFICER, COORDINATOR]]


async def test_digest_lists_due_filings_by_date(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    (reminder,) = await scenario.tick("2026-12-25 09:00")
    assert [line.split()[1:3] for line in reminder.lines] == [
        ["control.annual_plan", "2027"],
        ["monitoring.internal", "2026Q4"],
        ["report.discussion", "2026"],
        ["form.1-mq", "2026Q4"],
    ]


@pytest.mark.parametrize("moment", ["2026-10-09 08:59", "2026-10-09 18:30", "2026-10-10 12:00"])
async def test_no_notifications_outside_working_hours(scenario: ReminderScenario, moment: str):
    await scenario.add_membership(OFFICER, MINISTRY)
    assert await scenario.tick(moment) == []


async def test_outage_is_followed_by_one_digest(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    await run_until_idle(scenario, "2026-09-07 09:00")
    reminders = await scenario.tick("2026-10-19 11:00")
    assert [line for _, line in about(reminders)] == [f"{MINISTRY} {Q3} v1 late 0 6 own"]
    assert len(reminders) == 1
    assert await scenario.tick("2026-10-19 11:01") == []
    assert len(about(await scenario.tick("2026-10-20 09:00"))) == 1


async def test_concurrent_processes_notify_once(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    await run_until_idle(scenario, "2026-10-08 10:00")
    scenario.clock.instant = at("2026-10-09 09:00")
    await asyncio.gather(*(scenario.new_batch_job().run(scenario.clock.now()) for _ in range(4)))
    assert Counter(about(await scenario.new_messages())) == {
        (OFFICER, f"{MINISTRY} {Q3} v1 last_day 0 0 own"): 1
    }


async def test_clock_jump_back_repeats_nothing(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    await run_until_idle(scenario, "2026-10-09 09:00")
    for moment in ("2026-10-08 09:00", "2026-10-09 09:00", "2026-10-09 17:00"):
        assert await scenario.tick(moment) == []
    assert len(about(await scenario.tick("2026-10-12 09:00"))) == 1


async def test_moved_date_restarts_the_schedule(scenario: ReminderScenario, calendar: WorkCalendar):
    await scenario.add_membership(OFFICER, MINISTRY)
    await run_until_idle(scenario, "2026-10-08 10:00")
    off = date(2026, 10, 9)
    special = {**calendar.special, off: SpecialDay(day=off, kind=DayKind.MOVED_OFF)}
    await scenario.publish(replace(calendar, special=special), checked=date(2026, 12, 1))
    reminders = about(await scenario.tick("2026-10-08 10:01"))
    assert reminders == [(OFFICER, f"{MINISTRY} {Q3} v2 last_day 0 0 own")]
    assert about(await scenario.tick("2026-10-09 09:00")) == []  # a day off now
    assert about(await scenario.tick("2026-10-12 09:00")) == [(OFFICER, f"{MINISTRY} {Q3} v2 late 0 1 own")]


async def test_submitted_filing_has_no_reminders(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    await run_until_idle(scenario, "2026-10-08 10:00")
    number = (await scenario.filing(MINISTRY, "form.1-mq", "2026Q3")).number
    document = SubmittedDocument(number="12-3/45")
    await scenario.do(lambda context: SubmitFiling(context)(OFFICER, number, date(2026, 10, 8), document))
    assert about(await scenario.tick("2026-10-09 09:00")) == []
    assert about(await scenario.tick("2026-10-14 09:00")) == []


async def test_snoozed_reminder_comes_on_the_requested_day(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    await scenario.add_membership(DEPUTY, MINISTRY)
    await run_until_idle(scenario, "2026-10-01 10:00")
    number = (await scenario.filing(MINISTRY, "form.1-mq", "2026Q3")).number
    until = await scenario.do(lambda context: SnoozeReminder(context)(OFFICER, number, 3))
    assert until == at("2026-10-05 09:00")  # Sunday the 4th is no working day
    who = {}
    for day in (2, 5, 6, 8):  # the schedule's own days are the 2nd, 6th and 8th
        who[day] = sorted(to for to, _ in about(await scenario.tick(f"2026-10-{day:02} 09:00")))
    assert who == {2: [DEPUTY], 5: [OFFICER], 6: [OFFICER, DEPUTY], 8: [OFFICER, DEPUTY]}


async def test_snooze_coinciding_with_a_step_is_sent_once(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    await run_until_idle(scenario, "2026-10-05 10:00")
    number = (await scenario.filing(MINISTRY, "form.1-mq", "2026Q3")).number
    await scenario.do(lambda context: SnoozeReminder(context)(OFFICER, number, 1))
    assert len(about(await scenario.tick("2026-10-06 09:00"))) == 1


async def test_deputy_is_notified_during_leave(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    await scenario.add_membership(DEPUTY, MINISTRY, Role.HEAD)
    await run_until_idle(scenario, "2026-10-08 10:00")
    await scenario.leave(OFFICER, DEPUTY, MINISTRY, (date(2026, 10, 9), date(2026, 10, 9)))
    assert [to for to, _ in about(await scenario.tick("2026-10-09 09:00"))] == [DEPUTY]
    who = sorted(to for to, _ in about(await scenario.tick("2026-10-12 09:00")))
    assert who == [OFFICER, DEPUTY]


async def test_head_is_notified_when_there_is_no_officer(scenario: ReminderScenario):
    await scenario.add_membership(HEAD, MINISTRY, Role.HEAD)
    reminders = about(await scenario.tick("2026-10-09 09:00"))
    assert reminders == [(HEAD, f"{MINISTRY} {Q3} v1 last_day 0 0 own")]


async def test_organisation_without_staff_waits_for_a_member(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    await scenario.tick("2026-10-09 09:00")
    assert {one.to for one in await scenario.tick("2026-10-12 09:00")} == {OFFICER}
    await scenario.add_membership(HEAD, POLICE)
    reminders = await scenario.tick("2026-10-13 09:00")
    assert (HEAD, f"{POLICE} {Q3} v1 late 0 2 own") in about(reminders)


async def test_person_gets_one_digest_for_all_organisations(scenario: ReminderScenario):
    for code in (MINISTRY, POLICE, REGION, AGENCY):
        await scenario.add_membership(OFFICER, code)
    (reminder,) = await scenario.tick("2026-10-09 09:00")
    assert {line.split()[0] for line in reminder.lines} == {MINISTRY, POLICE, REGION}


async def test_failing_digest_falls_back_to_plain_text(scenario: ReminderScenario):
    def failing(digest: Digest, _: DigestReader) -> Mapping[str, Any]:
        if digest.recipient == OFFICER:
            raise KeyError("no such text")
        return {"text": "+7 701 123 45 67"}  # personal data

    scenario.words = failing
    await scenario.add_membership(OFFICER, MINISTRY)
    await scenario.add_membership(HEAD, POLICE)
    reminders = await scenario.tick("2026-10-09 09:00")
    assert {one.to: one.lines for one in reminders} == {
        OFFICER: ("1 things are due",),
        HEAD: ("1 things are due",),
    }


@pytest.mark.long
async def test_year_of_ticks_sends_each_reminder_once(scenario: ReminderScenario, calendar: WorkCalendar):
    """Each reminder once, none outside working hours, none lost; the process is restarted now and then."""
    await scenario.add_membership(OFFICER, MINISTRY)
    sent: Counter[tuple[str, str]] = Counter()
    is_working = calendar.expects_work
    for days in range(366):
        scenario.clock.instant = at("2026-09-07 09:00") + timedelta(days=days)
        if days % 30 == 0:
            scenario.restart()
        await scenario.run_tick()
        for one in await scenario.new_messages():
            now = scenario.clock.now()
            assert next_moment(Audience.OFFICIAL, now, is_working) == now
            sent.update((" ".join(line.split()[1:3]), f"{now:%Y-%m-%d}") for line in one.lines)
    assert set(sent.values()) == {1}
    reminder_days = [day for what, day in sent if what == "form.1-mq 2027Q1"]
    before = [day for day in reminder_days if day <= "2027-04-09"]
    assert before == ["2027-03-26", "2027-04-02", "2027-04-06", "2027-04-08", "2027-04-09"]
    late = [day for day in reminder_days if day > "2027-04-10"]
    last = date(2026, 9, 7) + timedelta(days=365)
    expected = [date(2027, 4, 10) + timedelta(days=number) for number in range(1, 200)]
    assert late == [f"{day}" for day in expected if day <= last and calendar.is_working(day)]
