"""Changes to a payload before sending: placeholders, and edits that become messages; pure."""

import json
from collections.abc import Mapping
from typing import Any

_MARK = '"message_id":-'
_ONLY_OF_EDITS = ("message_id", "inline_message_id")
_ENCODER = json.JSONEncoder(separators=(",", ":"))


def placeholders(payload: str) -> set[int]:
    """The negative message ids in the payload."""
    if _MARK not in payload:
        return set()
    fields = json.loads(payload)
    replied = fields.get("reply_parameters") or {}
    return {number for part in (fields, replied) if (number := part.get("message_id", 0)) < 0}


def with_message_ids(payload: str, known: Mapping[int, int]) -> str | None:
    """The payload with Telegram's message ids; a reply to a missing message is sent as a plain message, an
    edit of one is None.
    """
    fields = json.loads(payload)
    replied = fields.get("reply_parameters")
    if replied and replied["message_id"] < 0:
        fields["reply_parameters"] = {**replied, "message_id": known.get(replied["message_id"])}
        if replied["message_id"] not in known:
            del fields["reply_parameters"]
    if fields.get("message_id", 0) < 0:
        if fields["message_id"] not in known:
            return None
        fields["message_id"] = known[fields["message_id"]]
    return dumped(fields)


def as_new_message(payload: str) -> str:
    """The fields of editMessageText as fields of sendMessage."""
    fields = {key: value for key, value in json.loads(payload).items() if key not in _ONLY_OF_EDITS}
    return dumped(fields)


def edited_message_id(payload: str) -> int | None:
    number = json.loads(payload).get("message_id")
    return number if isinstance(number, int) and number > 0 else None


def dumped(fields: Mapping[str, Any]) -> str:
    """ASCII JSON: a lone surrogate or NUL that somebody sent must not fail in the database."""
    return _ENCODER.encode(fields)
