"""Whoever should know that a notice reached nobody hears of it, in the same transaction."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from bot.translations import Translations
from bot.untold import Untold
from database.engine import Database
from deadlines.clock import FixedClock
from messaging.outbox import claims
from messaging.outbox.delivery import Delivery
from messaging.outbox.given_up import GivenUp
from messaging.outbox.tables import OutboxRow
from notifications.reach import unreachable_since
from tests.notifications.samples import notice, rows, write
from tests.notifications.telegram import BLOCKED, Recorder, ask_working_days, delivery_of

LOST, HEAD, OTHER_HEAD, ADMINISTRATOR = 1, 2, 3, 4


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """On SQLite alone: what is tested here is no SQL."""
    return sqlite_database


@pytest.fixture
def channel() -> Recorder:
    return Recorder(outcomes=[BLOCKED])


@pytest.fixture
def untold() -> Untold:
    return Untold(texts=Translations.load(), working_days=ask_working_days)


@pytest.fixture
def delivery(database: Database, channel: Recorder, clock: FixedClock, untold: Untold) -> Delivery:
    return delivery_of(database, channel, clock, untold)


async def seat(database: Database, clock: FixedClock, *people: tuple[int, Role, str]) -> None:
    async with database.unit_of_work() as work:
        for person, role, organisation in people:
            one = Membership(
                number=0, telegram_id=person, organisation=organisation, role=role, joined_at=clock.now()
            )
            await MembershipStore(work.session).add(one, None)
        await work.commit()


async def told(database: Database) -> Sequence[OutboxRow]:
    return [row for row in await rows(database) if (row.subject or "").startswith("reach/")]


async def test_the_head_hears_once_that_his_official_blocked_the_bot(
    database: Database, delivery: Delivery, clock: FixedClock
):
    await seat(database, clock, (LOST, Role.OFFICER, "police"), (HEAD, Role.HEAD, "police"))
    await seat(database, clock, (OTHER_HEAD, Role.HEAD, "akimat"), (ADMINISTRATOR, Role.ADMINISTRATOR, "a"))
    await write(database, clock, notice(recipient=LOST), notice(recipient=LOST, stage="today"))
    await delivery.deliver(LOST)
    await write(database, clock, notice(recipient=LOST, stage="late"))
    clock.advance(timedelta(hours=1))
    await delivery.deliver(LOST)
    (row,) = await told(database)
    assert (row.chat_id, row.audience) == (HEAD, "official")
    assert "police" in json.loads(row.payload)["text"]


async def test_he_hears_again_when_it_is_blocked_again(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await seat(database, clock, (LOST, Role.OFFICER, "police"), (HEAD, Role.HEAD, "police"))
    await write(database, clock, notice(recipient=LOST))
    await delivery.deliver(LOST)
    async with database.unit_of_work() as work:
        await claims.mark_reachable(work.session, LOST)
        await work.commit()
    clock.advance(timedelta(days=1))
    channel.outcomes = [BLOCKED]
    await write(database, clock, notice(recipient=LOST, stage="today"))
    await delivery.deliver(LOST)
    assert [row.chat_id for row in await told(database)] == [HEAD, HEAD]


@pytest.mark.parametrize(
    ("role", "others"),
    [
        (Role.OFFICER, ()),  # an organisation whose head has not joined
        (Role.HEAD, ()),  # the head himself
        (Role.EDITOR, ((HEAD, Role.HEAD, "police"),)),  # a head has no say over the registry's editors
    ],
)
async def test_administrators_hear_of_it_where_there_is_no_head(
    database: Database,
    delivery: Delivery,
    clock: FixedClock,
    role: Role,
    others: tuple[tuple[int, Role, str], ...],
):
    await seat(database, clock, (LOST, role, "police"), (ADMINISTRATOR, Role.ADMINISTRATOR, "a"), *others)
    await write(database, clock, notice(recipient=LOST))
    await delivery.deliver(LOST)
    assert [row.chat_id for row in await told(database)] == [ADMINISTRATOR]


async def test_administrators_hear_of_it_where_the_head_is_lost_too(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await seat(database, clock, (LOST, Role.OFFICER, "police"), (HEAD, Role.HEAD, "police"))
    await seat(database, clock, (ADMINISTRATOR, Role.ADMINISTRATOR, "a"))
    channel.outcomes = [BLOCKED, BLOCKED]
    await write(database, clock, notice(recipient=HEAD), notice(recipient=LOST))
    await delivery.deliver(HEAD)
    await delivery.deliver(LOST)
    assert [row.chat_id for row in await told(database)] == [ADMINISTRATOR, ADMINISTRATOR]


async def test_of_a_citizen_nobody_hears_by_himself(
    database: Database, delivery: Delivery, clock: FixedClock
):
    await seat(database, clock, (HEAD, Role.HEAD, "police"), (ADMINISTRATOR, Role.ADMINISTRATOR, "a"))
    await write(database, clock, notice(recipient=LOST))
    await delivery.deliver(LOST)
    assert await told(database) == []
    async with database.session() as session:
        assert await unreachable_since(session, [LOST, HEAD]) == {LOST: clock.now()}


async def test_a_subject_s_own_teller_hears_of_its_notices_alone(
    database: Database, channel: Recorder, clock: FixedClock
):
    heard: list[str] = []

    async def teller(_: AsyncSession, given_up: GivenUp, __: datetime) -> None:
        heard.append(given_up.subject)

    untold = Untold(texts=Translations.load(), working_days=ask_working_days, tellers={"complaint": teller})
    await write(database, clock, notice("complaint/7", recipient=LOST), notice("filing/9", recipient=LOST))
    await delivery_of(database, channel, clock, untold).deliver(LOST)
    assert heard == ["complaint/7"]
