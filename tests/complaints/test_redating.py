"""After a calendar edit: a dry run, then each open complaint with its new date and the reason."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from accounts.cipher import Cipher
from complaints.actions.self_filed import TrackSelfFiled
from complaints.lifecycle import LifecycleStep
from complaints.queries.mine import MyComplaints
from complaints.redating import DateInputs, FindRedatings, Redate, RedatingCounts, dates
from complaints.tables import AuditLogRow, ComplaintRow
from complaints.terms import Extension, Rule, date_complaint, is_after_hours
from database.engine import Database
from deadlines.calendar import DayKind, SpecialDay, WorkCalendar
from deadlines.store import CalendarStore, LiveCalendar
from kernel.clock import FixedClock, almaty_date
from tests.complaints.scenario import CITIZEN, MORNING, OTHER_CITIZEN, POLICE, ComplaintScenario

OFF = date(2026, 3, 27)  # a Friday made a day off by decree


def with_day_off(calendar: WorkCalendar, day: date = OFF) -> WorkCalendar:
    special = {**calendar.special, day: SpecialDay(day=day, kind=DayKind.MOVED_OFF)}
    return replace(calendar, special=dict(sorted(special.items())))


async def edit(scenario: ComplaintScenario, calendar: WorkCalendar) -> None:
    store = CalendarStore(scenario.session)
    await store.lock()
    await store.replace(calendar, 2, MORNING.date(), MORNING)


async def begin(database: Database, cipher: Cipher, calendar: WorkCalendar) -> dict[str, int]:
    """An open complaint, an answered one, one whose term the day does not affect, and tracked dates."""
    clock = FixedClock(MORNING)
    async with database.unit_of_work() as unit:
        scenario = ComplaintScenario(unit=unit, cipher=cipher, calendar=LiveCalendar(clock), clock=clock)
        await scenario.connect(POLICE)
        await scenario.staff()
        answered = await scenario.answered()
        taken = await scenario.taken()
        draft = await scenario.drafted(by=OTHER_CITIZEN)
        await TrackSelfFiled(scenario.context)(OTHER_CITIZEN, draft, date(2026, 3, 19))
        scenario.at(date(2026, 4, 1))
        later = await scenario.sent()
        await edit(scenario, with_day_off(calendar))
        await unit.commit()
    return {"answered": answered.id, "taken": taken.id, "later": later.id}


async def test_dry_run_lists_changes_and_writes_nothing(
    scenario_database: Database, cipher: Cipher, calendar: WorkCalendar
):
    ids = await begin(scenario_database, cipher, calendar)
    async with scenario_database.session() as session:
        found = await FindRedatings(session=session)()
        due = (
            await session.scalars(select(ComplaintRow.due_on).where(ComplaintRow.id == ids["taken"]))
        ).one()
    assert [(one.number is None, one.before.due_on, one.after.due_on) for one in found] == [
        (False, date(2026, 3, 31), date(2026, 4, 1)),
        (True, date(2026, 3, 31), date(2026, 4, 1)),  # dates tracked by a citizen
    ]
    assert due == date(2026, 3, 31)


async def test_open_complaint_is_redated_with_reason_in_history(
    scenario_database: Database, cipher: Cipher, calendar: WorkCalendar
):
    ids = await begin(scenario_database, cipher, calendar)
    redate = Redate(unit_of_work=scenario_database.unit_of_work, clock=FixedClock(MORNING))
    assert await redate() == RedatingCounts(complaints=1, self_filed=1, notices=0)
    assert await redate() == RedatingCounts(complaints=0, self_filed=0, notices=0)  # idempotent
    async with scenario_database.session() as session:
        rows = {row.id: row for row in await session.scalars(select(ComplaintRow))}
        steps = (
            await session.scalars(select(AuditLogRow).where(AuditLogRow.step == LifecycleStep.REDATE.value))
        ).all()
        own = await session.scalars(select(AuditLogRow.id).where(AuditLogRow.complaint == ids["taken"]))
        count = len(own.all())
    changed = rows[ids["taken"]]
    assert (changed.due_on, changed.late_after, changed.due_version) == (
        date(2026, 4, 1),
        date(2026, 4, 1),
        2,
    )
    assert (changed.redated_at, changed.steps) == (MORNING, count)
    assert rows[ids["answered"]].due_on == date(2026, 3, 31)  # its term has ended
    assert rows[ids["later"]].redated_at is None
    assert [(one.complaint, one.role, one.state, one.actor) for one in steps] == [
        (ids["taken"], "system", "in_work", None)
    ]
    assert steps[0].what == {
        "reason": "calendar",
        "calendar": 2,
        "due_before": "2026-03-31",
        "due_on": "2026-04-01",
    }


async def test_self_filed_dates_are_redated(
    scenario_database: Database, cipher: Cipher, calendar: WorkCalendar
):
    await begin(scenario_database, cipher, calendar)
    clock = FixedClock(MORNING)
    await Redate(unit_of_work=scenario_database.unit_of_work, clock=clock)()
    async with scenario_database.unit_of_work() as unit:
        scenario = ComplaintScenario(unit=unit, cipher=cipher, calendar=LiveCalendar(clock), clock=clock)
        self_filed = await MyComplaints(scenario.context).self_filed(OTHER_CITIZEN)
        assert [one.due_on for one in self_filed] == [date(2026, 4, 1)]
        assert [one.due_on for one in await MyComplaints(scenario.context).all(CITIZEN)][1] == date(
            2026, 4, 1
        )


@pytest.mark.parametrize("extended_by", [0, 10])
@pytest.mark.parametrize("hour", [0, 4, 10, 18, 19, 23])
@pytest.mark.parametrize("rule", Rule)
def test_grouped_dating_equals_individual_dating(
    calendar: WorkCalendar, rule: Rule, hour: int, extended_by: int
):
    """Every hour of a day gives the same date as dating that complaint alone."""
    for minute in (0, 29, 30, 31, 59):
        for day in (18, 19, 20, 21, 28):
            at = MORNING.replace(day=day, hour=hour, minute=minute)
            due = date_complaint(rule, at, calendar, Extension(granted=extended_by))
            key = DateInputs(
                rule=rule.value,
                came_on=almaty_date(at),
                after_hours=is_after_hours(at),
                extended_by=extended_by,
            )
            alike = dates(key, calendar)
            assert (alike.registered_on, alike.due_on) == (due.registered_on, due.due_on)
