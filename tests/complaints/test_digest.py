"""An official's digest: one message a working morning, ten rows of it, and never what no longer holds."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from accounts.cipher import Cipher
from accounts.roles import Role
from bot.app.complaints import ComplaintBackground
from bot.app.jobs import make_refreshers
from complaints.actions.taking import AssignComplaint, TakeComplaint
from complaints.attachments.folder import FileFolder
from complaints.case import case_of
from complaints.digest import DigestKind, DigestStage
from complaints.due import DueReader
from complaints.numbers import ComplaintNumber
from complaints.store import ComplaintStore
from complaints.tables import ComplaintRow
from database.engine import Database
from deadlines.calendar import WorkCalendar
from kernel.clock import ALMATY, FixedClock
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging.outbox.delivery import Delivery
from tests.complaints.factories import made
from tests.complaints.scenario import (
    CITIZEN,
    COORDINATOR,
    HEAD,
    MINISTRY,
    MORNING,
    OFFICER,
    POLICE,
    ComplaintScenario,
)
from tests.complaints.test_jobs import TickScenario, last
from tests.messaging.outgoing import rows
from tests.messaging.recording import Recorder, delivery_of

LATE = date(2026, 3, 2)  # when most complaints of these tests were registered: overdue for weeks


@dataclass(slots=True)
class Post:
    """The tick and the delivery of one bot, with its own texts."""

    scenario: TickScenario
    delivery: Delivery
    channel: Recorder
    background: ComplaintBackground

    @property
    def clock(self) -> FixedClock:
        return self.scenario.clock

    def at(self, month: int, day: int, hour: int, minute: int = 0) -> None:
        ComplaintScenario.at(self.scenario, date(2026, month, day), hour, minute)  # type: ignore[arg-type]

    async def deliver(self, *people: int) -> list[str]:
        """The texts that arrive now, in order."""
        before = len(self.channel.calls)
        for person in people or (HEAD, OFFICER, COORDINATOR, CITIZEN):
            await self.delivery.deliver(person)
        return [json.loads(call.payload)["text"] for call in self.channel.calls[before:]]

    async def tick(self, *people: int) -> list[str]:
        await self.scenario.tick.run()
        return await self.deliver(*people)

    async def fortnight(self, times: Sequence[tuple[int, int]]) -> dict[date, Counter[int]]:
        """How many messages reach the head and the officer each day, with a tick at each hour and minute."""
        arrived = {date(2026, 3, 30) + timedelta(days=number): Counter[int]() for number in range(14)}
        for day, counts in arrived.items():
            for hour, minute in times:
                self.at(day.month, day.day, hour, minute)
                await self.scenario.tick.run()
                for person in (HEAD, OFFICER):
                    counts[person] += len(await self.deliver(person))
        return arrived

    async def seed(self, *complaints: dict[str, object]) -> None:
        async with self.scenario.database.unit_of_work() as unit:
            await unit.session.execute(insert(ComplaintRow), list(complaints))
            await unit.commit()


@pytest.fixture
async def post(scenario_database: Database, cipher: Cipher, tmp_path: Path) -> Post:
    """With the ticks of complaints alone."""
    background = background_of(scenario_database, cipher, tmp_path)
    scenario = TickScenario(scenario_database, cipher, background.clock)
    scenario.renderer = background.renderer  # type: ignore[assignment]
    scenario.tick = scenario.new_tick()
    return await post_of(scenario, background)


def background_of(database: Database, cipher: Cipher, folder: Path) -> ComplaintBackground:
    return ComplaintBackground(
        database=database,
        clock=FixedClock(MORNING),
        catalogue=LiveCatalogue(),
        cipher=cipher,
        folder=FileFolder(folder),
        texts=Translations.load(),
    )


async def post_of(scenario: TickScenario, background: ComplaintBackground) -> Post:
    """With a head and an officer of the police."""
    channel = Recorder()
    delivery = delivery_of(scenario.database, channel, scenario.clock)
    delivery.refreshers = make_refreshers(background, scenario.clock, background.texts)

    async def begin(scenario: ComplaintScenario) -> None:
        await scenario.connect(POLICE)
        await scenario.add_membership(HEAD, Role.HEAD)
        await scenario.add_membership(OFFICER, Role.OFFICER)

    await scenario.work(begin)
    return Post(scenario, delivery, channel, background)


@pytest.mark.slow
@pytest.mark.parametrize("shared_scenario", ["sqlite"], indirect=True)
async def test_fortnight_with_fifty_overdue_is_one_message_a_working_day(post: Post, calendar: WorkCalendar):
    await post.seed(*(made(serial, LATE, assignee=OFFICER) for serial in range(1, 51)))
    hours = [(hour, 1) for hour in (0, 8, 9, 10, 14, 19)]
    for day, arrived in (await post.fortnight(hours)).items():
        expected = int(calendar.is_working(day))
        assert (arrived[HEAD], arrived[OFFICER]) == (expected, expected), day


async def test_digest_counts_and_lists_ten_by_due_date(post: Post):
    soon = date(2026, 3, 24)  # a term of seven days: due on 31 March
    late = [made(serial, LATE + timedelta(days=serial % 2), assignee=OFFICER) for serial in range(1, 13)]
    await post.seed(*late, made(13, soon, assignee=OFFICER))
    post.at(3, 31, 9)
    (text,) = await post.tick(OFFICER)
    assert "13" in text.splitlines()[0]
    assert "мерзімі өткен: 12" in text
    assert "мерзімі бүгін бітеді: 1" in text
    assert text.count("• ") == 10
    board = json.loads(post.channel.calls[-1].payload)["reply_markup"]["inline_keyboard"]
    buttons = [button["callback_data"] for row in board for button in row]
    assert len([data for data in buttons if data.startswith("oc:")]) == 10
    assert buttons[-1] == "cd:due:20260331:10"
    assert "(3)" in board[-1][-1]["text"]


async def test_new_complaint_comes_alone_beside_the_digest(post: Post):
    await post.seed(*(made(serial, LATE, assignee=OFFICER) for serial in range(1, 4)))
    post.at(4, 1, 9)
    assert len(await post.tick(OFFICER)) == 1
    await post.seed(made(9, LATE))  # weeks late, and nobody's

    async def assign(scenario: ComplaintScenario) -> None:
        scenario.at(date(2026, 4, 1), 11)
        await AssignComplaint(scenario.context)(HEAD, await last(scenario), OFFICER)

    await post.scenario.work(assign)
    (alone,) = await post.tick(OFFICER)
    assert "сізге берілді" in alone
    assert await post.tick(OFFICER) == []
    post.at(4, 2, 9)
    (digest,) = await post.tick(OFFICER)
    assert digest.count("• ") == 4


async def test_assigned_this_morning_is_not_told_twice(post: Post):
    """Assigned at eight: its notice, held back until nine, names the date; tomorrow's digest lists it."""
    await post.seed(made(1, LATE))
    post.at(4, 1, 8)

    async def assign(scenario: ComplaintScenario) -> None:
        await AssignComplaint(scenario.context)(HEAD, await last(scenario), OFFICER)

    await post.scenario.work(assign)
    post.at(4, 1, 9)
    (alone,) = await post.tick(OFFICER)
    assert "сізге берілді" in alone
    post.at(4, 2, 9)
    assert len(await post.tick(OFFICER)) == 1


