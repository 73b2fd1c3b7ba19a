"""One Bot API call to make."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from messaging.outbox.channel import AttachedFile
from messaging.outbox.hours import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """One Bot API call to make; `payload` is its fields as plain JSON values.

    `send_at` (aware) is the earliest moment, None for now. A message with a `key` is written only if the key
    is new. An `audience` gets messages within its hours only. The rest are as in OutboxRow.
    """

    chat_id: int
    method: str
    payload: dict[str, Any]
    files: tuple[AttachedFile, ...] = ()
    send_at: datetime | None = None
    key: str | None = None
    placeholder_message_id: int | None = None
    update_id: int | None = None
    subject: str | None = None
    version: int | None = None
    audience: Audience | None = None
