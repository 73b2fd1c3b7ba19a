"""Complaints and filings reach an official in one message a morning."""

import json
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update

from accounts.cipher import Cipher
from accounts.person import PersonStore
from bot.app.jobs import make_tick
from bot.app.reminders import digest_view
from bot.views.morning.listing import DigestEntry, ListedDigest
from bot.views.morning.view import DigestScreens
from complaints.digest import DigestStage
from database.engine import Database
from deadlines.calendar import WorkCalendar
from kernel.language import Language
from reminders.tables import FilingRow, ReminderScheduleRow
from tests.complaints.factories import made
from tests.complaints.scenario import HEAD, OFFICER, POLICE, ComplaintScenario
from tests.complaints.test_digest import LATE, Post, background_of, post_of
from tests.complaints.test_jobs import TickScenario
from tests.messaging.outgoing import rows

pytestmark = pytest.mark.parametrize("shared_scenario", ["sqlite"], indirect=True)


@pytest.fixture
async def post(scenario_database: Database, cipher: Cipher, tmp_path: Path) -> Post:
    """With every tick; the filings are those of the tests alone."""
    background = background_of(scenario_database, cipher, tmp_path)
    scenario = TickScenario(scenario_database, cipher, background.clock)
    scenario.renderer = background.renderer  # type: ignore[assignment]
    jobs = background.jobs(scenario.calendar)
    scenario.tick = make_tick(scenario_database, background.clock, background.texts, jobs)
    post = await post_of(scenario, background)
    post.at(3, 27, 20)  # after hours: filings are generated, nobody is reminded
    await post.tick()

    async def clear(scenario: ComplaintScenario) -> None:
        await scenario.session.execute(delete(FilingRow))

    await scenario.work(clear)
    return post


async def owe(post: Post, count: int, due: date, **more: object) -> None:
    """`count` filings of the police that are due on a day, with a reminder that is due at once."""
    rows = [
        {
            "organisation": POLICE,
            "obligation": "form.1-mq",
            "occasion": f"{1000 + 30 * due.day + number}Q1",
            "named_on": due,
            "lead_on": due,
            "late_after": due,
            "expected": False,
            "version": 1,
            "state": "open",
            "remind_at": datetime(2026, 1, 1, tzinfo=UTC),
            **more,
        }
        for number in range(count)
    ]

    async def add(scenario: ComplaintScenario) -> None:
        await scenario.session.execute(insert(FilingRow), rows)

    await post.scenario.work(add)


@pytest.mark.slow
async def test_fortnight_of_a_head_is_one_message_a_working_day(post: Post, calendar: WorkCalendar):
    """Fifty complaints and twenty filings, all overdue, and none new."""
    await post.seed(*(made(serial, LATE, assignee=OFFICER) for serial in range(1, 51)))
    await owe(post, 20, date(2026, 3, 20))
    times = ((0, 1), (8, 59), (9, 0), (9, 1), (14, 1), (19, 1))
    for day, arrived in (await post.fortnight(times)).items():
        expected = int(calendar.is_working(day))
        assert (arrived[HEAD], arrived[OFFICER]) == (expected, expected), day


async def test_one_list_by_due_date_with_counts_ten_rows_and_the_rest(post: Post):
    await post.seed(*(made(serial, LATE, assignee=OFFICER) for serial in range(1, 7)))
    await owe(post, 4, date(2026, 3, 2))
    await owe(post, 3, date(2026, 3, 31))
    post.at(3, 31, 9)
    (text,) = await post.tick(OFFICER)
    assert "13" in text.splitlines()[0]
    complaints, filings = "Шағымдар: 6", "міндеттер: 7"
    for counted in (complaints, "өткен: 6", filings, "өткен: 4", "бүгін соңғы жұмыс күні: 3"):
        assert counted in text, counted
    assert text.count("• ") == 10
    days = [text.index(day) for day in ("02.03.2026", "09.03.2026")]
    assert days == sorted(days)
    board = json.loads(post.channel.calls[-1].payload)["reply_markup"]["inline_keyboard"]
    data = [button["callback_data"] for row in board for button in row]
    assert Counter(one.split(":")[0] for one in data) == {"oc": 6, "fl": 5, "cd": 1}
    assert data[-1] == "cd:due:20260331:10"
    async with post.scenario.database.session() as session:
        screens = DigestScreens(
            context=await post.background.readers.of(session, OFFICER),
            names=digest_view(post.background.texts).names,
            session=session,
            calendar=await post.scenario.calendar.current(session),
            person=OFFICER,
        )
        rest = await screens.at(DigestStage.read("due_20260331"), 10)
    assert rest is not None
    assert rest.text.count("• ") == 3
    assert "11–13" in rest.text


