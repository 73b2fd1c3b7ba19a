"""Claiming an update and loading its dialog records."""

from dataclasses import replace
from typing import Any

from aiogram.fsm.storage.base import StorageKey

from database.engine import Database
from messaging.inbox.intake import Arrival, Intake
from messaging.inbox.unit import DatabaseStorage, claim, update_unit
from messaging.outbox.message import OutboxMessage
from messaging.outbox.tables import OutboxRow
from messaging.outbox.writing import write
from tests.statements import statements

BOT, CHAT, GROUP = 42, 7, -7
KEY = StorageKey(bot_id=BOT, chat_id=CHAT, user_id=CHAT)
WINDOW = replace(KEY, destiny="window")


async def arrived(database: Database, clock, *updates: tuple[int, int]) -> None:
    """Updates as (number, chat)."""
    arrivals = [Arrival(update_id=number, chat_id=chat, payload=f"{number}") for number, chat in updates]
    await Intake(database=database, clock=clock, wake=lambda _: None).accept(arrivals)


async def remember(database: Database, clock, key: StorageKey, data: dict[str, Any]) -> None:
    async with update_unit(database, clock, key.chat_id) as unit:
        await DatabaseStorage(database, clock).set_data(key, data)
        await unit.commit()


async def test_private_chat_records_are_read_once(database: Database, clock):
    await remember(database, clock, KEY, {"about": "identity-card"})
    await remember(database, clock, WINDOW, {"_id": "w"})
    await remember(database, clock, replace(KEY, bot_id=43), {"about": "of another bot"})
    await arrived(database, clock, (1, CHAT), (2, CHAT))
    storage = DatabaseStorage(database, clock)
    with statements("SELECT", database.engine) as seen:
        async with update_unit(database, clock, CHAT) as unit:
            claimed = await claim(unit.session, CHAT)
            assert claimed is not None
            assert (claimed.update_id, claimed.payload, claimed.more) == (1, "1", True)
            assert await storage.get_data(KEY) == {"about": "identity-card"}
            assert await storage.get_data(WINDOW) == {"_id": "w"}
            assert await storage.get_data(replace(KEY, destiny="none such")) == {}
            await storage.set_data(KEY, {"about": "passport"})
            assert await storage.get_data(KEY) == {"about": "passport"}
            assert len([sql for sql in seen if "BEGIN" not in sql]) == 2  # the update, its records
            await unit.commit_handled(1)
    assert await storage.get_data(KEY) == {"about": "passport"}
    assert await storage.get_data(WINDOW) == {"_id": "w"}


async def test_window_sent_meanwhile_has_its_message_id(database: Database, clock):
    """A window drawn before it is sent has a placeholder (messaging/capture.py)."""
    message = OutboxMessage(
        chat_id=CHAT, method="sendMessage", payload={"chat_id": CHAT, "text": "?"}, placeholder_message_id=-5
    )
    async with database.unit_of_work() as work:
        await write(work.session, [message], clock.now())
        await work.commit()
    await remember(database, clock, WINDOW, {"last_message_id": -5})
    async with database.unit_of_work() as work:
        row = await work.session.get(OutboxRow, 1)
        assert row is not None
        row.message_id = 900
        await work.commit()
    await arrived(database, clock, (1, CHAT))
    async with update_unit(database, clock, CHAT) as unit:
        await claim(unit.session, CHAT)
        assert await DatabaseStorage(database, clock).get_data(WINDOW) == {"last_message_id": 900}


async def test_group_dialog_is_loaded_on_demand(database: Database, clock):
    of_group = StorageKey(bot_id=BOT, chat_id=GROUP, user_id=CHAT)
    await remember(database, clock, of_group, {"about": "identity-card"})
    await arrived(database, clock, (1, GROUP))
    async with update_unit(database, clock, GROUP) as unit:
        claimed = await claim(unit.session, GROUP)
        assert claimed is not None
        assert await DatabaseStorage(database, clock).get_data(of_group) == {"about": "identity-card"}


async def test_empty_queue_yields_no_update(database: Database, clock):
    await arrived(database, clock, (1, CHAT + 1))
    async with update_unit(database, clock, CHAT) as unit:
        assert await claim(unit.session, CHAT) is None


async def test_update_is_claimed_by_one_process(postgres_database: Database, clock):
    """The second process finds the update locked and takes none, which keeps the chat's order."""
    await arrived(postgres_database, clock, (1, CHAT), (2, CHAT))
    await remember(postgres_database, clock, KEY, {"about": "identity-card"})
    async with update_unit(postgres_database, clock, CHAT) as first:
        taken = await claim(first.session, CHAT)
        assert taken is not None
        async with update_unit(postgres_database, clock, CHAT) as second:
            assert await claim(second.session, CHAT) is None
        await first.commit_handled(taken.update_id)
    async with update_unit(postgres_database, clock, CHAT) as third:
        following = await claim(third.session, CHAT)
        assert following is not None
        assert (following.update_id, following.more) == (2, False)
