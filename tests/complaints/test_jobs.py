"""Notices due with time: sent once to the right people, computed from the state, not from a time window."""

import json
from datetime import date, datetime

import pytest
from sqlalchemy import select, update

from accounts.cipher import Cipher
from accounts.officials.tables import LeaveRow
from accounts.roles import Role
from complaints.actions.completing import AskToComplete
from complaints.actions.extending import AskExtension
from complaints.actions.self_filed import RecordSelfFiledAnswer, TrackSelfFiled
from complaints.actions.taking import TakeComplaint
from complaints.case import case_of
from complaints.facts import ExtensionReason
from complaints.hearings.telling import preliminary_undelivered
from complaints.jobs import make_jobs
from complaints.notifier import NotificationTopic
from complaints.requests.rules import Requisite
from complaints.tables import ComplaintRow
from database.engine import Database
from deadlines.store import LiveCalendar
from kernel.clock import FixedClock
from messaging.outbox.hours import WorkingDays
from messaging.outbox.tables import OutboxRow
from notifications.notices import NoticeKind
from notifications.tick import Tick
from tests.complaints.deciding import told
from tests.complaints.scenario import (
    AKIMAT,
    CITIZEN,
    COLLEAGUE,
    COORDINATOR,
    HEAD,
    MORNING,
    OF_AKIMAT,
    OFFICER,
    POLICE,
    ComplaintScenario,
    RecordingRenderer,
)


class TickScenario:
    """The tick over a committed database; each action has its own unit of work."""

    def __init__(self, database: Database, cipher: Cipher, clock: FixedClock | None = None) -> None:
        self.database, self.cipher = database, cipher
        self.clock = clock or FixedClock(MORNING)
        self.calendar = LiveCalendar(self.clock)
        self.renderer = RecordingRenderer()
        self.tick = self.new_tick()
        self.seen = 0

    def new_tick(self) -> Tick:
        """A tick without caches, as in a new process."""
        return Tick(
            database=self.database,
            clock=self.clock,
            working_days=WorkingDays(self.calendar),
            jobs=make_jobs(self.calendar, self.renderer),
        )

    async def work(self, action):
        async with self.database.unit_of_work() as unit:
            scenario = ComplaintScenario(
                unit=unit,
                cipher=self.cipher,
                calendar=self.calendar,
                clock=self.clock,
                renderer=self.renderer,
            )
            done = await action(scenario)
            await unit.commit()
            return done

    async def new_notices(self) -> list[tuple[str, int]]:
        """New outbox messages since the last call, as (stage, recipient): one for each line of a digest."""
        async with self.database.session() as session:
            query = select(OutboxRow).where(OutboxRow.id > self.seen).order_by(OutboxRow.id)
            rows = (await session.scalars(query)).all()
        self.seen = max((row.id for row in rows), default=self.seen)
        return [(stage, row.chat_id) for row in rows for stage in _stages(row)]

    async def ticked(self, *when: int) -> list[tuple[str, int]]:
        """Run the tick at month, day, hour; returns the notices it wrote."""
        ComplaintScenario.at(self, date(2026, *when[:2]), *when[2:])  # type: ignore[arg-type]
        await self.tick.run()
        return await self.new_notices()


def _stages(row: OutboxRow) -> list[str]:
    if str(row.key).startswith(NoticeKind.COMPLAINT_DIGEST):
        return str(json.loads(row.payload)["text"]).split()
    return [str(row.key).split("/")[3]]


@pytest.fixture
async def tick_scenario(scenario_database: Database, cipher: Cipher) -> TickScenario:
    """A complaint received on Thursday 19 March, due on Tuesday 31 March."""
    tick_scenario = TickScenario(scenario_database, cipher)

    async def begin(scenario: ComplaintScenario) -> None:
        await scenario.connect(POLICE)
        await scenario.staff()
        await scenario.sent()

    await tick_scenario.work(begin)
    await tick_scenario.new_notices()
    return tick_scenario


async def last(scenario: ComplaintScenario) -> int:
    return (
        await scenario.session.scalars(select(ComplaintRow.id).order_by(ComplaintRow.id.desc()).limit(1))
    ).one()


async def take(tick_scenario: TickScenario) -> None:
    async def action(scenario: ComplaintScenario) -> None:
        await TakeComplaint(scenario.context)(OFFICER, await last(scenario))

    await tick_scenario.work(action)
    await tick_scenario.new_notices()


async def test_preliminary_decision_that_reached_nobody_is_told_of_each_morning(tick_scenario: TickScenario):
    await take(tick_scenario)

    async def lose(scenario: ComplaintScenario) -> None:
        complaint = await last(scenario)
        await told(scenario, complaint)
        await preliminary_undelivered(scenario.session, complaint, scenario.clock.now())

    await tick_scenario.work(lose)
    await tick_scenario.new_notices()
    assert await tick_scenario.ticked(3, 20, 9) == [("preliminary_untold", OFFICER)]
    assert await tick_scenario.ticked(3, 20, 15) == []
    assert await tick_scenario.ticked(3, 26, 9) == [("preliminary_untold", OFFICER)]


