"""Payloads before sending."""

import json
from typing import Any

import pytest

from messaging.outbox.message import OutboxMessage
from messaging.outbox.sending import (
    as_new_message,
    edited_message_id,
    placeholders,
    with_message_ids,
)
from messaging.outbox.writing import dumped


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"chat_id": 1, "text": "a"}, set()),
        ({"chat_id": 1, "message_id": 5}, set()),
        ({"chat_id": 1, "message_id": -5}, {-5}),
        ({"chat_id": -100, "text": '"message_id":-3'}, set()),  # user text, not ours
        ({"chat_id": 1, "text": "a", "reply_parameters": {"message_id": -7}}, {-7}),
    ],
)
def test_placeholders_are_found(fields: dict[str, Any], expected: set[int]):
    assert placeholders(dumped(fields)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"message_id": -5, "text": "a"}, {"message_id": 50, "text": "a"}),
        ({"message_id": 6, "text": "a"}, {"message_id": 6, "text": "a"}),
        ({"message_id": -6, "text": "a"}, None),  # the message was never created
        ({"reply_parameters": {"message_id": -5}}, {"reply_parameters": {"message_id": 50}}),
        ({"text": "a", "reply_parameters": {"message_id": -6}}, {"text": "a"}),
    ],
)
def test_placeholders_are_replaced(fields: dict[str, Any], expected: dict[str, Any] | None):
    replaced = with_message_ids(dumped(fields), {-5: 50})
    assert (None if replaced is None else json.loads(replaced)) == expected


def test_edit_sent_as_new_message_drops_only_the_id():
    edit = dumped({"chat_id": 1, "message_id": 5, "text": "a", "reply_markup": {"inline_keyboard": []}})
    assert json.loads(as_new_message(edit)) == {
        "chat_id": 1,
        "text": "a",
        "reply_markup": {"inline_keyboard": []},
    }


@pytest.mark.parametrize(("number", "expected"), [(5, 5), (-5, None), (None, None)])
def test_edited_message_id_is_a_real_id_only(number: int | None, expected: int | None):
    assert edited_message_id(dumped({"message_id": number})) == expected


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("қ\x00🙂", "қ\x00🙂"),
        ("\ud83d🙂\ude42\ud83d", "\ufffd🙂\ufffd\ufffd"),  # Telegram refuses a lone surrogate
        ("\\ud83d \\\ud83d", "\\ud83d \\\ufffd"),  # typed letters, not a surrogate
    ],
)
def test_message_survives_any_characters(text: str, sent: str):
    message = OutboxMessage(chat_id=1, method="sendMessage", payload={"text": text})
    assert dumped(message.payload).isascii()
    assert json.loads(dumped(message.payload)) == {"text": sent}