async def test_only_the_last_of_waiting_digests_is_sent(post: Post):
    """Telegram is away for a day: "one working day left" is over when "due today" has come."""
    await post.seed(made(1, date(2026, 3, 24), assignee=OFFICER))
    post.at(3, 30, 9)
    await post.scenario.tick.run()
    post.at(3, 31, 9)
    (text,) = await post.tick(OFFICER)
    assert "бүгін" in text


async def test_clock_jump_sends_no_second_overdue(post: Post):
    await post.seed(made(1, LATE, assignee=OFFICER))
    for day in (1, 2, 3):
        post.at(4, day, 9)
        await post.scenario.tick.run()
    post.at(4, 3, 9, 1)
    for person in (OFFICER, HEAD):
        assert len(await post.tick(person)) == 1
    post.at(4, 2, 9, 1)  # and back
    assert await post.tick(OFFICER, HEAD) == []


@pytest.mark.slow
async def test_digest_says_what_holds_when_it_is_sent(post: Post):
    await post.seed(*(made(serial, LATE, assignee=OFFICER) for serial in range(1, 4)))
    post.at(4, 1, 9)
    await post.scenario.tick.run()

    async def close(scenario: ComplaintScenario) -> None:
        closed = {"closed_at": scenario.clock.now(), "closed_on": date(2026, 4, 1)}
        await scenario.session.execute(update(ComplaintRow).where(ComplaintRow.id < 3).values(**closed))

    await post.scenario.work(close)
    (text,) = await post.deliver(OFFICER)
    assert str(ComplaintNumber(year=2026, serial=3)) in text
    assert "• " not in text


