"""Which chat an update belongs to, and what is accepted."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from aiogram import Bot
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from database.engine import Database
from kernel.clock import FixedClock
from messaging.inbox.intake import Intake, Refusals, parse
from messaging.inbox.reading import UnreadableUpdateError, chat_of, read
from messaging.inbox.tables import InboxRow
from messaging.inbox.webhook import MAX_BODY_BYTES, SECRET_HEADER, webhook_app
from tests.each import each_case
from tests.messaging.telegram import as_text, message, press


@pytest.mark.parametrize(
    ("update", "chat_id"),
    [
        (message(1, "a", chat_id=7), 7),
        (press(1, "a", message_id=5, chat_id=8), 8),
        (
            {"update_id": 1, "edited_message": {"chat": {"id": -100}, "from": {"id": 3}}},
            -100,
        ),  # the group, not the sender
        ({"update_id": 1, "channel_post": {"chat": {"id": -200}}}, -200),
        ({"update_id": 1, "inline_query": {"id": "1", "from": {"id": 9}, "query": "a"}}, 9),
        ({"update_id": 1, "chosen_inline_result": {"result_id": "1", "from": {"id": 9}}}, 9),
        ({"update_id": 1, "callback_query": {"id": "1", "from": {"id": 9}, "inline_message_id": "x"}}, 9),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": 4}, "from": {"id": 4}}}, 4),
        ({"update_id": 1, "poll_answer": {"poll_id": "1", "user": {"id": 6}}}, 6),
        ({"update_id": 1, "poll": {"id": "1"}}, 0),
        ({"update_id": 1}, 0),
    ],
)
def test_update_belongs_to_its_chat_or_person(update: dict[str, Any], chat_id: int):
    assert chat_of(update) == chat_id


@pytest.mark.parametrize("body", ["", "null", "[]", "{}", '{"update_id": "1"}', "{", '"text"'])
def test_invalid_update_is_rejected(body: str):
    with pytest.raises(ValueError):  # noqa: PT011  the JSON decoder's own words
        parse(body)


@pytest.fixture
def woken() -> list[int]:
    return []


@pytest.fixture
def intake(database: Database, clock: FixedClock, woken: list[int]) -> Intake:
    return Intake(database=database, clock=clock, wake=woken.append)


async def _kept(database: Database) -> list[int]:
    async with database.session() as session:
        return list(await session.scalars(select(InboxRow.update_id).order_by(InboxRow.update_id)))


async def test_update_is_stored_once_and_wakes_its_chat(intake: Intake, database: Database, woken: list[int]):
    await intake.accept([parse(as_text(message(1, "a"))), parse(as_text(message(2, "b", chat_id=8)))])
    await intake.accept([parse(as_text(message(2, "b", chat_id=8)))])
    assert await _kept(database) == [1, 2]
    assert woken == [7, 8, 8]


async def test_payload_is_stored_unchanged_even_with_nul(intake: Intake, database: Database):
    body = as_text(message(1, "a\x00\ud83d"))
    await intake.accept([parse(body)])
    async with database.session() as session:
        assert await session.scalar(select(InboxRow.payload)) == body


async def _post(intake: Intake, body: bytes, secret: str | None = "right") -> int:
    async with TestClient(TestServer(webhook_app(intake, path="/hook", secret="right"))) as client:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        response = await client.post("/hook", data=body, headers=headers)
        return response.status


async def test_webhook_answers_after_storing_the_update(intake: Intake, database: Database):
    assert await _post(intake, as_text(message(1, "a")).encode()) == 200
    assert await _kept(database) == [1]


@pytest.mark.parametrize("secret", [None, "", "wrong", "righ", "құпия"])
async def test_wrong_webhook_secret_gets_401(intake: Intake, database: Database, secret: str | None):
    assert await _post(intake, as_text(message(1, "a")).encode(), secret) == 401
    assert await _kept(database) == []


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"message": {}}', b"\xff\xfe", b""])
async def test_invalid_update_gets_400(intake: Intake, database: Database, body: bytes):
    assert await _post(intake, body) == 400
    assert await _kept(database) == []


def nested(levels: int) -> str:
    """An update of so many levels in all."""
    return f'{{"update_id": 1, "message": {"[" * (levels - 1)}{"]" * (levels - 1)}}}'


HOSTILE = {
    "deep lists": nested(65),
    "lists deeper than the stack": nested(200_000),
    "deep objects": '{"update_id": 1, "a": ' + '{"a": ' * 64 + "1" + "}" * 65,
    "a number of 5,000 digits": f'{{"update_id": 1, "message": {{"date": {"9" * 5_000}}}}}',
    "a number of 21 digits": '{"update_id": 1, "message": {"chat": {"id": 100000000000000000000}}}',
    "a number beyond 64 bits": '{"update_id": 18446744073709551616}',
    "a fraction beyond all": '{"update_id": 1, "message": {"date": 1e999}}',
    "no number": '{"update_id": 1, "message": {"date": NaN}}',
    "no finite number": '{"update_id": 1, "message": {"date": -Infinity}}',
}


def hostile() -> Iterator[tuple[int, str, bytes]]:
    """Each is another update."""
    for number, (name, body) in enumerate(HOSTILE.items(), start=1):
        yield number, name, body.replace('"update_id": 1,', f'"update_id": {number},').encode()


async def _posted(intake: Intake, bodies: Iterable[bytes], times: int) -> list[list[int]]:
    """The answers to each body, sent again and again."""
    app = webhook_app(intake, path="/hook", secret="right")
    async with TestClient(TestServer(app)) as client:

        async def post(body: bytes) -> int:
            return (await client.post("/hook", data=body, headers={SECRET_HEADER: "right"})).status

        return [[await post(body) for _ in range(times)] for body in bodies]


async def test_deep_json_and_huge_numbers_get_400(intake: Intake, database: Database):
    given = await _posted(intake, [body for _, _, body in hostile()], times=1)
    assert given == [[400]] * len(HOSTILE)
    assert await _kept(database) == []


async def test_what_telegram_sends_again_and_again_is_taken_at_last(intake: Intake, database: Database):
    """Refused three times, then kept as it came: nothing is dropped, and nothing waits behind it for ever."""
    answers = await _posted(intake, [body for _, _, body in hostile()], times=5)
    given = {name: statuses for (_, name, _), statuses in zip(hostile(), answers, strict=True)}
    assert given.pop("a number beyond 64 bits") == [400] * 5  # the number of an update that is none
    assert list(given.values()) == [[400, 400, 400, 200, 200]] * len(given)
    assert await _kept(database) == [number for number, name, _ in hostile() if name in given]
    nothing = (b"{", b"[]", b'{"message": {"update_id": 5}}', b'{"update_id": "1"}x')
    assert await _posted(intake, nothing, times=5) == [[400] * 5] * len(nothing)


def test_refusals_are_counted_for_the_last_thousand():
    refusals = Refusals()
    for number in range(5_000):
        assert refusals.taken(b'{"update_id": %d, "x": NaN}' % number) is None
    assert len(refusals.counts) == 1_000


def test_update_taken_as_it_came_is_read_or_given_up():
    """By the worker, in words of its own: no other error passes."""
    bot, refusals = Bot("42:TEST"), Refusals()
    with each_case() as each:
        for number, name, body in hostile():
            with each.case(name), suppress(UnreadableUpdateError):
                refusals.counts[number] = 3
                if (arrival := refusals.taken(body)) is not None:
                    read(arrival.payload, bot)


def test_what_telegram_sends_is_not_deep():
    assert parse(nested(64)).update_id == 1
    assert parse(as_text(message(1, "[{" * 100))).update_id == 1


async def test_too_large_body_gets_413(intake: Intake, database: Database):
    assert await _post(intake, b" " * (MAX_BODY_BYTES + 1)) == 413
    assert await _kept(database) == []


async def test_failing_database_gets_500(intake: Intake, database: Database, monkeypatch: pytest.MonkeyPatch):
    async def fail(self: Intake, arrivals: object) -> None:
        raise OSError

    monkeypatch.setattr(Intake, "accept", fail)
    assert await _post(intake, as_text(message(1, "a")).encode()) == 500


async def test_concurrent_updates_are_all_stored(intake: Intake, database: Database):
    app = webhook_app(intake, path="/hook", secret="right")
    async with TestClient(TestServer(app)) as client, asyncio.TaskGroup() as group:
        for number in range(1, 301):
            body = as_text(message(number, "a"))
            group.create_task(client.post("/hook", data=body, headers={SECRET_HEADER: "right"}))
    assert await _kept(database) == list(range(1, 301))
