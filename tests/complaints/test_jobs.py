"""What time alone makes due: told once, to whom it concerns, from the state and not from a window."""

from datetime import date, datetime

import pytest
from sqlalchemy import select, update

from accounts.cipher import Cipher
from accounts.officials.tables import LeaveRow
from accounts.roles import Role
from complaints.actions.extending import AskExtension
from complaints.actions.keeping import KeepDates
from complaints.actions.taking import Take
from complaints.case import case_of
from complaints.facts import ExtensionReason
from complaints.jobs import make_jobs
from complaints.tables import ComplaintRow
from complaints.telling import Told
from database.engine import Database
from deadlines.clock import FixedClock
from deadlines.queries import LiveCalendar
from messaging.outbox.tables import OutboxRow
from messaging.outbox.working_days import WorkingDays
from notifications.tick import Tick
from tests.complaints.hall import (
    AKIMAT,
    CITIZEN,
    COLLEAGUE,
    COORDINATOR,
    HEAD,
    MORNING,
    OF_AKIMAT,
    OFFICER,
    POLICE,
    Hall,
    RecordedWords,
)


class Office:
    """The tick over a database of its own; each use case in a unit of work that commits."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self.database, self.cipher = database, cipher
        self.clock = FixedClock(MORNING)
        self.calendar = LiveCalendar(self.clock)
        self.words = RecordedWords()
        self.tick = self.new_tick()
        self.seen = 0

    def new_tick(self) -> Tick:
        """As another process has it."""
        return Tick(
            database=self.database,
            clock=self.clock,
            working_days=WorkingDays(self.calendar),
            jobs=make_jobs(self.calendar, self.words),
        )

    async def work(self, deed):
        async with self.database.unit_of_work() as unit:
            hall = Hall(
                unit=unit, cipher=self.cipher, calendar=self.calendar, clock=self.clock, words=self.words
            )
            done = await deed(hall)
            await unit.commit()
            return done

    async def told(self) -> list[tuple[str, int]]:
        """What is new in the outbox since this was asked last: the stage and the recipient."""
        async with self.database.session() as session:
            query = select(OutboxRow).where(OutboxRow.id > self.seen).order_by(OutboxRow.id)
            rows = (await session.scalars(query)).all()
        self.seen = max((row.id for row in rows), default=self.seen)
        return [(str(row.key).split("/")[3], row.chat_id) for row in rows]

    async def ticked(self, *when: int) -> list[tuple[str, int]]:
        """Tick at month, day, hour; what was told then."""
        Hall.at(self, date(2026, *when[:2]), *when[2:])  # type: ignore[arg-type]
        await self.tick.run()
        return await self.told()


@pytest.fixture
async def office(hall_database: Database, cipher: Cipher) -> Office:
    """A complaint that came on Thursday 19 March and is due on Tuesday 31 March."""
    office = Office(hall_database, cipher)

    async def begin(hall: Hall) -> None:
        await hall.connect(POLICE)
        await hall.staff()
        await hall.sent()

    await office.work(begin)
    await office.told()
    return office


async def last(hall: Hall) -> int:
    return (
        await hall.session.scalars(select(ComplaintRow.id).order_by(ComplaintRow.id.desc()).limit(1))
    ).one()


async def take(office: Office) -> None:
    async def deed(hall: Hall) -> None:
        await Take(hall.desk)(OFFICER, await last(hall))

    await office.work(deed)
    await office.told()


async def test_the_whole_ladder_of_a_complaint_that_nobody_answers(office: Office):
    await take(office)
    assert await office.ticked(3, 26, 15) == []
    assert await office.ticked(3, 27, 9) == [("two_days", OFFICER)]
    assert await office.ticked(3, 27, 15) == []
    assert await office.ticked(3, 30, 9) == [("one_day", OFFICER)]
    assert await office.ticked(3, 31, 9) == [("due_today", OFFICER)]
    assert await office.ticked(4, 1, 9) == [
        ("overdue_1", OFFICER),
        ("overdue_1", HEAD),  # from the first overdue day
        ("overdue_citizen", CITIZEN),
    ]
    assert await office.ticked(4, 2, 9) == [("overdue_2", OFFICER), ("overdue_2", HEAD)]
    assert await office.ticked(4, 3, 9) == [
        ("overdue_3", OFFICER),
        ("overdue_3", HEAD),
        ("overdue_3", COORDINATOR),  # of the organisation above, from the third
    ]
    assert await office.ticked(4, 5, 12) == []  # Sunday
    assert [stage for stage, _ in await office.ticked(4, 6, 9)] == ["overdue_4"] * 3


async def test_what_nobody_has_goes_to_the_head(office: Office):
    assert await office.ticked(3, 27, 9) == [("two_days", HEAD)]
    assert await office.ticked(4, 1, 9) == [("overdue_1", HEAD), ("overdue_citizen", CITIZEN)]


async def test_after_an_outage_only_what_still_holds_is_told(office: Office):
    await take(office)
    assert await office.ticked(4, 2, 12) == [
        ("overdue_2", OFFICER),
        ("overdue_2", HEAD),
        ("overdue_citizen", CITIZEN),
    ]


async def test_another_process_tells_nothing_twice(office: Office):
    await take(office)
    await office.ticked(3, 27, 9)
    office.tick = office.new_tick()
    assert await office.ticked(3, 27, 10) == []


async def test_what_is_answered_is_told_of_no_more(office: Office):
    await take(office)

    async def answer(hall: Hall) -> None:
        row = await hall.session.get(ComplaintRow, await last(hall))
        assert row is not None
        hall.at(date(2026, 3, 30))
        await hall.answer(case_of(row))

    await office.work(answer)
    await office.told()
    assert await office.ticked(3, 31, 9) == []
    assert await office.ticked(4, 3, 9) == []


async def test_the_deputy_and_the_heir_hear_of_what_they_have(office: Office):
    await take(office)

    async def go_on_leave(hall: Hall) -> None:
        leave = LeaveRow(
            telegram_id=OFFICER,
            organisation=POLICE,
            deputy=COLLEAGUE,
            first_day=date(2026, 3, 27),
            last_day=date(2026, 3, 27),
            made_at=MORNING,
        )
        hall.session.add(leave)

    await office.work(go_on_leave)
    assert await office.ticked(3, 27, 9) == [("two_days", COLLEAGUE)]
    assert await office.ticked(3, 30, 9) == [("one_day", OFFICER)]


async def test_a_due_date_that_moved_has_a_ladder_of_its_own(hall_database: Database, cipher: Cipher):
    office = Office(hall_database, cipher)

    async def begin(hall: Hall) -> None:
        await hall.connect(AKIMAT)
        await hall.seat(HEAD, Role.HEAD, AKIMAT)
        hall.service = OF_AKIMAT
        await hall.taken(by=HEAD)

    await office.work(begin)
    await office.told()
    assert await office.ticked(3, 30, 9) == [("one_day", HEAD)]

    async def extend(hall: Hall) -> None:
        await AskExtension(hall.desk)(HEAD, await last(hall), 10, ExtensionReason.STUDY)

    await office.work(extend)
    assert [stage.rpartition("_")[0] for stage, _ in await office.told()] == ["extended"]
    assert await office.ticked(3, 31, 9) == []
    assert await office.ticked(4, 13, 9) == [("one_day", HEAD)]  # 14 April is the new date
    assert [one.told for one in office.words.told][-1] is Told.ONE_DAY


async def extended_on_paper(hall: Hall) -> None:
    """A complaint that came on paper is extended: its citizen is still to be told, by 27 March."""
    await hall.seat(HEAD, Role.HEAD, AKIMAT)
    case = await hall.entered(by=HEAD, organisation=AKIMAT)
    await Take(hall.desk)(HEAD, case.id)
    await AskExtension(hall.desk)(HEAD, case.id, 10, ExtensionReason.STUDY)


async def test_an_extension_that_is_still_to_be_told(hall_database: Database, cipher: Cipher):
    office = Office(hall_database, cipher)

    await office.work(extended_on_paper)
    await office.told()
    assert await office.ticked(3, 20, 9) == []
    assert await office.ticked(3, 26, 9) == [("one_day", HEAD)]
    assert await office.ticked(3, 27, 9) == [("due_today", HEAD)]
    assert office.words.told[-1].told is Told.EXTENSION_UNTOLD


async def test_dates_that_a_citizen_keeps_with_us(hall_database: Database, cipher: Cipher):
    office = Office(hall_database, cipher)

    async def begin(hall: Hall) -> None:
        await KeepDates(hall.desk)(CITIZEN, await hall.drafted(), date(2026, 3, 19))

    await office.work(begin)
    assert await office.ticked(3, 30, 12) == []
    assert await office.ticked(3, 31, 9) == [("self_kept_due", CITIZEN)]
    assert await office.ticked(4, 1, 9) == [("self_kept_overdue", CITIZEN)]
    assert await office.ticked(4, 2, 9) == []


async def test_a_re_dated_complaint_is_told_of_to_both(office: Office):
    async def redate(hall: Hall) -> None:
        changed = update(ComplaintRow).values(redated_at=datetime(2026, 3, 20, 4, 0, tzinfo=MORNING.tzinfo))
        await hall.session.execute(changed.values(due_version=2))

    await office.work(redate)
    assert await office.ticked(3, 20, 12) == [("redated", HEAD), ("redated_citizen", CITIZEN)]
    assert await office.ticked(3, 20, 13) == []
    office.tick = office.new_tick()
    late = await office.ticked(4, 6, 9)  # two weeks later the change is news to nobody
    assert {stage for stage, _ in late} == {"overdue_4", "overdue_citizen"}
