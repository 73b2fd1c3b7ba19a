"""Polling: what is no update is passed over, and an empty answer is not asked for again at once."""

from collections.abc import Sequence
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SetWebhook
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from database.engine import Database
from kernel.clock import FixedClock
from messaging.inbox.intake import FLOOR_S, Intake, Poller
from messaging.inbox.tables import InboxRow
from messaging.inbox.webhook import set_until_taken
from tests.messaging.telegram import FakeTelegram, bot_of, message
from tests.slept import Slept


async def polled(
    database: Database, clock: FixedClock, updates: Sequence[Any]
) -> tuple[bool, Slept, int | None]:
    """Whether one poll that brings `updates` succeeds, the pauses, and the next offset."""
    sink, slept = FakeTelegram(), Slept()
    sink.updates.extend(updates)
    async with TestServer(sink.app()) as server, bot_of(server) as bot:
        intake = Intake(database=database, clock=clock, wake=lambda _: None)
        poller = Poller(bot=bot, intake=intake, allowed_updates=[], sleep=slept, wait_s=0)
        return await poller._poll(), slept, poller._offset


@pytest.mark.parametrize("garbage", [None, 7, "x", [], {}, {"update_id": "9"}, {"update_id": 2**70}])
async def test_garbage_among_updates_stops_nothing(database: Database, clock: FixedClock, garbage: Any):
    went, _, offset = await polled(database, clock, [message(4, "a"), garbage, message(5, "b"), garbage])
    async with database.session() as session:
        kept = list(await session.scalars(select(InboxRow.update_id).order_by(InboxRow.update_id)))
    assert (went, kept, offset) == (True, [4, 5], 6)


async def test_garbage_alone_is_a_failed_poll(database: Database, clock: FixedClock):
    went, _, offset = await polled(database, clock, [None])
    assert (went, offset) == (False, None)


async def test_empty_answer_is_followed_by_a_pause(database: Database, clock: FixedClock):
    went, slept, _ = await polled(database, clock, [])
    assert (went, slept) == (True, [FLOOR_S])


async def test_webhook_of_an_earlier_process_is_deleted(database: Database, clock: FixedClock):
    sink = FakeTelegram()
    words = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it"
    sink.refusals["getUpdates"] = [{"error_code": 409, "description": words}]
    async with TestServer(sink.app()) as server, bot_of(server) as bot:
        intake = Intake(database=database, clock=clock, wake=lambda _: None)
        poller = Poller(bot=bot, intake=intake, allowed_updates=[], sleep=Slept(), wait_s=0)
        assert [await poller._poll(), await poller._poll()] == [False, True]
    assert [method for method, _ in sink.calls] == ["getUpdates", "deleteWebhook"]


async def test_webhook_is_set_once_telegram_lets_it():
    sink, slept, wanted = FakeTelegram(), Slept(), SetWebhook(url="https://bot.example.kz/webhook")
    sink.refusals["setWebhook"] = [
        {"error_code": 502, "description": "Bad Gateway"},
        {"error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 40}},
        {"error_code": 400, "description": "Bad Request: bad webhook"},
    ]
    async with TestServer(sink.app()) as server, bot_of(server) as bot:
        with pytest.raises(TelegramBadRequest):
            await set_until_taken(bot, wanted, slept)
        assert slept == [1.0, 40.0]
        await set_until_taken(bot, wanted, slept)
    assert len(sink.calls) == 4