async def test_digest_of_nothing_is_not_sent(post: Post):
    await post.seed(made(1, LATE, assignee=OFFICER))
    post.at(4, 1, 9)
    await post.scenario.tick.run()

    async def answer(scenario: ComplaintScenario) -> None:
        row = await ComplaintStore(scenario.session).lock(1)
        row.assignee = None
        await TakeComplaint(scenario.context)(OFFICER, row.id)
        await scenario.answer(case_of(row))

    await post.scenario.work(answer)
    assert await post.deliver(OFFICER, HEAD) == []
    assert {row.reason for row in await rows(post.scenario.database)} == {"stale"}


@pytest.mark.slow
async def test_events_of_the_night_come_only_if_they_still_hold(post: Post):
    """Taken and answered before the citizen's morning: the answer alone comes, in its newest words."""
    post.at(3, 30, 22)

    async def begin(scenario: ComplaintScenario) -> None:
        await scenario.answer(await scenario.taken())

    await post.scenario.work(begin)
    assert await post.deliver() == []
    post.at(3, 31, 9)
    (answer,) = await post.deliver(CITIZEN)
    assert "Шағымыңыз қаралды" in answer
    assert await post.deliver(OFFICER, HEAD) == []  # "new" is over too


async def test_citizen_is_not_told_of_what_is_over(post: Post):
    post.at(3, 19, 10)

    async def begin(scenario: ComplaintScenario) -> None:
        await scenario.taken()

    await post.scenario.work(begin)
    await post.deliver()
    post.at(4, 1, 9)
    await post.scenario.tick.run()

    async def answer(scenario: ComplaintScenario) -> None:
        await scenario.answer(case_of(await ComplaintStore(scenario.session).lock(await last(scenario))))

    await post.scenario.work(answer)
    (told,) = await post.deliver(CITIZEN)
    assert "Шағымыңыз қаралды" in told


@pytest.mark.slow
async def test_moved_dates_come_in_one_message(post: Post):
    moved = datetime(2026, 3, 20, 12, 0, tzinfo=ALMATY)
    later = {"due_on": date(2026, 5, 4), "late_after": date(2026, 5, 4), "redated_at": moved}
    await post.seed(*({**made(serial, LATE, assignee=OFFICER), **later} for serial in range(1, 13)))
    post.at(3, 20, 13)
    (text,) = await post.tick(OFFICER)
    assert "Күнтізбе өзгерді" in text
    assert text.count("• ") == 10
    assert await post.tick(OFFICER) == []


async def test_coordinator_reads_the_organisations_below(post: Post):
    async def begin(scenario: ComplaintScenario) -> None:
        await scenario.add_membership(COORDINATOR, Role.COORDINATOR, MINISTRY)

    await post.scenario.work(begin)
    await post.seed(*(made(serial, LATE, assignee=OFFICER) for serial in range(1, 3)))
    post.at(4, 1, 9)
    (text,) = await post.tick(COORDINATOR)
    assert text.count("• ") == 2
    async with post.scenario.database.session() as session:
        calendar = await post.scenario.calendar.current(session)
        reader = DueReader(session=session, now=post.clock.now(), calendar=calendar)
        stage = DigestStage(kind=DigestKind.DUE, day=date(2026, 3, 30))
        today = await reader.digest(COORDINATOR, stage)
        assert today is not None
        assert today.stage == DigestStage.read("due_20260401")
