"""aiogram's storage on the database: one contract for SQLite and PostgreSQL, inside and outside an update."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import func, select

from database.engine import Database
from kernel.clock import FixedClock
from messaging.dialog_tables import DialogState
from messaging.inbox.unit import DatabaseStorage, update_unit
from messaging.outbox import claims
from messaging.outbox.claims import RowResult
from messaging.outbox.message import OutboxMessage
from messaging.outbox.writing import write
from tests.statements import statements


class StorageStates(StatesGroup):
    first = State()


DEFAULT = StorageKey(bot_id=42, chat_id=7, user_id=7)
STACK = StorageKey(bot_id=42, chat_id=7, user_id=7, destiny="aiogd:stack:")
CONTEXT = StorageKey(bot_id=42, chat_id=7, user_id=7, destiny="aiogd:context:abc")
GROUP = StorageKey(bot_id=42, chat_id=-100, user_id=7)
TOPIC = StorageKey(bot_id=42, chat_id=-100, user_id=7, thread_id=3, business_connection_id="b")


@pytest.fixture
def storage(database: Database, clock: FixedClock) -> DatabaseStorage:
    return DatabaseStorage(database, clock)


@asynccontextmanager
async def an_update(database: Database, clock: FixedClock) -> AsyncIterator[None]:
    async with update_unit(database, clock, 7, 1) as unit:
        yield
        await unit.commit()


def _within(place: str, database: Database, clock: FixedClock) -> Any:
    return an_update(database, clock) if place == "in an update" else nullcontext()


async def _count(database: Database) -> int:
    async with database.session() as session:
        return await session.scalar(select(func.count()).select_from(DialogState)) or 0


@pytest.mark.parametrize("place", ["in an update", "outside"])
@pytest.mark.parametrize("key", [DEFAULT, STACK, GROUP, TOPIC], ids=["default", "stack", "group", "topic"])
async def test_state_and_data_are_stored(
    storage: DatabaseStorage, database: Database, clock: FixedClock, key: StorageKey, place: str
):
    async with _within(place, database, clock):
        await storage.set_state(key, StorageStates.first)
        await storage.set_data(key, {"card": "passport", "page": 2})
        assert await storage.get_state(key) == "StorageStates:first"
    async with _within(place, database, clock):
        assert await storage.get_state(key) == "StorageStates:first"
        assert await storage.get_data(key) == {"card": "passport", "page": 2}
        await storage.update_data(key, {"page": 3})
    async with _within(place, database, clock):
        assert await storage.get_value(key, "page") == 3
        assert await storage.get_value(key, "card") == "passport"


@pytest.mark.parametrize("place", ["in an update", "outside"])
async def test_keys_are_independent(
    storage: DatabaseStorage, database: Database, clock: FixedClock, place: str
):
    async with _within(place, database, clock):
        await storage.set_data(TOPIC, {"a": 1})
        assert await storage.get_data(GROUP) == {}
        assert await storage.get_state(TOPIC) is None


@pytest.mark.parametrize("place", ["in an update", "outside"])
async def test_emptied_record_leaves_no_row(
    storage: DatabaseStorage, database: Database, clock: FixedClock, place: str
):
    async with _within(place, database, clock):
        await storage.set_state(DEFAULT, "x")
        await storage.set_data(CONTEXT, {"a": 1})
    assert await _count(database) == 2
    async with _within(place, database, clock):
        await storage.set_state(DEFAULT, None)
        await storage.set_data(CONTEXT, {})
    assert await _count(database) == 0


async def test_failed_update_stores_nothing(storage: DatabaseStorage, database: Database, clock: FixedClock):
    async with update_unit(database, clock, 7, 1):
        await storage.set_data(DEFAULT, {"a": 1})
    assert await storage.get_data(DEFAULT) == {}


async def test_returned_data_is_a_copy(storage: DatabaseStorage, database: Database, clock: FixedClock):
    async with an_update(database, clock):
        given = {"list": [1]}
        await storage.set_data(DEFAULT, given)
        given["list"].append(2)
        (await storage.get_data(DEFAULT))["list"].append(3)
    assert await storage.get_data(DEFAULT) == {"list": [1]}


async def test_private_dialog_needs_one_load_and_one_save(
    storage: DatabaseStorage, database: Database, clock: FixedClock
):
    await storage.set_data(STACK, {"a": 1})
    with statements("talk_state", database.engine) as seen:
        async with an_update(database, clock):
            for key in (DEFAULT, STACK, CONTEXT):
                await storage.get_state(key)
                await storage.get_data(key)
            await storage.set_data(CONTEXT, {"b": 1})
            await storage.set_data(STACK, {"a": 2})
        assert [text.split(maxsplit=1)[0] for text, _ in seen] == ["SELECT", "INSERT"]
        seen.clear()
        async with an_update(database, clock):
            await storage.set_data(STACK, await storage.get_data(STACK))
        assert [text.split(maxsplit=1)[0] for text, _ in seen] == ["SELECT"]


async def _sent_as(
    database: Database, clock: FixedClock, placeholder_message_id: int, message_id: int
) -> None:
    message = OutboxMessage(
        chat_id=7, method="sendMessage", payload={"chat_id": 7}, placeholder_message_id=placeholder_message_id
    )
    async with database.unit_of_work() as work:
        await write(work.session, [message], clock.now())
        (row,) = (await claims.claim(work.session, 7, clock.now())).rows
        await claims.mark(work.session, [RowResult(id=row.id, sent_at=clock.now(), message_id=message_id)])
        await work.commit()


async def test_stack_gets_its_message_id_once_sent(
    storage: DatabaseStorage, database: Database, clock: FixedClock
):
    async with an_update(database, clock):
        await storage.set_data(STACK, {"last_message_id": -5, "intents": []})
    async with an_update(database, clock):
        assert await storage.get_value(STACK, "last_message_id") == -5  # not sent yet
    await _sent_as(database, clock, -5, 77)
    async with an_update(database, clock):
        assert await storage.get_value(STACK, "last_message_id") == 77
    assert await storage.get_value(STACK, "last_message_id") == 77
