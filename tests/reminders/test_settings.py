"""An organisation's own schedule of reminders, its switched obligations, its feed address."""

import pytest

from accounts.errors import NotAllowedError
from accounts.roles import Role
from database.engine import Database
from reminders.actions import (
    FilingContext,
)
from reminders.errors import (
    ObligationInForceError,
)
from reminders.feed_addresses import FeedAddressStore, RenewFeedAddress
from reminders.schedule import ReminderSchedule, ScheduleInvalidError
from reminders.settings import SetReminderSchedule, SwitchObligation, read_schedule
from tests.reminders.scenario import (
    MINISTRY,
    OBLIGATIONS,
    ReminderScenario,
)
from tests.reminders.test_actions import HEAD, OFFICER


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """SQLite only: these tests are not about SQL."""
    return sqlite_database


async def test_organisations_own_schedule_is_used(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    await scenario.add_membership(HEAD, MINISTRY, Role.HEAD)
    await scenario.tick("2026-09-07 08:00")
    set_schedule = await scenario.do(
        lambda context: SetReminderSchedule(context)(HEAD, MINISTRY, "7, 2 14:30")
    )
    assert set_schedule == ReminderSchedule(days=(7, 2), at=set_schedule.at)
    lines = []
    for day in (25, 30):
        for hour in ("09:00", "14:30"):
            found = await scenario.tick(f"2026-09-{day} {hour}")
            lines += [f"{day} {hour}" for one in found for line in one.lines if "form.1-mq 2026Q3" in line]
    assert lines == ["30 14:30"]  # seven working days before 9 October


@pytest.mark.parametrize(
    "text", ["", "abc", "3 5", "10 5 08:59", "10 5 18:30", "70", "5 25:00", "1 09:00 10:00"]
)
def test_invalid_schedule_text_is_rejected(text: str):
    with pytest.raises(ScheduleInvalidError):
        read_schedule(text)


async def test_repealed_obligation_is_off_until_switched_on(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY, Role.ADMINISTRATOR)
    code = "assessment.standards"
    bound = OBLIGATIONS[code].model_copy(
        update={"binds": (OBLIGATIONS["form.1-mq"].binds[0],)}
    )  # of one of the tests' ministries
    scenario.obligations = {**OBLIGATIONS, code: bound}
    await scenario.tick()
    assert await scenario.filings(MINISTRY, code) == []
    switch = lambda is_on: scenario.do(  # noqa: E731
        lambda context: SwitchObligation(context, OBLIGATIONS)(OFFICER, code, is_on=is_on)
    )
    await switch(True)
    await scenario.tick()
    assert [one.occasion for one in await scenario.filings(MINISTRY, code)] == ["2026"]
    with pytest.raises(ObligationInForceError):
        await scenario.do(
            lambda context: SwitchObligation(context, OBLIGATIONS)(OFFICER, "form.1-mq", is_on=False)
        )


async def test_feed_address_is_valid_until_replaced(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)

    async def new(context: FilingContext) -> str:
        return await RenewFeedAddress(context, FeedAddressStore(context.unit.session))(OFFICER)

    first, second = await scenario.do(new), await scenario.do(new)
    async with scenario.database.session() as session:
        store = FeedAddressStore(session)
        assert [await store.owner(token) for token in (first, second, "", "x" * 500)] == [
            None,
            OFFICER,
            None,
            None,
        ]
    with pytest.raises(NotAllowedError):
        await scenario.do(
            lambda context: RenewFeedAddress(context, FeedAddressStore(context.unit.session))(999)
        )
