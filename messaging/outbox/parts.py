"""A message that Telegram would refuse as too long becomes several that it takes, in the same order."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from messaging.outbox.message import OutboxMessage
from messaging.text_parts import CAPTION_UNITS, MESSAGE_UNITS, split_html, split_plain, units

ALERT_UNITS = 200  # of an answered callback
_PART = "~"  # in the key of a part that another one follows
_ABOUT_THE_CHAT = ("chat_id", "message_thread_id", "business_connection_id", "parse_mode")
_AND_OF_THE_TEXT = (*_ABOUT_THE_CHAT, "link_preview_options", "disable_notification", "protect_content")


def is_part(key: str) -> bool:
    """Whether the key is that of a part before the last: the last one stands for the whole notice."""
    return _PART in key


def in_parts(message: OutboxMessage) -> list[OutboxMessage]:
    """The message, or its parts. The last has the buttons, the key and the placeholder."""
    payload = message.payload
    if message.method == "answerCallbackQuery":
        return _alert(message) if _is_long(payload.get("text"), ALERT_UNITS) else [message]
    if _is_long(payload.get("caption"), CAPTION_UNITS):
        return _captioned(message)
    if message.method in {"sendMessage", "editMessageText"} and _is_long(payload.get("text"), MESSAGE_UNITS):
        return _texts(message)
    return [message]


def _is_long(text: Any, limit: int) -> bool:
    return isinstance(text, str) and len(text) * 2 > limit and units(text) > limit


def _splitter(payload: dict[str, Any]) -> Callable[..., list[str]]:
    return split_html if payload.get("parse_mode") == "HTML" else split_plain


def _texts(message: OutboxMessage) -> list[OutboxMessage]:
    """An edited message keeps the first part; the others follow it as new ones."""
    texts = _splitter(message.payload)(message.payload["text"])
    payloads = [_sent(message, text, _AND_OF_THE_TEXT) for text in texts]
    if "reply_parameters" in message.payload:
        payloads[0]["reply_parameters"] = message.payload["reply_parameters"]
    if message.method == "editMessageText" and len(texts) > 1:
        payloads[0]["message_id"] = message.payload["message_id"]
    if "reply_markup" in message.payload:
        payloads[-1]["reply_markup"] = message.payload["reply_markup"]
    if len(texts) == 1:
        return [replace(message, payload=message.payload | {"text": texts[0]})]
    first = replace(_part(message, 0, payloads[0]), method=message.method)
    return [
        first,
        *(_part(message, place, payload) for place, payload in enumerate(payloads[1:-1], start=1)),
        replace(message, method="sendMessage", payload=payloads[-1], files=()),
    ]


def _captioned(message: OutboxMessage) -> list[OutboxMessage]:
    """The file with the first part of its caption, then the rest as messages."""
    texts = _splitter(message.payload)(message.payload["caption"], MESSAGE_UNITS, CAPTION_UNITS)
    whole = replace(message, payload=message.payload | {"caption": texts[0]})
    rest = [_sent(message, text, _ABOUT_THE_CHAT) for text in texts[1:]]
    return [whole, *(_part(message, place, payload) for place, payload in enumerate(rest))]


def _alert(message: OutboxMessage) -> list[OutboxMessage]:
    """An alert holds two hundred units: its beginning, and the whole as a message."""
    text = message.payload["text"]
    begins = split_plain(text[: 2 * ALERT_UNITS], ALERT_UNITS - 1)[0] + "…"
    payload = {"chat_id": message.chat_id, "text": text}
    return [
        replace(message, payload=message.payload | {"text": begins}),
        *in_parts(replace(_part(message, 0, payload), method="sendMessage")),
    ]


def _sent(message: OutboxMessage, text: str, names: tuple[str, ...]) -> dict[str, Any]:
    about = {name: message.payload[name] for name in names if name in message.payload}
    return {**about, "text": text}


def _part(message: OutboxMessage, place: int, payload: dict[str, Any]) -> OutboxMessage:
    key = None if message.key is None else f"{message.key}{_PART}{place}"
    return replace(
        message, method="sendMessage", payload=payload, files=(), key=key, placeholder_message_id=None
    )
