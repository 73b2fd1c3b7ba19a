"""Heads or administrators are notified of an undelivered notice, in the same transaction."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from bot.views.accounts.undelivered import UndeliveredNotices
from database.engine import Database
from kernel.clock import FixedClock
from localisation.translations import Translations
from messaging.outbox import claims
from messaging.outbox.delivery import Delivery
from messaging.outbox.reachability import unreachable_since
from messaging.outbox.tables import OutboxRow
from messaging.outbox.undelivered import UndeliveredNotice
from tests.messaging.recording import BLOCKED, Recorder, ask_working_days, delivery_of
from tests.notifications.factories import notice, rows, write

LOST, HEAD, OTHER_HEAD, ADMINISTRATOR = 1, 2, 3, 4


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """SQLite only: no SQL is under test here."""
    return sqlite_database


@pytest.fixture
def channel() -> Recorder:
    return Recorder(outcomes=[BLOCKED])


@pytest.fixture
def undelivered() -> UndeliveredNotices:
    return UndeliveredNotices(texts=Translations.load(), working_days=ask_working_days)


@pytest.fixture
def delivery(
    database: Database, channel: Recorder, clock: FixedClock, undelivered: UndeliveredNotices
) -> Delivery:
    return delivery_of(database, channel, clock, undelivered)


async def add_membership(database: Database, clock: FixedClock, *people: tuple[int, Role, str]) -> None:
    async with database.unit_of_work() as work:
        for person, role, organisation in people:
            one = Membership(
                number=0, telegram_id=person, organisation=organisation, role=role, joined_at=clock.now()
            )
            await MembershipStore(work.session).add(one, None)
        await work.commit()


async def notices(database: Database) -> Sequence[OutboxRow]:
    return [row for row in await rows(database) if (row.subject or "").startswith("reach/")]


async def test_head_is_notified_once_of_a_blocked_official(
    database: Database, delivery: Delivery, clock: FixedClock
):
    await add_membership(database, clock, (LOST, Role.OFFICER, "police"), (HEAD, Role.HEAD, "police"))
    await add_membership(
        database, clock, (OTHER_HEAD, Role.HEAD, "akimat"), (ADMINISTRATOR, Role.ADMINISTRATOR, "a")
    )
    await write(database, clock, notice(recipient=LOST), notice(recipient=LOST, stage="today"))
    await delivery.deliver(LOST)
    await write(database, clock, notice(recipient=LOST, stage="late"))
    clock.advance(timedelta(hours=1))
    await delivery.deliver(LOST)
    (row,) = await notices(database)
    assert (row.chat_id, row.audience) == (HEAD, "official")
    assert "police" in json.loads(row.payload)["text"]


async def test_head_is_notified_again_of_a_new_block(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await add_membership(database, clock, (LOST, Role.OFFICER, "police"), (HEAD, Role.HEAD, "police"))
    await write(database, clock, notice(recipient=LOST))
    await delivery.deliver(LOST)
    async with database.unit_of_work() as work:
        await claims.mark_reachable(work.session, LOST)
        await work.commit()
    clock.advance(timedelta(days=1))
    channel.outcomes = [BLOCKED]
    await write(database, clock, notice(recipient=LOST, stage="today"))
    await delivery.deliver(LOST)
    assert [row.chat_id for row in await notices(database)] == [HEAD, HEAD]


@pytest.mark.parametrize(
    ("role", "others"),
    [
        (Role.OFFICER, ()),  # the organisation's head has not joined
        (Role.HEAD, ()),  # the head is the recipient
        (Role.EDITOR, ((HEAD, Role.HEAD, "police"),)),  # heads are not responsible for the registry's editors
    ],
)
async def test_administrators_are_notified_without_a_head(
    database: Database,
    delivery: Delivery,
    clock: FixedClock,
    role: Role,
    others: tuple[tuple[int, Role, str], ...],
):
    await add_membership(
        database, clock, (LOST, role, "police"), (ADMINISTRATOR, Role.ADMINISTRATOR, "a"), *others
    )
    await write(database, clock, notice(recipient=LOST))
    await delivery.deliver(LOST)
    assert [row.chat_id for row in await notices(database)] == [ADMINISTRATOR]


async def test_administrators_are_notified_when_the_head_is_blocked(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await add_membership(database, clock, (LOST, Role.OFFICER, "police"), (HEAD, Role.HEAD, "police"))
    await add_membership(database, clock, (ADMINISTRATOR, Role.ADMINISTRATOR, "a"))
    channel.outcomes = [BLOCKED, BLOCKED]
    await write(database, clock, notice(recipient=HEAD), notice(recipient=LOST))
    await delivery.deliver(HEAD)
    await delivery.deliver(LOST)
    assert [row.chat_id for row in await notices(database)] == [ADMINISTRATOR, ADMINISTRATOR]


async def test_blocked_citizen_notifies_nobody(database: Database, delivery: Delivery, clock: FixedClock):
    await add_membership(
        database, clock, (HEAD, Role.HEAD, "police"), (ADMINISTRATOR, Role.ADMINISTRATOR, "a")
    )
    await write(database, clock, notice(recipient=LOST))
    await delivery.deliver(LOST)
    assert await notices(database) == []
    async with database.session() as session:
        assert await unreachable_since(session, [LOST, HEAD]) == {LOST: clock.now()}


async def test_notifier_gets_only_its_own_undelivered_notices(
    database: Database, channel: Recorder, clock: FixedClock
):
    heard: list[str] = []

    async def notifier(_: AsyncSession, given_up: UndeliveredNotice, __: datetime) -> None:
        heard.append(given_up.subject)

    undelivered = UndeliveredNotices(
        texts=Translations.load(), working_days=ask_working_days, notifiers={"complaint": notifier}
    )
    await write(database, clock, notice("complaint/7", recipient=LOST), notice("waiver/9", recipient=LOST))
    await delivery_of(database, channel, clock, undelivered).deliver(LOST)
    assert heard == ["complaint/7"]
