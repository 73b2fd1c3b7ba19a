"""A call that Telegram would refuse as too long is written as several that it takes."""

import json
from typing import Any

from localgram.entities.html import parse

from database.engine import Database
from kernel.clock import FixedClock
from messaging.outbox.delivery import Delivery
from messaging.outbox.message import OutboxMessage
from messaging.outbox.writing import in_parts
from messaging.text_parts import units
from tests.messaging.outgoing import put, rows
from tests.messaging.recording import BLOCKED, Recorder, delivery_of

BUTTONS = {"inline_keyboard": [[{"text": "Ашу", "callback_data": "x"}]]}
LONG = "<b>Жауап.</b> " + "Куәлік &lt;дайын&gt;. " * 400


def message(method: str, **payload: Any) -> OutboxMessage:
    fields = {"chat_id": 7, "parse_mode": "HTML", **payload}
    return OutboxMessage(chat_id=7, method=method, payload=fields, placeholder_message_id=-5)


def test_long_message_keeps_its_buttons_under_the_last_part():
    parts = in_parts(
        message("sendMessage", text=LONG, reply_markup=BUTTONS, reply_parameters={"message_id": 3})
    )
    assert [part.method for part in parts] == ["sendMessage"] * 2
    assert ["reply_markup" in part.payload for part in parts] == [False, True]
    assert ["reply_parameters" in part.payload for part in parts] == [True, False]
    assert [part.placeholder_message_id for part in parts] == [None, -5]
    assert "".join(parse(part.payload["text"])[0] for part in parts).count("дайын") == 400


def test_long_edit_keeps_its_message_and_is_continued_below():
    parts = in_parts(message("editMessageText", text=LONG, message_id=9, reply_markup=BUTTONS))
    assert [(part.method, part.payload.get("message_id")) for part in parts] == [
        ("editMessageText", 9),
        ("sendMessage", None),
    ]
    assert ["reply_markup" in part.payload for part in parts] == [False, True]


def test_long_caption_goes_on_as_a_message():
    first, second = in_parts(message("sendDocument", document="attach://f", caption=LONG[:2500]))
    assert (first.method, second.method) == ("sendDocument", "sendMessage")
    assert units(parse(first.payload["caption"])[0]) <= 1024
    assert second.payload["parse_mode"] == "HTML"


def test_long_alert_is_also_a_message():
    alert = message("answerCallbackQuery", text="Сөз. " * 60, callback_query_id="1", show_alert=True)
    first, second = in_parts(alert)
    assert units(first.payload["text"]) <= 200
    assert (second.method, second.payload["text"]) == ("sendMessage", alert.payload["text"])


def test_short_calls_are_as_they_were():
    for one in (message("sendMessage", text="Сәлем"), message("sendChatAction", action="typing")):
        assert in_parts(one) == [one]


async def test_parts_of_a_notice_are_written_once_and_sent_in_order(
    database: Database, clock: FixedClock, delivery: Delivery, channel: Recorder
):
    one = OutboxMessage(
        chat_id=7, method="sendMessage", payload={"chat_id": 7, "text": "1 сөз. " * 1500}, key="a/1/1/x/7"
    )
    await put(database, clock, one)
    await put(database, clock, one)
    await delivery.deliver(7)
    assert [row.key for row in await rows(database)] == ["a/1/1/x/7~0", "a/1/1/x/7~1", "a/1/1/x/7"]
    texts = [json.loads(call.payload)["text"] for call in channel.calls]
    assert " ".join(texts) == one.payload["text"].strip()


async def test_notice_of_parts_is_given_up_once(database: Database, clock: FixedClock, channel: Recorder):
    told: list[str] = []

    async def on_undelivered(_: Any, given_up: Any, __: Any) -> None:
        told.append(given_up.key)

    channel.outcomes = [BLOCKED]
    payload = {"chat_id": 7, "text": "1 сөз. " * 1500}
    await put(
        database, clock, OutboxMessage(chat_id=7, method="sendMessage", payload=payload, key="a/1/1/x/7")
    )
    await delivery_of(database, channel, clock, on_undelivered).deliver(7)
    assert told == ["a/1/1/x/7"]
