"""A notice is sent once, within its hours, and only for the current date."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from kernel.clock import FixedClock
from messaging.outbox import writing as outbox
from messaging.outbox.channel import Refused
from messaging.outbox.delivery import Delivery
from messaging.outbox.hours import Audience
from messaging.outbox.undelivered import UndeliveredNotice
from notifications.notices import Notices
from notifications.personal_data import PersonalDataError
from tests.messaging.recording import BLOCKED, Recorder, delivery_of, is_working
from tests.notifications.factories import local, move, notice, rows, write


async def test_notice_is_written_once_and_sent(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    assert await write(database, clock, notice(), notice(recipient=2)) == 2
    assert await write(database, clock, notice(), notice(stage="today")) == 1
    await delivery.deliver(1)
    await delivery.deliver(2)
    assert channel.texts() == ["waiver/17 1 soon", "waiver/17 1 today", "waiver/17 1 soon"]


async def test_rolled_back_notice_is_not_stored(database: Database, clock: FixedClock):
    async with database.unit_of_work() as work:
        await Notices(session=work.session, is_working=is_working).write([notice()], clock.now())
    assert await rows(database) == []


@pytest.mark.parametrize(
    ("audience", "instants"),  # now; due; sent
    [
        (Audience.OFFICIAL, ("2026-03-19 10:00", "2026-03-19 08:00", "2026-03-19 10:00")),  # late, at once
        (Audience.OFFICIAL, ("2026-03-19 03:00", "2026-03-18 10:00", "2026-03-19 09:00")),  # late, at night
        (Audience.OFFICIAL, ("2026-03-19 10:00", "2026-03-21 10:00", "2026-03-26 09:00")),  # over Nauryz
        (Audience.CITIZEN, ("2026-03-19 10:00", "2026-03-21 22:00", "2026-03-22 09:00")),
    ],
)
async def test_notice_is_scheduled_for_the_first_allowed_hour(
    database: Database, clock: FixedClock, audience: Audience, instants: tuple[str, str, str]
):
    clock.instant, due_at, send_at = map(local, instants)
    await write(database, clock, notice(audience=audience, due_at=due_at))
    assert [row.send_at for row in await rows(database)] == [send_at]


async def test_notice_delayed_into_the_night_waits_for_morning(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await write(database, clock, notice(), notice(subject="waiver/18", audience=Audience.CITIZEN))
    clock.instant = local("2026-03-19 19:00")  # officials have gone home, citizens have not
    await delivery.deliver(1)
    assert channel.texts() == ["waiver/18 1 soon"]
    clock.instant = local("2026-03-20 08:59")
    await delivery.deliver(1)
    assert len(channel.calls) == 1
    clock.instant = local("2026-03-20 09:00")
    await delivery.deliver(1)
    assert channel.texts() == ["waiver/18 1 soon", "waiver/17 1 soon"]


async def test_moved_date_replaces_pending_notices(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await write(database, clock, notice(stage="taken"))
    await delivery.deliver(1)
    await write(database, clock, notice(stage="soon"), notice(subject="waiver/18"))
    await move(database, clock, "waiver/17", 2)
    await write(database, clock, notice(version=2, stage="soon"))
    await delivery.deliver(1)
    assert channel.texts() == ["waiver/17 1 taken", "waiver/18 1 soon", "waiver/17 2 soon"]
    dropped = [row for row in await rows(database) if row.reason == "dropped"]
    assert [(row.key, row.payload) for row in dropped] == [("waiver/17/1/soon/1", "")]


async def test_later_version_supersedes_pending_notices(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await write(database, clock, notice())
    await write(database, clock, notice(version=2))
    await delivery.deliver(1)
    assert channel.texts() == ["waiver/17 2 soon"]


async def test_notice_of_an_earlier_version_is_ignored(database: Database, clock: FixedClock):
    await move(database, clock, "waiver/17", 3)
    assert await write(database, clock, notice(version=2)) == 0
    await move(database, clock, "waiver/17", 1)  # a slower process
    assert await write(database, clock, notice(version=2)) == 0
    assert await write(database, clock, notice(version=3)) == 1


async def test_reminder_on_the_day_of_the_move_is_sent(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await write(database, clock, notice(stage="today"))
    await delivery.deliver(1)
    await write(database, clock, notice(version=2, stage="today"))
    await delivery.deliver(1)
    assert channel.texts() == ["waiver/17 1 today", "waiver/17 2 today"]


async def test_deleted_notice_is_not_written_again(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await write(database, clock, notice())
    await delivery.deliver(1)
    clock.advance(outbox.RETENTION + timedelta(days=1))
    async with database.unit_of_work() as work:
        await outbox.forget_old(work.session, clock.now())
        await work.commit()
    assert await write(database, clock, notice()) == 0


async def test_oldest_notice_is_sent_first(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    stages = [("third", 1), ("first", 3), ("second", 2)]
    late = [notice(stage=stage, due_at=clock.now() - timedelta(days=days)) for stage, days in stages]
    await write(database, clock, *late)
    await delivery.deliver(1)
    assert [text.split()[-1] for text in channel.texts()] == ["first", "second", "third"]


def test_official_notice_rejects_an_iin():
    with pytest.raises(PersonalDataError):
        notice(payload={"text": "900101300123"})
    assert notice(payload={"text": "900101300123"}, audience=Audience.CITIZEN)


def test_ambiguous_stage_name_is_rejected():
    with pytest.raises(ValueError, match="not a stage name"):
        notice(stage="1/soon")


async def test_undelivered_notices_are_reported(database: Database, channel: Recorder, clock: FixedClock):
    given_up: list[UndeliveredNotice] = []

    async def tell_the_head(session: AsyncSession, one: UndeliveredNotice, now: datetime) -> None:
        given_up.append(one)
        reply = notice(subject="reach/1", stage="lost", recipient=9)
        await Notices(session=session, is_working=is_working).write([reply], now)

    channel.outcomes = [BLOCKED]
    delivery = delivery_of(database, channel, clock, tell_the_head)
    await write(database, clock, notice(), notice(stage="today"))
    await delivery.deliver(1)
    await write(database, clock, notice(stage="late"))
    await delivery.deliver(1)  # skipped: the chat is known to be unreachable
    await delivery.deliver(9)
    assert [(one.key, one.reason) for one in given_up] == [
        (f"waiver/17/1/{stage}/1", "unreachable") for stage in ("soon", "today", "late")
    ]
    assert channel.texts() == ["waiver/17 1 soon", "reach/1 1 lost"]


async def test_failed_report_keeps_the_delivery_results(
    database: Database, channel: Recorder, clock: FixedClock
):
    async def fail(session: AsyncSession, one: UndeliveredNotice, now: datetime) -> None:
        await Notices(session=session, is_working=is_working).write([notice(stage="half", recipient=9)], now)
        raise LookupError(one.key)

    channel.outcomes = [Refused(code=400, description="Bad Request: can't parse entities")] * 3
    await write(database, clock, notice())
    await delivery_of(database, channel, clock, fail).deliver(1)
    assert [(row.key, row.reason) for row in await rows(database)] == [("waiver/17/1/soon/1", "refused_400")]


async def test_report_is_retried_after_a_database_error(
    database: Database, channel: Recorder, clock: FixedClock
):
    reported: list[str] = []

    async def deadlock_once(_session: AsyncSession, one: UndeliveredNotice, _now: datetime) -> None:
        reported.append(one.key)
        if len(reported) == 1:
            raise OperationalError("insert", {}, Exception("deadlock detected"))

    channel.outcomes = [BLOCKED, BLOCKED]
    delivery = delivery_of(database, channel, clock, deadlock_once)
    await write(database, clock, notice())
    await delivery.deliver(1)
    assert [row.given_up_at for row in await rows(database)] == [None]
    await delivery.deliver(1)
    assert [row.reason for row in await rows(database)] == ["unreachable"]
    assert len(reported) == 2


@pytest.mark.postgres
async def test_concurrent_writers_store_each_notice_once(postgres_database: Database, clock: FixedClock):
    forwards = [notice(subject=f"waiver/{number}") for number in range(40)]
    many = [forwards, forwards[::-1], forwards[20:] + forwards[:20]]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(write(postgres_database, clock, *one)) for one in many for _ in range(3)]
    assert sum(task.result() for task in tasks) == 40
