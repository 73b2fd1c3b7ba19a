"""Filings are generated once, twelve months ahead, by any number of processes; a calendar re-dates them."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from deadlines.calendar import DayKind, SpecialDay, WorkCalendar
from registry_data.organisations import Organisation
from reminders.store import FilingStore
from tests.reminders.scenario import AGENCY, DISTRICT, MINISTRY, POLICE, REGION, ReminderScenario, at, names

A_YEAR = {"2026Q3", "2026Q4", "2027Q1", "2027Q2"}


async def test_organisation_gets_the_filings_of_its_kind(scenario: ReminderScenario):
    await scenario.tick()
    found = Counter((one.organisation, one.obligation) for one in await scenario.filings())
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


async def test_filings_cover_exactly_twelve_months(scenario: ReminderScenario):
    await scenario.tick("2026-09-07 08:00")
    named = [one.dates.named_on for one in await scenario.filings()]
    assert min(named) >= date(2026, 9, 7)
    assert max(named) <= date(2027, 9, 7)
    periods = {one.occasion for one in await scenario.filings(MINISTRY, "form.1-mq")}
    assert periods == A_YEAR


async def test_filings_are_extended_yearly_without_duplicates(scenario: ReminderScenario):
    for days in (0, 0, 1, 30, 180, 365):
        scenario.clock.instant = at("2026-09-07 08:00") + timedelta(days=days)
        await scenario.batch_job.run(scenario.clock.now())
    found = await scenario.filings()
    keys = Counter((one.organisation, one.obligation, one.occasion) for one in found)
    assert set(keys.values()) == {1}
    assert max(one.dates.named_on for one in found) > date(2028, 4, 29)


async def test_concurrent_processes_create_each_filing_once(scenario: ReminderScenario):
    await asyncio.gather(*(scenario.new_batch_job().run(scenario.clock.now()) for _ in range(4)))
    keys = Counter((one.organisation, one.obligation, one.occasion) for one in await scenario.filings())
    assert set(keys.values()) == {1}
    assert len(keys) == 2 * 11 + 11 + 9 + 4


async def test_new_organisation_gets_filings_at_once(scenario: ReminderScenario):
    await scenario.tick()
    late = Organisation.model_validate({"code": "new", "kind": "ministry", "names": names("new")})
    await scenario.add(late)
    await scenario.tick()
    assert len(await scenario.filings("new")) == 11


async def test_unchanged_filings_are_not_recreated(scenario: ReminderScenario):
    await scenario.tick()
    async with scenario.database.session() as session:
        assert not await scenario.batch_job.make.is_needed(session, scenario.clock.now())
        tomorrow = scenario.clock.now() + timedelta(days=1)
        assert await scenario.batch_job.make.is_needed(session, tomorrow)


async def test_published_day_off_moves_affected_filings(scenario: ReminderScenario, calendar: WorkCalendar):
    await scenario.tick()
    before = await scenario.filing(MINISTRY, "form.1-mq", "2026Q4")
    assert (before.dates.lead_on, before.dates.expected, before.version) == (date(2027, 1, 8), True, 1)
    off = date(2027, 1, 8)
    special = {**calendar.special, off: SpecialDay(day=off, kind=DayKind.MOVED_OFF)}
    published = replace(calendar, special=special, published_until=date(2027, 12, 31))
    await scenario.publish(published, checked=date(2026, 12, 1))
    scenario.clock.advance(timedelta(minutes=1))
    await scenario.tick()
    after = await scenario.filing(MINISTRY, "form.1-mq", "2026Q4")
    assert (after.dates.lead_on, after.dates.expected, after.version) == (date(2027, 1, 6), False, 2)
    assert after.number == before.number
    untouched = await scenario.filing(MINISTRY, "form.1-mq", "2026Q3")
    assert untouched.version == 1
    async with scenario.database.session() as session:
        (line,) = await FilingStore(session).history(after.number)
    assert (line.what, line.by, line.data) == ("moved", None, {"from": "2027-01-08", "to": "2027-01-06"})


async def test_confirmed_date_keeps_its_version(scenario: ReminderScenario, calendar: WorkCalendar):
    await scenario.tick()
    published = replace(calendar, published_until=date(2027, 12, 31))
    await scenario.publish(published, checked=date(2026, 12, 1))
    scenario.clock.advance(timedelta(minutes=1))
    await scenario.tick()
    found = await scenario.filings()
    assert {one.version for one in found} == {1}
    assert {one.dates.expected for one in found} == {False}
