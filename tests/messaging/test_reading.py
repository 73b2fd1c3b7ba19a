"""Updates that the installed aiogram cannot parse are read in part, or given up politely and kept."""

import json
from typing import Any

import pytest
from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy import select
from structlog.testing import capture_logs

from messaging.inbox.failed import failed_updates, forget_person, retry
from messaging.inbox.reading import Addressee, UnreadableUpdateError, addressee_of, kind_of, read
from messaging.inbox.runner import InboxRunner
from messaging.inbox.tables import InboxRow
from tests.each import each_case
from tests.messaging.conftest import ErrorReporter, running, take_in, until
from tests.messaging.telegram import FakeTelegram, message, press

HUGE = 2**70


def _with(**fields: Any) -> dict[str, Any]:
    update = message(1, "words")
    update["message"] |= fields
    return update


def _said(update: dict[str, Any], bot: Bot) -> str:
    found = read(json.dumps(update), bot)
    assert found is not None
    said = found.message or found.edited_message
    if said is not None:
        return said.text or said.caption or said.content_type
    assert found.callback_query is not None
    return f"{found.callback_query.data} at {type(found.callback_query.message).__name__}"


def _pressed(**fields: Any) -> dict[str, Any]:
    update = press(1, "data", message_id=5)
    update["callback_query"]["message"] |= fields
    return update


READ = {
    "a hidden user without a name": _with(forward_origin={"type": "hidden_user", "date": 1}),
    "an unknown origin": _with(forward_origin={"type": "new", "date": 1}),
    "an origin of another type": _with(forward_origin=5),
    "an entity without its length": _with(entities=[{"type": "bold", "offset": 0}]),
    "an older API server's chat": _with(chat={"id": 7}),
    "no date, no number": _with(date=None, message_id="x"),
    "a sender without a name": _with(**{"from": {"id": 7}}),
    "no sender": _with(**{"from": None}),
    "a huge number": _with(media_group_id="a", forward_origin={"type": "user", "date": HUGE}),
    "an unreadable answered message": _with(reply_to_message={"chat": 7}),
}


@pytest.mark.parametrize("case", READ)
def test_words_are_read_without_what_is_amiss(bot: Bot, case: str):
    assert _said(READ[case], bot) == "words"


def test_what_is_left_is_enough(bot: Bot):
    photo = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}
    rich = [{"type": "new", "text": ["a ", {"type": "newer", "text": "b"}]}, {"items": [{"text": "c"}]}]
    picture = _with(photo=[photo, {"file_id": 3}])
    del picture["message"]["text"]
    rich_message = _with(rich_message={"blocks": rich})
    del rich_message["message"]["text"]
    with each_case() as cases:
        for update, expected in (
            (picture, "photo"),
            (rich_message, "a b\nc"),
            (_with(text="half \ud83d"), "half \ufffd"),
            (_with(text="w\0ords"), "words"),  # PostgreSQL takes no zero
            (_pressed(forward_origin={"type": "hidden_user"}), "data at Message"),
            (_pressed(text=5), "data at Message"),
            (_pressed(chat=None), "data at NoneType"),
        ):
            with cases.case(expected):
                assert _said(update, bot) == expected


def test_sender_of_a_private_message_is_never_nobody(bot: Bot):
    found = read(json.dumps(_with(**{"from": {"id": "seven"}})), bot)
    assert found is not None
    assert found.message is not None
    assert found.message.from_user is not None
    assert found.message.from_user.id == 7


def test_nobody_in_a_group_is_anonymous(bot: Bot):
    found = read(json.dumps(_with(chat={"id": -5, "type": "group"}, **{"from": None})), bot)
    assert found is not None
    assert found.message is not None
    assert found.message.from_user is not None
    assert found.message.from_user.is_bot


def test_nothing_said_is_unreadable(bot: Bot):
    no_data = press(1, "a", message_id=5)
    no_data["callback_query"]["data"] = 5
    for update in (_with(text=5), no_data, {"update_id": 1, "message": []}):
        with pytest.raises(UnreadableUpdateError):
            read(json.dumps(update), bot)


def test_unknown_kind_is_passed_over_and_logged_by_kind_only(bot: Bot):
    with capture_logs() as entries:
        assert read('{"update_id": 1, "new_kind": {"text": "a secret"}}', bot) is None
        assert read('{"update_id": 1, "A secret": {"text": "a secret"}}', bot) is None
    logged = str(entries)
    assert "new_kind" in logged
    assert "secret" not in logged


def test_addressee_is_read_from_the_raw_update():
    group = _with(chat={"id": -100, "type": "supergroup"})
    other_bot = _with(**{"from": {"id": 7, "is_bot": True}})
    channel = {"update_id": 1, "channel_post": _with()["message"]}
    with each_case() as cases:
        for update, expected in (
            (_with(), Addressee(chat_id=7)),
            (_with(**{"from": {"id": 7, "language_code": "kk"}}), Addressee(chat_id=7, language_code="kk")),
            (press(1, "a", message_id=5), Addressee(callback_id="1")),
            (group, Addressee()),
            (other_bot, Addressee()),
            (channel, Addressee()),
            ([], Addressee()),
            (_with(chat={"id": HUGE}), Addressee()),
        ):
            with cases.case(str(update)):
                assert addressee_of(update) == expected
    assert [kind_of(raw) for raw in (_with(), {"update_id": 1}, None, {"a": 1, "b": 2})] == [
        "message",
        "other",
        "other",
        "other",
    ]


@pytest.fixture
def echo(router: Router) -> None:
    @router.message()
    async def answer(message: Message) -> None:
        await message.answer(f"heard {message.text}")

    @router.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        await query.answer(query.data)


async def _failed(runner: InboxRunner) -> list[str]:
    async with runner.database.session() as session:
        return [row.ciphertext for row in await failed_updates(session)]


async def test_unreadable_update_is_told_kept_and_repeated(
    runner: InboxRunner, echo: None, sink: FakeTelegram, reporter: ErrorReporter
):
    runner.encrypt = lambda text, *_: f"closed {text.encode().hex()}"
    unreadable = _with(text=5)
    async with running(runner):
        await take_in(runner, unreadable, message(2, "b"))
        await until(lambda: len(sink.texts()) == 2)
        assert sink.texts() == ["sorry", "heard b"]
        assert reporter.reported[0][0] == "UnreadableUpdateError"
        (closed,) = await _failed(runner)
        assert json.loads(bytes.fromhex(closed.removeprefix("closed "))) == unreadable

        def open_(*_: object) -> str:
            return json.dumps(message(1, "a"))  # what an upgraded aiogram would read

        async with runner.database.unit_of_work() as work:
            await retry(work.session, await failed_updates(work.session), open_)
            await work.commit()
        await until(lambda: len(sink.texts()) == 3)
    assert sink.texts()[2] == "heard a"
    assert await _failed(runner) == []
    async with runner.database.session() as session:
        rows = (await session.scalars(select(InboxRow).order_by(InboxRow.update_id))).all()
    assert [(row.failed, row.payload) for row in rows] == [(None, ""), (None, "")]


async def test_failed_updates_are_forgotten_with_the_person(
    runner: InboxRunner, echo: None, sink: FakeTelegram
):
    runner.encrypt = lambda text, *_: text
    async with running(runner):
        await take_in(runner, _with(text=5))
        await until(lambda: len(sink.texts()) == 1)
    async with runner.database.unit_of_work() as work:
        await forget_person(work.session, 7)
        await work.commit()
    assert await _failed(runner) == []
