"""Changes to a payload before it is sent: placeholders, and an edit that becomes a message; pure."""

import json
from collections.abc import Mapping
from typing import Any

_MARK = '"message_id":-'
_ONLY_OF_EDITS = ("message_id", "inline_message_id")
_ENCODER = json.JSONEncoder(separators=(",", ":"))


def placeholders(payload: str) -> set[int]:
    """The negative message ids that the payload refers to."""
    if _MARK not in payload:
        return set()
    fields = json.loads(payload)
    replied = fields.get("reply_parameters") or {}
    return {number for part in (fields, replied) if (number := part.get("message_id", 0)) < 0}


def with_message_ids(payload: str, known: Mapping[int, int]) -> str | None:
    """The payload with Telegram's numbers; a reply to nothing is no reply, an edit of nothing is None."""
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
    """The fields of editMessageText as those of sendMessage."""
    fields = {key: value for key, value in json.loads(payload).items() if key not in _ONLY_OF_EDITS}
    return dumped(fields)


def edited_message_id(payload: str) -> int | None:
    number = json.loads(payload).get("message_id")
    return number if isinstance(number, int) and number > 0 else None


def dumped(fields: Mapping[str, Any]) -> str:
    """JSON in ASCII: half of a surrogate pair or a NUL that somebody sent must not stop the database."""
    return _ENCODER.encode(fields)