@pytest.mark.slow
async def test_filings_that_come_later_that_day_come_alone(post: Post):
    await post.seed(made(1, LATE, assignee=OFFICER), made(2, LATE, assignee=OFFICER))
    await owe(post, 1, date(2026, 4, 1))
    post.at(4, 1, 9)
    (first,) = await post.tick(OFFICER)
    assert first.count("• ") == 3
    await owe(post, 2, date(2026, 4, 2))
    post.at(4, 1, 11)
    (second,) = await post.tick(OFFICER)
    assert second.count("• ") == 2
    assert "Шағым" not in second


@pytest.mark.slow
async def test_only_the_last_of_waiting_mornings_is_sent_and_misses_nothing(post: Post):
    """Telegram is away for a day: what the first message would have said stands in the second."""
    await post.seed(made(1, LATE, assignee=OFFICER))
    await owe(post, 1, date(2026, 4, 14), remind_at=datetime(2026, 3, 31, 4, tzinfo=UTC))
    post.at(3, 31, 9)
    await post.scenario.tick.run()
    await owe(post, 1, date(2026, 4, 2))
    post.at(4, 1, 9)
    (text,) = await post.tick(OFFICER)
    assert "02.04.2026" in text
    assert "9 жұмыс күні" in text  # ten when the first was written
    assert text.count("• ") == 3
    assert await post.tick(OFFICER) == []
    written = await rows(post.scenario.database)
    assert {row.reason for row in written if row.chat_id == OFFICER} == {None, "stale"}


async def test_reminder_says_what_holds_in_the_language_of_then(post: Post):
    await owe(post, 2, date(2026, 4, 2))
    post.at(4, 1, 9)
    await post.scenario.tick.run()

    async def change(scenario: ComplaintScenario) -> None:
        await PersonStore(scenario.session).keep_language(OFFICER, Language.EN, scenario.clock.now())
        submitted = update(FilingRow).where(FilingRow.occasion == "1061Q1")
        await scenario.session.execute(submitted.values(state="submitted", remind_at=None))

    await post.scenario.work(change)
    (text,) = await post.deliver(OFFICER)
    assert "Due soon" in text
    assert text.count("• ") == 1


async def test_reminder_of_nothing_is_not_sent(post: Post):
    await owe(post, 2, date(2026, 4, 2))
    post.at(4, 1, 9)
    await post.scenario.tick.run()

    async def waive(scenario: ComplaintScenario) -> None:
        await scenario.session.execute(update(FilingRow).values(state="waived", remind_at=None))

    await post.scenario.work(waive)
    assert await post.deliver(OFFICER, HEAD) == []


async def test_hour_of_an_organisation_is_kept(post: Post):
    """Its filings come at its hour, without the complaints of the morning."""
    await post.seed(made(1, LATE, assignee=OFFICER))

    async def at_two(scenario: ComplaintScenario) -> None:
        row = {"organisation": POLICE, "days": [1], "at": time(14), "set_by": HEAD}
        await scenario.session.execute(insert(ReminderScheduleRow), [{**row, "set_at": scenario.clock.now()}])

    await post.scenario.work(at_two)
    await owe(post, 1, date(2026, 4, 2), remind_at=datetime(2026, 4, 1, 9, tzinfo=UTC))
    post.at(4, 1, 9)
    (complaints,) = await post.tick(OFFICER)
    assert "№ 26-00000001" in complaints
    post.at(4, 1, 14)
    (filings,) = await post.tick(OFFICER)
    assert "02.04.2026" in filings
    assert "№ 26-00000001" not in filings


async def test_longest_entries_fit_one_message_and_none_is_lost(post: Post):
    entries = [
        DigestEntry(day=LATE + timedelta(days=number), head="h" * 340, text="x" * 300, open=None)
        for number in range(25)
    ]
    async with post.scenario.database.session() as session:
        context = await post.background.readers.of(session, OFFICER)
    listed = ListedDigest(
        context=context, stage=DigestStage.read("due_20260331"), heading=["y" * 500], entries=entries
    )
    seen, start = 0, 0
    while seen < len(entries):
        screen = listed.screen(start)
        assert len(screen.text) <= 4096
        seen += screen.text.count("x" * 300)
        assert screen.keyboard is not None
        start = int((screen.keyboard.inline_keyboard[-1][-1].callback_data or "").rpartition(":")[2])
    assert seen == len(entries)
