"""What Telegram takes: checked on the calls that the bot writes into the outbox."""

from collections.abc import Iterable, Iterator
from typing import Any

from localgram.entities.html import parse
from localgram.entities.units import length

from messaging.outbox.message import OutboxMessage
from messaging.outbox.writing import in_parts

MESSAGE, CAPTION, ALERT = 4096, 1024, 200
CALLBACK_BYTES, BUTTONS, RAW_BYTES = 64, 100, 32_768


def check_calls(messages: Iterable[OutboxMessage]) -> list[OutboxMessage]:
    """Check each call as the outbox sends it, and return them."""
    parts = [part for message in messages for part in in_parts(message)]
    for part in parts:
        _check(part)
    return parts


def _check(part: OutboxMessage) -> None:
    payload = part.payload
    for name, most in (("text", MESSAGE), ("caption", CAPTION)):
        if name in payload:
            limit = ALERT if part.method == "answerCallbackQuery" else most
            _check_text(payload[name], limit, is_html=payload.get("parse_mode") == "HTML")
    buttons = list(_buttons(payload))
    assert len(buttons) <= BUTTONS, f"{len(buttons)} buttons"
    for button in buttons:
        assert button["text"].strip(), button
        data = button.get("callback_data", "x")
        assert 0 < len(data.encode()) <= CALLBACK_BYTES, data


def _check_text(text: str, most: int, *, is_html: bool) -> None:
    assert len(text.encode("utf-8", "replace")) <= RAW_BYTES
    shown = parse(mended(text))[0] if is_html else text
    assert length(shown.strip()) > 0, "an empty text"
    assert length(shown) <= most, f"{length(shown)} units"


def mended(text: str) -> str:
    """As the outbox writes it: without lone surrogates."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _buttons(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for row in (payload.get("reply_markup") or {}).get("inline_keyboard", ()):
        yield from row
