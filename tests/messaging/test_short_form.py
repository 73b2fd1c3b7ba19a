"""A message that Telegram will never take goes in a short form, and operators are alerted."""

import json

import pytest

from database.engine import Database
from kernel.clock import FixedClock
from messaging.metrics import REGISTRY
from messaging.outbox.channel import Call, Refused
from messaging.outbox.delivery import Delivery
from messaging.outbox.short_form import SHORT, short_forms
from messaging.outbox.writing import OutboxMessage, dumped
from tests.messaging.outgoing import put, rows
from tests.messaging.recording import BLOCKED, Recorder

TOO_LONG = Refused(code=400, description="Bad Request: message is too long")
LIMITED = Refused(code=429, description="Too Many Requests: retry after 5", retry_after_s=5)
BOARD = {"inline_keyboard": [[{"text": "Open", "callback_data": "mc:o:1"}]]}


def long_notice(**more: object) -> OutboxMessage:
    text = "<b>Жауап</b> дайын &amp; жіберілді. " * 100
    payload = {"chat_id": 1, "text": text, "parse_mode": "HTML", "reply_markup": BOARD, **more}
    return OutboxMessage(chat_id=1, method="sendMessage", payload=payload, key="a/1/b/1")


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"qyzmet_messages_{name}_total", labels) or 0.0


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"text": "<b>Жауап</b> &lt;дайын&gt;", "parse_mode": "HTML"}, "Жауап <дайын>"),
        ({"text": "<b>Жауап <i дайын", "parse_mode": "HTML"}, "Жауап <i дайын"),  # what Telegram cannot parse
        ({"text": "a < b", "entities": [{"type": "x"}]}, "a < b"),
        ({"caption": "Сурет\0", "photo": "attach://a"}, "Сурет"),
    ],
)
def test_short_form_is_words_without_markup(fields: dict[str, object], expected: str):
    call = Call(method="sendMessage", payload=dumped({"chat_id": 1, "reply_markup": BOARD, **fields}))
    first, last = (json.loads(form.payload) for form in short_forms(call, "can't parse entities"))
    assert first["text" if "text" in fields else "caption"] == expected
    assert first["reply_markup"] == BOARD
    assert "parse_mode" not in first
    assert "entities" not in first
    assert last == {"chat_id": 1, "text": expected}


def test_long_text_is_cut_at_a_sentence():
    call = Call(method="sendMessage", payload=dumped(long_notice().payload))
    form = next(iter(short_forms(call, TOO_LONG.description)))
    text = json.loads(form.payload)["text"]
    assert SHORT - 100 < len(text) <= SHORT
    assert text.endswith("жіберілді.…")


@pytest.mark.parametrize(
    ("method", "fields", "description"),
    [
        ("sendMessage", {"text": ""}, "message text is empty"),
        ("deleteMessage", {"message_id": 1}, "something new"),
        ("sendMessage", {"text": "a"}, "have no rights to send a message"),
    ],
)
def test_nothing_is_left_to_say(method: str, fields: dict[str, object], description: str):
    call = Call(method=method, payload=dumped({"chat_id": 1, **fields}))
    assert list(short_forms(call, description)) == []


async def test_refused_notice_is_not_lost(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    before = counted("shortened"), counted("given_up", reason="refused")
    channel.outcomes = [TOO_LONG, TOO_LONG]
    await put(database, clock, long_notice())
    await delivery.deliver(1)
    assert [len(text) < 1000 for text in channel.texts()] == [False, True, True]
    (row,) = await rows(database)
    assert (row.sent_at, row.message_id, row.given_up_at) == (clock.now(), 1002, None)
    assert (counted("shortened"), counted("given_up", reason="refused")) == (before[0] + 1, before[1])


async def test_short_form_waits_and_is_given_up_as_any_message(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    channel.outcomes = [TOO_LONG, LIMITED]
    await put(database, clock, long_notice())
    await delivery.deliver(1)
    (row,) = await rows(database)
    assert row.next_try_at is not None
    before = counted("given_up", reason="unreachable")
    clock.instant = row.next_try_at
    channel.outcomes = [TOO_LONG, BLOCKED]
    await delivery.deliver(1)
    (row,) = await rows(database)
    assert row.reason == "unreachable"
    assert counted("given_up", reason="unreachable") > before


async def test_each_message_given_up_is_counted(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    before = counted("given_up", reason="refused")
    channel.outcomes = [TOO_LONG] * 3
    await put(database, clock, long_notice())
    await delivery.deliver(1)
    assert counted("given_up", reason="refused") == before + 1