async def test_citizen_is_reminded_before_the_last_day_to_complete(tick_scenario: TickScenario):
    await take(tick_scenario)

    async def lacks(scenario: ComplaintScenario) -> None:
        ask = AskToComplete(scenario.context)
        await ask(OFFICER, await last(scenario), [Requisite.ADDRESS], date(2026, 3, 27))

    await tick_scenario.work(lacks)
    await tick_scenario.new_notices()
    reminded = ("completion_due_1", CITIZEN)
    assert reminded not in await tick_scenario.ticked(3, 20, 15)
    assert reminded in await tick_scenario.ticked(3, 26, 9)
    assert reminded not in await tick_scenario.ticked(3, 27, 9)


async def test_citizen_asked_on_the_eve_is_reminded_on_the_day(tick_scenario: TickScenario):
    await take(tick_scenario)

    async def lacks(scenario: ComplaintScenario) -> None:
        ask = AskToComplete(scenario.context)
        await ask(OFFICER, await last(scenario), [Requisite.ADDRESS], date(2026, 3, 20))

    await tick_scenario.work(lacks)
    assert ("completion_due_1", CITIZEN) not in await tick_scenario.ticked(3, 19, 17)
    assert ("completion_due_1", CITIZEN) in await tick_scenario.ticked(3, 20, 9)


async def test_full_schedule_of_an_unanswered_complaint(tick_scenario: TickScenario):
    await take(tick_scenario)
    assert await tick_scenario.ticked(3, 26, 15) == [("preliminary_last", OFFICER)]  # else no hearing in time
    assert await tick_scenario.ticked(3, 27, 9) == [("two_days", OFFICER)]
    assert await tick_scenario.ticked(3, 27, 15) == []
    assert await tick_scenario.ticked(3, 30, 9) == [("one_day", OFFICER)]
    assert await tick_scenario.ticked(3, 31, 9) == [("due_today", OFFICER)]
    assert await tick_scenario.ticked(4, 1, 9) == [
        ("overdue_1", OFFICER),
        ("overdue_1", HEAD),  # from the first overdue day
        ("overdue_citizen", CITIZEN),
    ]
    assert await tick_scenario.ticked(4, 2, 9) == [("overdue_2", OFFICER), ("overdue_2", HEAD)]
    assert await tick_scenario.ticked(4, 3, 9) == [
        ("overdue_3", OFFICER),
        ("overdue_3", HEAD),
        ("overdue_3", COORDINATOR),  # of the organisation above, from the third overdue day
    ]
    assert await tick_scenario.ticked(4, 5, 12) == []  # Sunday
    assert [stage for stage, _ in await tick_scenario.ticked(4, 6, 9)] == ["overdue_4"] * 3


async def test_unassigned_complaint_is_reported_to_the_head(tick_scenario: TickScenario):
    assert await tick_scenario.ticked(3, 27, 9) == [("two_days", HEAD)]
    assert await tick_scenario.ticked(4, 1, 9) == [("overdue_1", HEAD), ("overdue_citizen", CITIZEN)]


async def test_outage_skips_outdated_notices(tick_scenario: TickScenario):
    await take(tick_scenario)
    assert await tick_scenario.ticked(4, 2, 12) == [
        ("overdue_2", OFFICER),
        ("overdue_2", HEAD),
        ("overdue_citizen", CITIZEN),
    ]


async def test_second_process_sends_no_duplicates(tick_scenario: TickScenario):
    await take(tick_scenario)
    await tick_scenario.ticked(3, 27, 9)
    tick_scenario.tick = tick_scenario.new_tick()
    assert await tick_scenario.ticked(3, 27, 10) == []


async def test_answered_complaint_has_no_reminders(tick_scenario: TickScenario):
    await take(tick_scenario)

    async def answer(scenario: ComplaintScenario) -> None:
        row = await scenario.session.get(ComplaintRow, await last(scenario))
        assert row is not None
        scenario.at(date(2026, 3, 30))
        await scenario.answer(case_of(row))

    await tick_scenario.work(answer)
    await tick_scenario.new_notices()
    assert await tick_scenario.ticked(3, 31, 9) == []
    assert await tick_scenario.ticked(4, 3, 9) == []


async def test_deputy_and_successor_are_reminded(tick_scenario: TickScenario):
    await take(tick_scenario)

    async def go_on_leave(scenario: ComplaintScenario) -> None:
        leave = LeaveRow(
            telegram_id=OFFICER,
            organisation=POLICE,
            deputy=COLLEAGUE,
            first_day=date(2026, 3, 27),
            last_day=date(2026, 3, 27),
            made_at=MORNING,
        )
        scenario.session.add(leave)

    await tick_scenario.work(go_on_leave)
    assert await tick_scenario.ticked(3, 27, 9) == [("two_days", COLLEAGUE)]
    assert await tick_scenario.ticked(3, 30, 9) == [("one_day", OFFICER)]


