"""The port through which messages leave: Telegram in the bot, a recorder in tests."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """An attached file; the payload refers to it as "attach://<field>"."""

    field: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One Bot API call; `payload` is its fields as JSON."""

    method: str
    payload: str
    files: tuple[AttachedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Telegram accepted the call; `message_id` is that of the (first) message created or changed."""

    message_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Telegram rejected the call or was not reached (`code` 0); `retry_after_s` is the pause it asks for.

    `moved_to` is the supergroup that the chat became.
    """

    code: int
    description: str = ""
    retry_after_s: float | None = None
    moved_to: int | None = None


class Channel(Protocol):
    async def send(self, call: Call) -> Sent | Refused:
        """Make the call once; failures are returned, not raised."""
        ...
