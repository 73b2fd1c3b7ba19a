"""A calendar edit moves the last day to announce an extension, which has its own schedule."""

from datetime import date

import pytest
from sqlalchemy import select, update

from accounts.cipher import Cipher
from complaints.actions.extending import ConfirmExtensionNotice
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.redating import FindRedatings, Redate
from complaints.redating_extensions import find_notice_redatings, redate_notice
from complaints.tables import AuditLogRow, ComplaintRow, ExtensionRow
from database.engine import Database
from deadlines.calendar import WorkCalendar
from tests.complaints.scenario import AKIMAT, HEAD, MORNING, ComplaintScenario
from tests.complaints.test_jobs import TickScenario, extend_paper_complaint
from tests.complaints.test_redating import edit, with_day_off

FRIDAY, MONDAY = date(2026, 3, 27), date(2026, 3, 30)


@pytest.fixture
async def tick_scenario(scenario_database: Database, cipher: Cipher, calendar: WorkCalendar) -> TickScenario:
    """An extension to announce by Friday; then Friday becomes a day off."""
    tick_scenario = TickScenario(scenario_database, cipher)

    await tick_scenario.work(extend_paper_complaint)
    await tick_scenario.new_notices()
    assert await tick_scenario.ticked(3, 26, 9) == [("one_day", HEAD)]
    await tick_scenario.work(lambda scenario: edit(scenario, with_day_off(calendar)))
    return tick_scenario


async def redate(tick_scenario: TickScenario) -> int:
    done = await Redate(unit_of_work=tick_scenario.database.unit_of_work, clock=tick_scenario.clock)()
    return done.notices


async def day_of(tick_scenario: TickScenario) -> tuple[date | None, int]:
    async with tick_scenario.database.session() as session:
        row = (await session.scalars(select(ExtensionRow))).one()
    return row.tell_by, row.tell_version


async def test_dry_run_lists_the_move_and_writes_nothing(tick_scenario: TickScenario):
    async with tick_scenario.database.session() as session:
        found = await FindRedatings(session=session).notices()
    assert [(one.organisation, one.before, one.after) for one in found] == [(AKIMAT, FRIDAY, MONDAY)]
    assert await day_of(tick_scenario) == (FRIDAY, 1)


async def test_notification_day_moves_once_with_reason_in_history(tick_scenario: TickScenario):
    assert await redate(tick_scenario) == 1
    assert await redate(tick_scenario) == 0
    assert await day_of(tick_scenario) == (MONDAY, 2)
    async with tick_scenario.database.session() as session:
        steps = (
            await session.scalars(select(AuditLogRow).where(AuditLogRow.step == LifecycleStep.REDATE.value))
        ).all()
        row = (await session.scalars(select(ComplaintRow))).one()
        extension = (await session.scalars(select(ExtensionRow.id))).one()
        count = len((await session.scalars(select(AuditLogRow.id))).all())
    extension_steps = [dict(one.what) for one in steps if "extension" in one.what]
    assert extension_steps == [
        {
            "reason": "calendar",
            "calendar": 2,
            "extension": extension,
            "tell_before": FRIDAY.isoformat(),
            "tell_by": MONDAY.isoformat(),
        }
    ]
    assert row.steps == count


async def test_moved_day_restarts_the_schedule(tick_scenario: TickScenario):
    await redate(tick_scenario)
    await tick_scenario.new_notices()
    tick_scenario.calendar = type(tick_scenario.calendar)(
        tick_scenario.clock
    )  # as a process that has read the new calendar
    tick_scenario.tick = tick_scenario.new_tick()
    assert await tick_scenario.ticked(3, 26, 10) == [("redated", HEAD)]  # this morning's digest has gone
    assert await tick_scenario.ticked(3, 27, 9) == []
    assert ("due_today", HEAD) in await tick_scenario.ticked(3, 30, 9)
    assert NotificationTopic.EXTENSION_UNTOLD in {one.topic for one in tick_scenario.renderer.notifications}


async def notified(scenario: ComplaintScenario) -> None:
    await ConfirmExtensionNotice(scenario.context)(
        HEAD, (await scenario.session.scalars(select(ComplaintRow.id))).one()
    )


async def closed(scenario: ComplaintScenario) -> None:
    await scenario.session.execute(update(ComplaintRow).values(closed_at=MORNING))


@pytest.mark.parametrize("action", [notified, closed])
async def test_notified_or_closed_extension_is_not_redated(tick_scenario: TickScenario, action):
    await tick_scenario.work(action)
    assert await redate(tick_scenario) == 0
    assert await day_of(tick_scenario) == (FRIDAY, 1)


@pytest.mark.parametrize("action", [notified, closed])
async def test_extension_closed_during_redating_is_not_changed(tick_scenario: TickScenario, calendar, action):
    async with tick_scenario.database.session() as session:
        (found,) = await find_notice_redatings(session, with_day_off(calendar))
    await tick_scenario.work(action)

    async def change(scenario: ComplaintScenario) -> bool:
        return await redate_notice(scenario.session, found, 2, MORNING)

    assert await tick_scenario.work(change) is False
    assert await day_of(tick_scenario) == (FRIDAY, 1)
    async with tick_scenario.database.session() as session:
        assert LifecycleStep.REDATE.value not in (await session.scalars(select(AuditLogRow.step))).all()
