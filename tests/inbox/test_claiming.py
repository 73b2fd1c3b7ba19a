"""An update is taken together with what its handling reads first: the talk and whose it is."""

from dataclasses import replace
from typing import Any

import pytest
from aiogram.fsm.storage.base import StorageKey

from accounts.person import Person
from accounts.store import PersonStore
from bot.inbox.claiming import claim
from bot.inbox.intake import Arrival, Intake
from bot.inbox.unit import update_unit
from bot.storage import DatabaseStorage
from database.engine import Database
from notifications.outbox import Letter, write
from notifications.tables import OutboxRow
from registry_data.schema import Language
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


@pytest.mark.parametrize("chosen", [None, Language.EN])
async def test_one_statement_takes_the_update_and_reads_the_talk(
    database: Database, clock, chosen: Language | None
):
    async with database.unit_of_work() as work:
        if chosen is not None:
            await PersonStore(work.session).keep_language(CHAT, chosen, clock.now())
        await work.commit()
    await remember(database, clock, KEY, {"about": "identity-card"})
    await remember(database, clock, WINDOW, {"_id": "w"})
    await remember(database, clock, replace(KEY, bot_id=43), {"about": "of another bot"})
    await arrived(database, clock, (1, CHAT), (2, CHAT))
    storage = DatabaseStorage(database, clock)
    with statements("SELECT") as seen:
        async with update_unit(database, clock, CHAT) as unit:
            claimed = await claim(unit, BOT)
            assert claimed is not None
            assert (claimed.update_id, claimed.payload, claimed.more) == (1, "1", True)
            assert unit.person == Person(telegram_id=CHAT, language=chosen)
            assert await storage.get_data(KEY) == {"about": "identity-card"}
            assert await storage.get_data(WINDOW) == {"_id": "w"}
            assert await storage.get_data(replace(KEY, destiny="none such")) == {}
            await storage.set_data(KEY, {"about": "passport"})
            assert await storage.get_data(KEY) == {"about": "passport"}
            assert len([one for one in seen if "BEGIN" not in one]) == 1
            await unit.commit_handled(1)
    assert await storage.get_data(KEY) == {"about": "passport"}
    assert await storage.get_data(WINDOW) == {"_id": "w"}


async def test_whoever_was_never_met_is_a_person_without_a_talk(database: Database, clock):
    await arrived(database, clock, (1, CHAT))
    async with update_unit(database, clock, CHAT) as unit:
        assert await claim(unit, BOT) is not None
        assert (unit.person, unit.talk) == (Person(telegram_id=CHAT), {})
        assert await DatabaseStorage(database, clock).get_data(KEY) == {}


async def test_a_window_whose_message_was_sent_meanwhile_knows_its_number(database: Database, clock):
    """What is drawn before it is sent stands under a stand-in (bot/capture.py)."""
    letter = Letter(chat_id=CHAT, method="sendMessage", payload={"chat_id": CHAT, "text": "?"}, stand_in=-5)
    async with database.unit_of_work() as work:
        await write(work.session, [letter], clock.now())
        await work.commit()
    await remember(database, clock, WINDOW, {"last_message_id": -5})
    async with database.unit_of_work() as work:
        row = await work.session.get(OutboxRow, 1)
        assert row is not None
        row.message_id = 900
        await work.commit()
    await arrived(database, clock, (1, CHAT))
    async with update_unit(database, clock, CHAT) as unit:
        await claim(unit, BOT)
        assert await DatabaseStorage(database, clock).get_data(WINDOW) == {"last_message_id": 900}


async def test_in_a_group_the_talk_is_read_when_it_is_asked_for(database: Database, clock):
    of_group = StorageKey(bot_id=BOT, chat_id=GROUP, user_id=CHAT)
    await remember(database, clock, of_group, {"about": "identity-card"})
    await arrived(database, clock, (1, GROUP))
    async with update_unit(database, clock, GROUP) as unit:
        claimed = await claim(unit, BOT)
        assert claimed is not None
        assert (unit.person, unit.talk) == (None, None)
        assert await DatabaseStorage(database, clock).get_data(of_group) == {"about": "identity-card"}


async def test_nothing_is_taken_where_nothing_waits(database: Database, clock):
    await arrived(database, clock, (1, CHAT + 1))
    async with update_unit(database, clock, CHAT) as unit:
        assert await claim(unit, BOT) is None


async def test_two_processes_never_take_the_same_update(postgres_database: Database, clock):
    """The second finds the first one's locked, and takes none: the chat's order is kept."""
    await arrived(postgres_database, clock, (1, CHAT), (2, CHAT))
    await remember(postgres_database, clock, KEY, {"about": "identity-card"})
    async with update_unit(postgres_database, clock, CHAT) as first:
        taken = await claim(first, BOT)
        assert taken is not None
        async with update_unit(postgres_database, clock, CHAT) as second:
            assert await claim(second, BOT) is None
        await first.commit_handled(taken.update_id)
    async with update_unit(postgres_database, clock, CHAT) as third:
        following = await claim(third, BOT)
        assert following is not None
        assert (following.update_id, following.more) == (2, False)