async def test_moved_due_date_restarts_the_schedule(scenario_database: Database, cipher: Cipher):
    tick_scenario = TickScenario(scenario_database, cipher)

    async def begin(scenario: ComplaintScenario) -> None:
        await scenario.connect(AKIMAT)
        await scenario.add_membership(HEAD, Role.HEAD, AKIMAT)
        scenario.service = OF_AKIMAT
        await scenario.taken(by=HEAD)

    await tick_scenario.work(begin)
    await tick_scenario.new_notices()
    assert await tick_scenario.ticked(3, 30, 9) == [("one_day", HEAD)]

    async def extend(scenario: ComplaintScenario) -> None:
        await AskExtension(scenario.context)(HEAD, await last(scenario), 10, ExtensionReason.STUDY)

    await tick_scenario.work(extend)
    assert [stage.rpartition("_")[0] for stage, _ in await tick_scenario.new_notices()] == ["extended"]
    assert await tick_scenario.ticked(3, 31, 9) == []
    assert await tick_scenario.ticked(4, 13, 9) == [("one_day", HEAD)]  # 14 April is the new due date
    assert [one.topic for one in tick_scenario.renderer.notifications][-1] is NotificationTopic.ONE_DAY


async def extend_paper_complaint(scenario: ComplaintScenario) -> None:
    """An extended complaint that came on paper: its citizen must be notified by 27 March."""
    await scenario.add_membership(HEAD, Role.HEAD, AKIMAT)
    case = await scenario.entered(by=HEAD, organisation=AKIMAT)
    await TakeComplaint(scenario.context)(HEAD, case.id)
    await AskExtension(scenario.context)(HEAD, case.id, 10, ExtensionReason.STUDY)


async def test_unnotified_extension_is_reminded(scenario_database: Database, cipher: Cipher):
    tick_scenario = TickScenario(scenario_database, cipher)

    await tick_scenario.work(extend_paper_complaint)
    await tick_scenario.new_notices()
    assert await tick_scenario.ticked(3, 20, 9) == []
    assert await tick_scenario.ticked(3, 26, 9) == [("one_day", HEAD)]
    assert await tick_scenario.ticked(3, 27, 9) == [("due_today", HEAD)]
    assert tick_scenario.renderer.notifications[-1].topic is NotificationTopic.EXTENSION_UNTOLD


async def test_self_filed_dates_are_reminded(scenario_database: Database, cipher: Cipher):
    tick_scenario = TickScenario(scenario_database, cipher)

    async def begin(scenario: ComplaintScenario) -> None:
        await TrackSelfFiled(scenario.context)(CITIZEN, await scenario.drafted(), date(2026, 3, 19))

    await tick_scenario.work(begin)
    assert await tick_scenario.ticked(3, 30, 12) == []
    assert await tick_scenario.ticked(3, 31, 9) == [("self_kept_due", CITIZEN)]
    assert await tick_scenario.ticked(4, 1, 9) == [("self_kept_overdue", CITIZEN)]
    assert await tick_scenario.ticked(4, 2, 9) == []


async def test_answered_self_filed_dates_are_not_reminded(scenario_database: Database, cipher: Cipher):
    tick_scenario = TickScenario(scenario_database, cipher)

    async def begin(scenario: ComplaintScenario) -> None:
        one = await TrackSelfFiled(scenario.context)(CITIZEN, await scenario.drafted(), date(2026, 3, 19))
        await RecordSelfFiledAnswer(scenario.context)(CITIZEN, one.id, date(2026, 3, 19))

    await tick_scenario.work(begin)
    assert await tick_scenario.ticked(3, 31, 9) == []
    assert await tick_scenario.ticked(4, 1, 9) == []


async def test_redating_notifies_citizen_and_official(tick_scenario: TickScenario):
    async def redate(scenario: ComplaintScenario) -> None:
        changed = update(ComplaintRow).values(redated_at=datetime(2026, 3, 20, 4, 0, tzinfo=MORNING.tzinfo))
        await scenario.session.execute(changed.values(due_version=2))

    await tick_scenario.work(redate)
    assert await tick_scenario.ticked(3, 20, 12) == [("redated", HEAD), ("redated_citizen", CITIZEN)]
    assert await tick_scenario.ticked(3, 20, 13) == []
    tick_scenario.tick = tick_scenario.new_tick()
    late = await tick_scenario.ticked(4, 6, 9)  # two weeks later the change is no longer announced
    assert {stage for stage, _ in late} == {"overdue_4", "overdue_citizen"}
