"""Whatever is no answer of the Bot API is a bad day that passes: nothing is lost by it or stops."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import GetMyCommands, GetMyDescription, SetWebhook
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from database.engine import Database
from kernel.clock import FixedClock
from messaging.api import LONGEST_PAUSE_S, TelegramChannel
from messaging.dialog_tables import DialogState
from messaging.inbox.intake import Intake, Poller
from messaging.moved_chats import follow
from messaging.outbox.channel import Call, Refused, Sent
from messaging.outbox.retries import RetryLater, decide
from messaging.outbox.sending import edited_message_id
from tests.each import each_case
from tests.messaging.outgoing import notice, put
from tests.messaging.telegram import bot_of
from tests.slept import Slept

PAGE = "<html>nginx</html>"
BLOCKED = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
BUSY = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
NO_ANSWERS: tuple[tuple[int, Any], ...] = (
    *((status, PAGE) for status in (200, 302, 400, 403, 404, 409, 429, 500, 502)),
    *((status, {"ok": False}) for status in (200, 403, 429, 500)),
    (200, "[" * 100_000),
    (200, "9" * 10_000),
    (200, b"\xff\xfe\xfa"),
    (200, ""),
    *((200, body) for body in (None, 7, "x", [], [1], {}, {"ok": 1}, {"ok": "true", "result": []})),
    (200, {"ok": True}),
    (403, {**BLOCKED, "ok": "no"}),
    (403, {**BLOCKED, "description": None}),
    (403, {**BLOCKED, "description": ["bot was blocked"]}),
    (403, {**BLOCKED, "error_code": "403"}),
    (403, {**BLOCKED, "error_code": True}),
    (200, {**BLOCKED, "error_code": 200}),
    (200, {**BLOCKED, "error_code": 10**30}),
)
PAUSES = ("5", None, True, -3, 0, 1e308, 10**30, [], {})
NO_NUMBERS = ("NaN", "Infinity")  # Python's JSON takes them


@dataclass
class Hostile:
    """A server that gives this one answer to any call."""

    status: int = 200
    body: Any = None

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        return app

    async def _answer(self, _: web.Request) -> web.Response:
        body = self.body if isinstance(self.body, bytes) else raw(self.body).encode()
        return web.Response(status=self.status, body=body, content_type="application/json")


def raw(body: Any) -> str:
    is_raw = isinstance(body, str) and body != "x"
    return body if is_raw else json.dumps(body)


def named(status: int, body: Any) -> str:
    return f"{status} {body if isinstance(body, bytes) else raw(body)[:60]}"


async def refused(bot: Bot) -> Refused | Sent:
    return await TelegramChannel(bot=bot).send(Call(method="sendMessage", payload='{"chat_id": 1}'))


async def test_what_is_no_answer_is_tried_again():
    hostile = Hostile()
    async with TestServer(hostile.app()) as server, bot_of(server) as bot:
        with each_case() as cases:
            for hostile.status, hostile.body in NO_ANSWERS:
                with cases.case(named(hostile.status, hostile.body)):
                    outcome = await refused(bot)
                    assert isinstance(outcome, Refused)
                    assert isinstance(decide("sendMessage", outcome, 0, 0.5), RetryLater), outcome


async def test_a_file_too_large_for_the_server_before_telegram_is_not_sent_for_ever():
    hostile = Hostile(status=413, body=PAGE)
    async with TestServer(hostile.app()) as server, bot_of(server) as bot:
        outcome = await refused(bot)
    assert isinstance(outcome, Refused)
    assert not isinstance(decide("sendDocument", outcome, 0, 0.5), RetryLater)


async def test_pause_of_any_kind_is_finite():
    hostile = Hostile(status=429)
    async with TestServer(hostile.app()) as server, bot_of(server) as bot:
        with each_case() as cases:
            for pause in (*PAUSES, *NO_NUMBERS):
                text = json.dumps(BUSY | {"parameters": {"retry_after": "?"}})
                is_constant = pause in NO_NUMBERS
                hostile.body = text.replace('"?"', str(pause) if is_constant else json.dumps(pause))
                with cases.case(pause):
                    outcome = await refused(bot)
                    assert isinstance(outcome, Refused)
                    decided = decide("sendMessage", outcome, 0, 0.5)
                    assert isinstance(decided, RetryLater)
                    assert 0 < decided.pause_s <= LONGEST_PAUSE_S
            for more in ("x", [], 5, None, {"migrate_to_chat_id": "x"}, {"migrate_to_chat_id": 7}):
                hostile.body = BUSY | {"parameters": more}
                with cases.case("parameters", more):
                    outcome = await refused(bot)
                    assert isinstance(outcome, Refused)
                    assert (outcome.code, outcome.moved_to) == (429, None)


async def test_number_of_a_message_that_no_database_holds_is_left_out():
    hostile = Hostile()
    async with TestServer(hostile.app()) as server, bot_of(server) as bot:
        with each_case() as cases:
            for number in (2**63, -1, 0, True, "5", 1.5, None, [5]):
                hostile.body = {"ok": True, "result": {"message_id": number}}
                with cases.case(number):
                    assert await refused(bot) == Sent(message_id=None)
    assert edited_message_id('{"message_id": 5}') == 5


async def test_poll_survives_whatever_comes(database: Database, clock: FixedClock):
    hostile = Hostile()
    results = ({"ok": True, "result": one} for one in (5, True, "x", {}, {"update_id": 1}, None, 0, ""))
    async with TestServer(hostile.app()) as server, bot_of(server) as bot:
        intake = Intake(database=database, clock=clock, wake=lambda _: None)
        poller = Poller(bot=bot, intake=intake, allowed_updates=[], sleep=Slept(), wait_s=0)
        with each_case() as cases:
            for hostile.status, hostile.body in (*NO_ANSWERS, *((200, one) for one in results)):
                with cases.case(named(hostile.status, hostile.body)):
                    assert await poller._poll() is False


async def test_poll_waits_as_long_as_telegram_asks(database: Database, clock: FixedClock):
    hostile, slept = Hostile(429, BUSY | {"parameters": {"retry_after": 40}}), Slept()
    async with TestServer(hostile.app()) as server, bot_of(server) as bot:
        intake = Intake(database=database, clock=clock, wake=lambda _: None)
        poller = Poller(bot=bot, intake=intake, allowed_updates=[], sleep=slept, wait_s=0)
        assert await poller._poll() is False
        assert poller._pause(0) == 40.0
        hostile.body = PAGE
        assert await poller._poll() is False
        assert poller._pause(0) == 0.5


async def test_calls_beside_the_outbox_fail_in_one_way():
    """Profile, webhook and downloads wait and try again after a ClientDecodeError."""
    hostile = Hostile()
    async with TestServer(hostile.app()) as server, bot_of(server) as bot:
        with each_case() as cases:
            for hostile.status, hostile.body in NO_ANSWERS:
                for method in (GetMyDescription(), GetMyCommands(), SetWebhook(url="https://example.kz")):
                    name = named(hostile.status, hostile.body)
                    with cases.case(type(method).__name__, name), pytest.raises(ClientDecodeError):
                        await bot(method)


async def test_chat_that_moved_to_itself_keeps_what_waits_and_its_dialog(
    database: Database, clock: FixedClock
):
    await put(database, clock, notice("waits", chat_id=-5))
    async with database.unit_of_work() as work:
        work.session.add(
            DialogState(
                bot_id=42,
                chat_id=-5,
                user_id=-5,
                thread_id=0,
                business_id="",
                destiny="",
                state="x",
                data={},
                changed_at=clock.now(),
            )
        )
        await work.commit()
    async with database.unit_of_work() as work:
        await follow(work.session, -5, -5)
        await work.commit()
    async with database.session() as session:
        assert len((await session.scalars(select(DialogState))).all()) == 1
