"""The ladder: who is told of what, when, and that nobody is told twice."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.roles import Role
from database.engine import Database
from deadlines.calendar import WorkCalendar
from deadlines.clock import ALMATY
from deadlines.days import DayKind, SpecialDay
from messaging.outbox.hours import Audience, next_moment, working_days_of
from reminders.actions import Snooze, Submit
from reminders.digest import Digest
from reminders.filing import Document
from reminders.telling import Reader
from tests.reminders.conftest import a_town
from tests.reminders.office import AGENCY, DISTRICT, MINISTRY, POLICE, REGION, Told, Town, at

OFFICER, HEAD, COORDINATOR, DEPUTY = 11, 12, 13, 14
Q3 = "form.1-mq 2026Q3"


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """On SQLite alone: what is tested here is no SQL."""
    return sqlite_database


def about(told: list[Told], what: str = Q3) -> list[tuple[int, str]]:
    return [(one.to, line) for one in told for line in one.lines if what in line]


async def settle(office: Town, moment: str) -> None:
    """Let everything that is due be told; what follows is told of from there on."""
    await office.tick(moment)


async def test_the_ladder_of_a_quarter(office: Town):
    """Due on Saturday 10 October 2026: the last working day is Friday the 9th."""
    await office.seat(OFFICER, MINISTRY)
    await office.seat(HEAD, MINISTRY, Role.HEAD)
    found = []
    day = date(2026, 9, 7)
    while day <= date(2026, 10, 16):
        for hour in (8, 9, 19):
            moment = datetime(day.year, day.month, day.day, hour, tzinfo=ALMATY)
            office.clock.instant = moment
            await office.chore.run(moment)
            found += [(to, f"{moment:%d.%m %H}", line) for to, line in about(await office.news())]
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


async def test_from_the_third_day_the_coordinator_above_is_told_too(office: Town):
    await office.seat(OFFICER, DISTRICT)
    await office.seat(COORDINATOR, REGION, Role.COORDINATOR)
    await settle(office, "2026-10-05 10:00")  # 5 October is the due date: the last working day
    what = "form.2-mq.district 2026Q3"
    who = [
        [to for to, _ in about(await office.tick(f"2026-10-{day:02} 09:30"), what)] for day in (6, 7, 8, 9)
    ]
    assert who == [[OFFICER], [OFFICER], [OFFICER, COORDINATOR], [OFFICER, COORDINATOR]]


async def test_a_digest_holds_all_that_is_due_by_date(office: Town):
    await office.seat(OFFICER, MINISTRY)
    (told,) = await office.tick("2026-12-25 09:00")
    assert [line.split()[1:3] for line in told.lines] == [
        ["control.annual_plan", "2027"],
        ["monitoring.internal", "2026Q4"],
        ["report.discussion", "2026"],
        ["form.1-mq", "2026Q4"],
    ]


@pytest.mark.parametrize("moment", ["2026-10-09 08:59", "2026-10-09 18:30", "2026-10-10 12:00"])
async def test_nobody_is_told_outside_the_working_hours(office: Town, moment: str):
    await office.seat(OFFICER, MINISTRY)
    assert await office.tick(moment) == []


async def test_after_an_outage_everything_is_told_once(office: Town):
    await office.seat(OFFICER, MINISTRY)
    await settle(office, "2026-09-07 09:00")
    told = await office.tick("2026-10-19 11:00")
    assert [line for _, line in about(told)] == [f"{MINISTRY} {Q3} v1 late 0 6 own"]
    assert len(told) == 1
    assert await office.tick("2026-10-19 11:01") == []
    assert len(about(await office.tick("2026-10-20 09:00"))) == 1


async def test_any_number_of_processes_tell_once(office: Town):
    await office.seat(OFFICER, MINISTRY)
    await settle(office, "2026-10-08 10:00")
    office.clock.instant = at("2026-10-09 09:00")
    await asyncio.gather(*(office.new_chore().run(office.clock.now()) for _ in range(4)))
    assert Counter(about(await office.news())) == {(OFFICER, f"{MINISTRY} {Q3} v1 last_day 0 0 own"): 1}


async def test_a_clock_that_jumps_back_tells_nothing_twice(office: Town):
    await office.seat(OFFICER, MINISTRY)
    await settle(office, "2026-10-09 09:00")
    for moment in ("2026-10-08 09:00", "2026-10-09 09:00", "2026-10-09 17:00"):
        assert await office.tick(moment) == []
    assert len(about(await office.tick("2026-10-12 09:00"))) == 1


async def test_a_moved_date_gets_a_ladder_of_its_own(office: Town, calendar: WorkCalendar):
    await office.seat(OFFICER, MINISTRY)
    await settle(office, "2026-10-08 10:00")
    off = date(2026, 10, 9)
    special = {**calendar.special, off: SpecialDay(day=off, kind=DayKind.MOVED_OFF)}
    await office.publish(replace(calendar, special=special), checked=date(2026, 12, 1))
    told = about(await office.tick("2026-10-08 10:01"))
    assert told == [(OFFICER, f"{MINISTRY} {Q3} v2 last_day 0 0 own")]
    assert about(await office.tick("2026-10-09 09:00")) == []  # a day off now
    assert about(await office.tick("2026-10-12 09:00")) == [(OFFICER, f"{MINISTRY} {Q3} v2 late 0 1 own")]


async def test_what_is_submitted_is_told_of_no_more(office: Town):
    await office.seat(OFFICER, MINISTRY)
    await settle(office, "2026-10-08 10:00")
    number = (await office.filing(MINISTRY, "form.1-mq", "2026Q3")).number
    document = Document(number="12-3/45")
    await office.do(lambda desk: Submit(desk)(OFFICER, number, date(2026, 10, 8), document))
    assert about(await office.tick("2026-10-09 09:00")) == []
    assert about(await office.tick("2026-10-14 09:00")) == []


async def test_a_reminder_put_off_comes_when_it_was_asked_for_and_not_before(office: Town):
    await office.seat(OFFICER, MINISTRY)
    await office.seat(DEPUTY, MINISTRY)
    await settle(office, "2026-10-01 10:00")
    number = (await office.filing(MINISTRY, "form.1-mq", "2026Q3")).number
    until = await office.do(lambda desk: Snooze(desk)(OFFICER, number, 3))
    assert until == at("2026-10-05 09:00")  # Sunday the 4th is no working day
    who = {}
    for day in (2, 5, 6, 8):  # the ladder's own are the 2nd, 6th and 8th
        who[day] = sorted(to for to, _ in about(await office.tick(f"2026-10-{day:02} 09:00")))
    assert who == {2: [DEPUTY], 5: [OFFICER], 6: [OFFICER, DEPUTY], 8: [OFFICER, DEPUTY]}


async def test_a_reminder_that_meets_the_ladder_comes_once(office: Town):
    await office.seat(OFFICER, MINISTRY)
    await settle(office, "2026-10-05 10:00")
    number = (await office.filing(MINISTRY, "form.1-mq", "2026Q3")).number
    await office.do(lambda desk: Snooze(desk)(OFFICER, number, 1))
    assert len(about(await office.tick("2026-10-06 09:00"))) == 1


async def test_whoever_is_on_leave_is_replaced_by_his_deputy(office: Town):
    await office.seat(OFFICER, MINISTRY)
    await office.seat(DEPUTY, MINISTRY, Role.HEAD)
    await settle(office, "2026-10-08 10:00")
    await office.leave(OFFICER, DEPUTY, MINISTRY, (date(2026, 10, 9), date(2026, 10, 9)))
    assert [to for to, _ in about(await office.tick("2026-10-09 09:00"))] == [DEPUTY]
    who = sorted(to for to, _ in about(await office.tick("2026-10-12 09:00")))
    assert who == [OFFICER, DEPUTY]


async def test_without_an_officer_the_head_does_the_work(office: Town):
    await office.seat(HEAD, MINISTRY, Role.HEAD)
    told = about(await office.tick("2026-10-09 09:00"))
    assert told == [(HEAD, f"{MINISTRY} {Q3} v1 last_day 0 0 own")]


async def test_an_organisation_without_staff_sleeps_until_somebody_joins(office: Town):
    await office.seat(OFFICER, MINISTRY)
    await office.tick("2026-10-09 09:00")
    assert {one.to for one in await office.tick("2026-10-12 09:00")} == {OFFICER}
    await office.seat(HEAD, POLICE)
    told = await office.tick("2026-10-13 09:00")
    assert (HEAD, f"{POLICE} {Q3} v1 late 0 2 own") in about(told)


async def test_one_message_a_person_however_many_organisations(office: Town):
    for code in (MINISTRY, POLICE, REGION, AGENCY):
        await office.seat(OFFICER, code)
    (told,) = await office.tick("2026-10-09 09:00")
    assert {line.split()[0] for line in told.lines} == {MINISTRY, POLICE, REGION}


async def test_a_digest_that_cannot_be_told_is_told_in_plain_words(office: Town):
    def failing(digest: Digest, _: Reader) -> Mapping[str, Any]:
        if digest.recipient == OFFICER:
            raise KeyError("no such text")
        return {"text": "+7 701 123 45 67"}  # personal data

    office.words = failing
    await office.seat(OFFICER, MINISTRY)
    await office.seat(HEAD, POLICE)
    told = await office.tick("2026-10-09 09:00")
    assert {one.to: one.lines for one in told} == {
        OFFICER: ("1 things are due",),
        HEAD: ("1 things are due",),
    }


async def test_a_year_of_days_through_the_real_tick(sqlite_database: Database, calendar: WorkCalendar):
    """Each reminder once, none outside the hours, none lost; now and then a process that is new."""
    office = await a_town(sqlite_database, calendar)
    await office.seat(OFFICER, MINISTRY)
    told: Counter[tuple[str, str]] = Counter()
    is_working = working_days_of(calendar)
    for days in range(366):
        office.clock.instant = at("2026-09-07 09:00") + timedelta(days=days)
        if days % 30 == 0:
            office.restart()
        await office.ring()
        for one in await office.news():
            now = office.clock.now()
            assert next_moment(Audience.OFFICIAL, now, is_working) == now
            told.update((" ".join(line.split()[1:3]), f"{now:%Y-%m-%d}") for line in one.lines)
    assert set(told.values()) == {1}
    days_told = [day for what, day in told if what == "form.1-mq 2027Q1"]
    before = [day for day in days_told if day <= "2027-04-09"]
    assert before == ["2027-03-26", "2027-04-02", "2027-04-06", "2027-04-08", "2027-04-09"]
    late = [day for day in days_told if day > "2027-04-10"]
    last = date(2026, 9, 7) + timedelta(days=365)
    expected = [date(2027, 4, 10) + timedelta(days=number) for number in range(1, 200)]
    assert late == [f"{day}" for day in expected if day <= last and calendar.is_working(day)]
