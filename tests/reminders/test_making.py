"""Filings are made ahead for twelve months, once, by any number of processes; a calendar dates them anew."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from deadlines.calendar import WorkCalendar
from deadlines.days import DayKind, SpecialDay
from registry_data.organisations import Organisation
from reminders.store import FilingStore
from tests.reminders.office import AGENCY, DISTRICT, MINISTRY, POLICE, REGION, Town, at, names

A_YEAR = {"2026Q3", "2026Q4", "2027Q1", "2027Q2"}


async def test_every_organisation_gets_what_binds_its_kind(office: Town):
    await office.tick()
    found = Counter((one.organisation, one.obligation) for one in await office.filings())
    quarterly, yearly = 4, 1
    central = {
        "form.1-mq": quarterly,
        "monitoring.internal": quarterly,
        "report.annual": yearly,
        "report.discussion": yearly,
        "control.annual_plan": yearly,
    }
    of_region = {code.replace("1-mq", "2-mq"): count for code, count in central.items()}
    expected = {(MINISTRY, code): count for code, count in central.items()}
    expected |= {(REGION, code): count for code, count in of_region.items()}
    expected |= {(DISTRICT, code.replace("2-mq", "2-mq.district")): n for code, n in of_region.items()}
    expected |= {(POLICE, code): n for code, n in central.items() if not code.startswith("report")}
    expected |= {(AGENCY, "report.annual"): 1, (AGENCY, "report.discussion"): 1}
    expected |= {(AGENCY, "control.half_year_list"): 2}
    assert found == expected


async def test_the_coming_twelve_months_and_not_a_day_more(office: Town):
    await office.tick("2026-09-07 08:00")
    named = [one.dates.named_on for one in await office.filings()]
    assert min(named) >= date(2026, 9, 7)
    assert max(named) <= date(2027, 9, 7)
    periods = {one.occasion for one in await office.filings(MINISTRY, "form.1-mq")}
    assert periods == A_YEAR


async def test_a_year_later_the_next_ones_are_there_and_none_is_made_twice(office: Town):
    for days in (0, 0, 1, 30, 180, 365):
        office.clock.instant = at("2026-09-07 08:00") + timedelta(days=days)
        await office.chore.run(office.clock.now())
    found = await office.filings()
    keys = Counter((one.organisation, one.obligation, one.occasion) for one in found)
    assert set(keys.values()) == {1}
    assert max(one.dates.named_on for one in found) > date(2028, 4, 29)


async def test_processes_that_begin_together_make_each_once(office: Town):
    await asyncio.gather(*(office.new_chore().run(office.clock.now()) for _ in range(4)))
    keys = Counter((one.organisation, one.obligation, one.occasion) for one in await office.filings())
    assert set(keys.values()) == {1}
    assert len(keys) == 2 * 11 + 11 + 9 + 4


async def test_an_organisation_that_comes_later_gets_its_own_at_once(office: Town):
    await office.tick()
    late = Organisation.model_validate({"code": "new", "kind": "ministry", "names": names("new")})
    await office.add(late)
    await office.tick()
    assert len(await office.filings("new")) == 11


async def test_what_is_dated_is_not_made_again_while_nothing_changes(office: Town):
    await office.tick()
    async with office.database.session() as session:
        assert not await office.chore.make.is_needed(session, office.clock.now())
        tomorrow = office.clock.now() + timedelta(days=1)
        assert await office.chore.make.is_needed(session, tomorrow)


async def test_a_day_off_that_is_published_moves_what_it_touches(office: Town, calendar: WorkCalendar):
    await office.tick()
    before = await office.filing(MINISTRY, "form.1-mq", "2026Q4")
    assert (before.dates.lead_on, before.dates.expected, before.version) == (date(2027, 1, 8), True, 1)
    off = date(2027, 1, 8)
    special = {**calendar.special, off: SpecialDay(day=off, kind=DayKind.MOVED_OFF)}
    published = replace(calendar, special=special, published_until=date(2027, 12, 31))
    await office.publish(published, checked=date(2026, 12, 1))
    office.clock.advance(timedelta(minutes=1))
    await office.tick()
    after = await office.filing(MINISTRY, "form.1-mq", "2026Q4")
    assert (after.dates.lead_on, after.dates.expected, after.version) == (date(2027, 1, 6), False, 2)
    assert after.number == before.number
    untouched = await office.filing(MINISTRY, "form.1-mq", "2026Q3")
    assert untouched.version == 1
    async with office.database.session() as session:
        (line,) = await FilingStore(session).trail(after.number)
    assert (line.what, line.by, line.data) == ("moved", None, {"from": "2027-01-08", "to": "2027-01-06"})


async def test_a_date_that_stays_keeps_its_version_when_it_is_published(office: Town, calendar: WorkCalendar):
    await office.tick()
    published = replace(calendar, published_until=date(2027, 12, 31))
    await office.publish(published, checked=date(2026, 12, 1))
    office.clock.advance(timedelta(minutes=1))
    await office.tick()
    found = await office.filings()
    assert {one.version for one in found} == {1}
    assert {one.dates.expected for one in found} == {False}
